import type { Lettering } from './lettering.ts';

/** The two weights in which everything is set. */
export interface Letterings {
  readonly regular: Lettering;
  readonly bold: Lettering;
}

/** Measures in px of a picture that is 1080 wide, which a phone shows at about a third. */
export const pictureWidth = 1080;
export const margin = 48;

/** The colours of the local page (src/adapters/web/page/page.css), as they look on paper. */
export const colours = {
  desk: '#eef2ef',
  paper: '#ffffff',
  green: '#07a35a',
  deep: '#046c3c',
  pale: '#d3e9dd',
  line: '#e2e7e4',
  text: '#191919',
  soft: '#5f6763',
  before: '#b4beb8',
} as const;

export const fontFamily = 'Noto Sans SC';

interface Type {
  readonly size: number;
  readonly bold?: boolean;
  readonly colour?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** Full-width signs whose ink is in their right half: at the start of a line they hang out, so that the edge looks straight. */
const hanging = /^[“‘（《〈「『【〔［]/u;

/** One line of words; `y` is the line on which they stand. They are drawn as given: a `Lettering` has made them showable. */
export function words(x: number, y: number, text: string, { size, bold = false, colour = colours.text, anchor = 'start' }: Type): string {
  const left = anchor === 'start' && hanging.test(text) ? x - 0.45 * size : x;
  return `<text x="${left}" y="${y}" font-size="${size}" font-weight="${bold ? 700 : 400}" fill="${colour}" text-anchor="${anchor}">${escaped(text)}</text>`;
}

export function box(x: number, y: number, width: number, height: number, colour: string, radius = 0): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${colour}"/>`;
}

/** A picture of that height, whole. */
export function svg(height: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${pictureWidth}" height="${height}" font-family="${fontFamily}">${box(0, 0, pictureWidth, height, colours.desk)}${parts.join('')}</svg>`;
}

/** The sign of the bridge (src/adapters/web/page/bridge.svg), in white. */
export function bridge(x: number, y: number, size: number): string {
  return `<g transform="translate(${x} ${y}) scale(${size / 64})" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round"><path d="M10 42h44"/><path d="M12 42a20 20 0 0 1 40 0"/><path d="M22 42V30M32 42V23M42 42V30" stroke-width="3"/></g>`;
}

/** Text as it stands in XML or HTML, also in an attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
