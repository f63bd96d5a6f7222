import type { NewsCard } from '../../desk/kernel/papers.ts';
import { box, bridge, colours, type Letterings, margin, pictureWidth, svg, words } from './drawing.ts';
import { qrCode } from './qr.ts';

const inner = pictureWidth - 2 * margin;
const padding = 40;
const bodySize = 44;
const bodyLine = 70;
/** Sections end here; a longer picture is shrunk by the phone until nobody can read it. */
const bodyAtMost = 3600;
const codeSize = 300;

/** One edition as a picture (SVG): an upright card. `picture` is the QR code as a data URI, when one was supplied. */
export function cardSvg(card: NewsCard, letterings: Letterings, picture?: string): string {
  const parts: string[] = [];
  let y = header(card, letterings, parts);
  y = sections(card, letterings, parts, y);
  y = code(card, letterings, parts, y, picture);
  for (const line of letterings.regular.lines(card.footer, 34, inner)) {
    y += 48;
    parts.push(words(pictureWidth / 2, y, line, { size: 34, colour: colours.soft, anchor: 'middle' }));
  }
  return svg(y + 52, parts);
}

function header({ title, date }: NewsCard, { regular, bold }: Letterings, parts: string[]): number {
  const titles = bold.lines(title, 72, inner - 130);
  const height = 64 + titles.length * 94 + 70 + 56;
  parts.push(box(0, 0, pictureWidth, height + 60, colours.green), bridge(pictureWidth - margin - 100, 48, 100));
  for (const [index, line] of titles.entries())
    parts.push(words(margin, 64 + 72 + index * 94, line, { size: 72, bold: true, colour: '#fff' }));
  parts.push(words(margin, height - 52, regular.fitted(date, 42, inner), { size: 42, colour: '#e6f6ed' }));
  return height;
}

/** The sections, as far as there is room; then how many items are left. */
function sections(card: NewsCard, letterings: Letterings, parts: string[], top: number): number {
  let y = top;
  let left = card.sections.reduce((sum, { items }) => sum + items.length, 0);
  for (const { title, items } of card.sections) {
    const drawn = section(title, items, letterings, y);
    parts.push(...drawn.parts);
    y = drawn.y;
    left -= drawn.count;
    // Once something is left out everything after it is.
    if (drawn.count < items.length) break;
  }
  if (left === 0) return y;
  const more = letterings.regular.fitted(card.more(left), 42, inner);
  parts.push(words(pictureWidth / 2, y + 46, more, { size: 42, colour: colours.soft, anchor: 'middle' }));
  return y + 92;
}

/** @returns how many of its items were drawn, and where what comes below begins */
function section(title: string, items: readonly string[], { regular, bold }: Letterings, top: number) {
  const parts: string[] = [];
  let height = 118;
  let count = 0;
  for (const item of items) {
    const lines = regular.lines(item, bodySize, inner - 2 * padding - 36);
    const needed = lines.length * bodyLine + 22;
    if (top + height + needed > bodyAtMost) break;
    parts.push(box(margin + padding, top + height + 27, 14, 14, colours.green, 7));
    for (const [index, line] of lines.entries())
      parts.push(words(margin + padding + 36, top + height + 49 + index * bodyLine, line, { size: bodySize }));
    height += needed;
    count++;
  }
  if (count === 0) return { parts: [], count, y: top };
  const heading = bold.fitted(title, 50, inner - 3 * padding);
  parts.unshift(
    box(margin, top, inner, height + 14, colours.paper, 22),
    box(margin + padding, top + 40, 12, 50, colours.green, 6),
    words(margin + padding + 36, top + 82, heading, { size: 50, bold: true, colour: colours.deep }),
  );
  return { parts, count, y: top + height + 14 + 28 };
}

function code(
  { qr, qrCaption = '' }: NewsCard,
  { regular }: Letterings,
  parts: string[],
  top: number,
  picture: string | undefined,
): number {
  if (!qr) return top;
  const height = codeSize + 2 * 28;
  const left = pictureWidth - margin - 28 - codeSize;
  parts.push(box(margin, top, inner, height, colours.paper, 22));
  parts.push(
    'text' in qr
      ? qrCode(qr.text, left, top + 28, codeSize)
      : `<image x="${left}" y="${top + 28}" width="${codeSize}" height="${codeSize}" href="${picture}"/>`,
  );
  const lines = regular.lines(qrCaption, 46, left - margin - padding - 24);
  const first = top + height / 2 - ((lines.length - 1) * 68) / 2 + 16;
  for (const [index, line] of lines.entries()) parts.push(words(margin + padding, first + index * 68, line, { size: 46 }));
  return top + height + 24;
}
