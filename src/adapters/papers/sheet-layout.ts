import type { QrSheet } from '../../desk/kernel/papers.ts';
import { colours, type Letterings } from './drawing.ts';

/** The formats in which a sheet is made; sizes in mm. A card stands on a desk, lying; the others hang on a wall. */
export const sheetFormats = {
  A4: { width: 210, height: 297 },
  A5: { width: 148, height: 210 },
  card: { width: 148, height: 105 },
} as const;
export type SheetFormat = keyof typeof sheetFormats;

/** One line of words; `y` is the line on which they stand. Measures in mm. */
export interface Words {
  readonly words: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly bold: boolean;
  readonly colour: string;
  readonly middle: boolean;
}

/** What is drawn on a sheet, in mm from its upper left corner. */
export interface SheetLayout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly { x: number; y: number; width: number; height: number; colour: string }[];
  readonly words: readonly Words[];
  readonly code: { readonly text: string; readonly x: number; readonly y: number; readonly size: number };
}

/** Where everything stands on a sheet. `link` is what the code says. */
export function layOut(sheet: QrSheet, link: string, format: SheetFormat, letterings: Letterings): SheetLayout {
  const { width, height } = sheetFormats[format];
  return width > height ? lying(sheet, link, { width, height }, letterings) : upright(sheet, link, { width, height }, letterings);
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** From the top: whose it is and the title in white on green, what it does, the code, how to use it, where it hangs. */
function upright(
  { title, line, scan, name, community }: QrSheet,
  link: string,
  { width, height }: Size,
  letterings: Letterings,
): SheetLayout {
  const unit = width / 100;
  const inner = width - 16 * unit;
  const words: Words[] = [];
  const put = (text: string, y: number, size: number, colour: string, bold = false) =>
    words.push({ words: text, x: width / 2, y, size, bold, colour, middle: true });
  put(letterings.regular.fitted(community, 4 * unit, inner), 10 * unit, 4 * unit, '#e6f6ed');
  let y = 12 * unit;
  for (const each of letterings.bold.lines(title, 10 * unit, inner).slice(0, 2)) {
    y += 13 * unit;
    put(each, y, 10 * unit, colours.paper, true);
  }
  const band = y + 7 * unit;
  y = band + 4 * unit;
  for (const each of letterings.regular.lines(line, 5.4 * unit, inner).slice(0, 3)) {
    y += 8 * unit;
    put(each, y, 5.4 * unit, colours.text);
  }
  const foot = height - 27 * unit;
  const size = Math.min(60 * unit, foot - y - 6 * unit);
  const top = y + (foot - y - size) / 2 + 2 * unit;
  put(letterings.bold.fitted(scan, 7 * unit, inner), foot + 8 * unit, 7 * unit, colours.deep, true);
  put(letterings.regular.fitted(name, 5 * unit, inner), foot + 15 * unit, 5 * unit, colours.text);
  put(letterings.regular.fitted(link, 2.6 * unit, inner), foot + 21 * unit, 2.6 * unit, colours.soft);
  return {
    width,
    height,
    boxes: [{ x: 0, y: 0, width, height: band, colour: colours.green }],
    words,
    code: { text: link, x: (width - size) / 2, y: top, size },
  };
}

/** The code to the left, the words beside it. */
function lying(
  { title, line, scan, name, community }: QrSheet,
  link: string,
  { width, height }: Size,
  letterings: Letterings,
): SheetLayout {
  const size = height - 38;
  const left = size + 16;
  const inner = width - left - 8;
  const words: Words[] = [];
  const put = (text: string, x: number, y: number, mm: number, colour: string, bold = false) =>
    words.push({ words: text, x, y, size: mm, bold, colour, middle: false });
  put(letterings.regular.fitted(community, 6, width - 16), 8, 12, 6, colours.paper);
  let y = 26;
  for (const each of letterings.bold.lines(title, 10, inner).slice(0, 2)) {
    y += 12;
    put(each, left, y, 10, colours.text, true);
  }
  y += 3;
  for (const each of letterings.regular.lines(line, 5.4, inner).slice(0, 4)) {
    y += 8;
    put(each, left, y, 5.4, colours.text);
  }
  put(letterings.bold.fitted(scan, 6.4, inner), left, height - 17, 6.4, colours.deep, true);
  put(letterings.regular.fitted(name, 5, width - 16), 8, height - 5, 5, colours.text);
  return {
    width,
    height,
    boxes: [{ x: 0, y: 0, width, height: 18, colour: colours.green }],
    words,
    code: { text: link, x: 8, y: 24, size },
  };
}
