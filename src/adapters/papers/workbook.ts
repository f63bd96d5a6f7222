import type { Cell, SheetData } from 'write-excel-file/node';
import type { Sheet } from '../../desk/kernel/papers.ts';

/** What a cell of Excel holds at most. */
const cellAtMost = 32_000;
const widthAtMost = 48;

/** Sheets as an XLSX file. */
export async function workbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  // Loaded when it is first asked for.
  const { default: write } = await import('write-excel-file/node');
  const made = sheets.map(({ title, head, rows }) => ({
    sheet: title.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31),
    data: [
      head.map((value): Cell => ({ value: harmless(value), type: String, fontWeight: 'bold', backgroundColor: '#d3e9dd' })),
      ...rows.map((row) => row.map(cell)),
    ] satisfies SheetData,
    columns: head.map((name, column) => ({ width: widthOf([name, ...rows.map((row) => row[column] ?? '')]) })),
    stickyRowsCount: 1,
  }));
  return new Uint8Array(await write(made, { fontFamily: 'Microsoft YaHei', fontSize: 11 }).toBuffer());
}

function cell(value: string | number): Cell {
  return typeof value === 'number'
    ? { value, type: Number, alignVertical: 'top' }
    : { value: harmless(value), type: String, wrap: true, alignVertical: 'top' };
}

/**
 * Text that no spreadsheet takes for a formula, also after it was saved as CSV and opened again (OWASP, CSV Injection): what begins
 * like one gets an apostrophe in front.
 */
export function harmless(text: string): string {
  const kept = text.slice(0, cellAtMost);
  return /^[=+\-@\t\r＝＋－＠]/u.test(kept) ? `'${kept}` : kept;
}

/** In characters of Latin letters; one of Chinese is as wide as two. */
function widthOf(values: readonly (string | number)[]): number {
  const widest = Math.max(
    ...values.map((value) =>
      Math.max(
        ...String(value)
          .split('\n')
          .map((line) => [...line].reduce((sum, each) => sum + (each > '\u2e7f' ? 2 : 1), 0)),
      ),
    ),
  );
  return Math.min(widthAtMost, Math.max(8, widest + 2));
}
