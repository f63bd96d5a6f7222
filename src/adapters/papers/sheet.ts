import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { QrSheet } from '../../desk/kernel/papers.ts';
import { box, fontFamily, type Letterings, words } from './drawing.ts';
import { type Font, readFont } from './font.ts';
import { fontFiles, png, rarerFont } from './picture.ts';
import { codeRuns, qrCode } from './qr.ts';
import { layOut, type SheetFormat, type SheetLayout } from './sheet-layout.ts';

const pointsPerMm = 72 / 25.4;
/** Of a picture, so that it can also be printed (150 dots an inch). */
const pixelsPerMm = 150 / 25.4;

/** What a sheet's code says: the site's address, and the page on which whoever scans it lands. */
export function linkOf({ path }: Pick<QrSheet, 'path'>, site: string): string {
  return `${site.replace(/(?<!\/)\/+$/, '')}${path}`;
}

/** A sheet as a PDF, a page for each format, whose code says `link`: drawn with lines and letters only, so that it prints sharp at any size. */
export async function sheetPdf(
  sheet: QrSheet,
  link: string,
  formats: readonly SheetFormat[],
  fonts: string,
  letterings: Letterings,
): Promise<Uint8Array> {
  // Loaded when the first sheet is made.
  const { default: Pdf } = await import('pdfkit');
  const regular = join(fonts, fontFiles.regular);
  const pdf = new Pdf({ autoFirstPage: false, font: regular, margin: 0, info: { Title: sheet.title, Author: sheet.community } });
  pdf.registerFont('regular', regular).registerFont('bold', join(fonts, fontFiles.bold)).registerFont('rarer', join(fonts, rarerFont));
  const own = readFont(await readFile(regular));
  for (const format of formats) {
    const layout = layOut(sheet, link, format, letterings);
    pdf.addPage({ size: [layout.width * pointsPerMm, layout.height * pointsPerMm], margin: 0 });
    pdf.scale(pointsPerMm);
    for (const { x, y, width, height, colour } of layout.boxes) pdf.rect(x, y, width, height).fill(colour);
    const { runs, module } = codeRuns(layout.code.text, layout.code.size);
    for (const { x, y, width } of runs) pdf.rect(layout.code.x + x * module, layout.code.y + y * module, width * module, module);
    pdf.fill('#000000');
    for (const { words: text, x, y, size, bold, colour, middle } of layout.words) {
      const { width } = bold ? letterings.bold : letterings.regular;
      let left = middle ? x - width(text, size) / 2 : x;
      for (const { part, rarer } of partsOf(text, own)) {
        pdf
          .font(rarer ? 'rarer' : bold ? 'bold' : 'regular', size)
          .fillColor(colour)
          .text(part, left, y, { lineBreak: false, baseline: 'alphabetic' });
        left += width(part, size);
      }
    }
  }
  pdf.end();
  const parts: Uint8Array[] = [];
  for await (const part of pdf as unknown as AsyncIterable<Uint8Array>) parts.push(part);
  return Buffer.concat(parts);
}

/** Words in parts that one font can draw: rarer characters stand in a font of their own. */
function partsOf(words: string, own: Font): { part: string; rarer: boolean }[] {
  const parts: { part: string; rarer: boolean }[] = [];
  for (const each of words) {
    const rarer = !own.has(each.codePointAt(0) ?? 0);
    const last = parts.at(-1);
    if (last?.rarer === rarer) last.part += each;
    else parts.push({ part: each, rarer });
  }
  return parts;
}

/** A sheet as a picture (PNG). */
export function sheetPng(sheet: QrSheet, link: string, format: SheetFormat, fonts: string, letterings: Letterings): Promise<Buffer> {
  return png(sheetSvg(layOut(sheet, link, format, letterings)), fonts);
}

export function sheetSvg({ width, height, boxes, words: lines, code }: SheetLayout): string {
  const parts = [
    box(0, 0, width, height, '#ffffff'),
    ...boxes.map((each) => box(each.x, each.y, each.width, each.height, each.colour)),
    qrCode(code.text, code.x, code.y, code.size),
    ...lines.map(({ words: text, x, y, middle, ...type }) => words(x, y, text, { ...type, anchor: middle ? 'middle' : 'start' })),
  ];
  const [w, h] = [width, height].map((mm) => Math.round(mm * pixelsPerMm));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${width} ${height}" font-family="${fontFamily}">${parts.join('')}</svg>`;
}
