import type { FileChild, IRunOptions, Paragraph } from 'docx';
import type { Page } from '../../desk/kernel/papers.ts';

/** Fonts of official papers, by the names under which Word and WPS have them; where they are missing the reader's program puts its own. */
const latin = 'Times New Roman';
const songti = { ascii: latin, hAnsi: latin, eastAsia: '宋体' };
const fangsong = { ascii: latin, hAnsi: latin, eastAsia: '仿宋' };
const heiti = { ascii: latin, hAnsi: latin, eastAsia: '黑体' };

/** In half points, and the margins in mm, after GB/T 9704-2012 (党政机关公文格式): title 二号, text 三号; of tables less. */
const sizes = { title: 44, heading: 32, text: 32, cell: 21 } as const;
const margins = { upright: { top: 37, bottom: 35, left: 28, right: 26 }, lying: { top: 20, bottom: 20, left: 18, right: 18 } } as const;
/** In twentieths of a point. */
const a4 = { width: 11906, height: 16838 } as const;
/** 28 points from line to line, in twentieths of a point. */
const lineHeight = 560;
/** How far the first line of a paragraph stands in, in twentieths of a point. */
const twoCharacters = 2 * sizes.text * 10;

/** A page as a Word file (DOCX) on A4. */
export async function word({ title, blocks, signLines = [], signature, lying = false }: Page): Promise<Uint8Array> {
  // A library of some weight: loaded when it is first asked for.
  const docx = await import('docx');
  const { AlignmentType, Document, Footer, Packer, PageNumber, PageOrientation, Paragraph, TextRun, convertMillimetersToTwip: mm } = docx;
  const run = (text: string, how: IRunOptions) => new TextRun({ ...how, text });
  const lines = (text: string, how: IRunOptions, paragraph: ConstructorParameters<typeof Paragraph>[0] & object = {}): Paragraph[] =>
    text
      .split('\n')
      .map((line) => new Paragraph({ spacing: { line: lineHeight, lineRule: 'exact' }, ...paragraph, children: [run(line, how)] }));
  const plain = { font: fangsong, size: sizes.text };
  const body = blocks.flatMap((block): FileChild[] => {
    if ('heading' in block) return lines(block.heading, { font: heiti, size: sizes.heading }, { keepNext: true });
    if ('paragraph' in block) return lines(block.paragraph, plain, block.flush ? {} : { indent: { firstLine: twoCharacters } });
    return [table(docx, block)];
  });
  const margin = Object.fromEntries(Object.entries(margins[lying ? 'lying' : 'upright']).map(([side, width]) => [side, mm(width)]));
  const file = new Document({
    title,
    creator: signature[0] ?? '',
    styles: { default: { document: { run: { font: fangsong, size: sizes.text } } } },
    sections: [
      {
        properties: {
          page: {
            // The library turns width and height round for a page that lies.
            size: { ...a4, orientation: lying ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
            margin,
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [new TextRun({ font: songti, size: 28, children: ['— ', PageNumber.CURRENT, ' —'] })],
              }),
            ],
          }),
        },
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 300 },
            children: [run(title, { font: songti, size: sizes.title, bold: true })],
          }),
          ...body,
          ...signLines.flatMap((line) =>
            lines(line, plain, { spacing: { before: 200, line: lineHeight, lineRule: 'exact' }, keepLines: true }),
          ),
          ...signature.flatMap((line) => lines(line, plain, { alignment: AlignmentType.RIGHT, keepLines: true })),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(file));
}

type Rows = Extract<Page['blocks'][number], { readonly head: readonly string[] }>;

/** A table over the whole width; its head is repeated on each page, no row is broken. */
function table({ Paragraph, Table, TableCell, TableRow, TextRun, WidthType }: typeof import('docx'), { head, rows, widths = [] }: Rows) {
  const row = (cells: readonly string[], isHead: boolean) =>
    new TableRow({
      tableHeader: isHead,
      cantSplit: true,
      children: cells.map(
        (cell, column) =>
          new TableCell({
            ...(widths[column] === undefined ? {} : { width: { size: widths[column], type: WidthType.PERCENTAGE } }),
            margins: { top: 40, bottom: 40, left: 80, right: 80 },
            children: cell
              .split('\n')
              .map((line) => new Paragraph({ children: [new TextRun({ text: line, font: isHead ? heiti : fangsong, size: sizes.cell })] })),
          }),
      ),
    });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [row(head, true), ...rows.map((cells) => row(cells, false))],
  });
}
