import type { Chart } from '../../desk/kernel/papers.ts';
import { box, bridge, colours, type Letterings, margin, pictureWidth, svg, words } from './drawing.ts';

const inner = pictureWidth - 2 * margin;
const padding = 40;
/** The column of the bars' names, and of their numbers. */
const nameWidth = 372;
const countWidth = 100;
const rowHeight = 96;

/** Figures as a picture (SVG), made for a phone held upright. */
export function chartSvg(chart: Chart, letterings: Letterings): string {
  const parts: string[] = [];
  let y = header(chart, letterings, parts);
  y = rates(chart.rates, letterings, parts, y) + 32;
  for (const list of chart.bars) if (list.rows.length > 0) y = bars(list, letterings, parts, y) + 32;
  const { regular } = letterings;
  if (chart.legend) y = legend(chart.legend, letterings, parts, y);
  for (const line of regular.lines(chart.footer, 32, inner)) {
    y += 46;
    parts.push(words(pictureWidth / 2, y, line, { size: 32, colour: colours.soft, anchor: 'middle' }));
  }
  return svg(y + 48, parts);
}

/** @returns where what comes below begins */
function header(chart: Chart, { regular, bold }: Letterings, parts: string[]): number {
  const titles = bold.lines(chart.title, 66, inner - 120);
  const subtitles = regular.lines(chart.subtitle, 40, inner);
  const height = 70 + titles.length * 84 + subtitles.length * 58 + 130;
  parts.push(box(0, 0, pictureWidth, height, colours.green), bridge(pictureWidth - margin - 92, 44, 92));
  let y = 50;
  for (const line of titles) {
    y += 84;
    parts.push(words(margin, y, line, { size: 66, bold: true, colour: '#fff' }));
  }
  y += 14;
  for (const line of subtitles) {
    y += 58;
    parts.push(words(margin, y, line, { size: 40, colour: '#e6f6ed' }));
  }
  return height - 90;
}

function rates(list: Chart['rates'], { regular }: Letterings, parts: string[], top: number): number {
  const gap = 20;
  const width = (inner - gap * (list.length - 1)) / list.length;
  const height = list.some(({ note }) => note) ? 352 : 300;
  for (const [index, { title, share, text, note = '' }] of list.entries()) {
    const x = margin + index * (width + gap);
    const middle = x + width / 2;
    const line = (y: number, said: string, size: number) =>
      words(middle, top + y, regular.fitted(said, size, width - 24), { size, colour: colours.soft, anchor: 'middle' });
    parts.push(box(x, top, width, height, colours.paper, 20), line(64, title, 42));
    const percent = share === undefined ? '—' : `${Math.round(100 * share)}%`;
    parts.push(words(middle, top + 176, percent, { size: 100, bold: true, colour: colours.deep, anchor: 'middle' }));
    parts.push(box(x + 36, top + 202, width - 72, 12, colours.line, 6));
    if (share) parts.push(box(x + 36, top + 202, Math.max(12, (width - 72) * share), 12, colours.green, 6));
    parts.push(words(middle, top + 266, regular.fitted(text, 42, width - 24), { size: 42, anchor: 'middle' }));
    if (note) parts.push(line(322, note, 34));
  }
  return top + height;
}

function bars({ title, rows }: Chart['bars'][number], { regular, bold }: Letterings, parts: string[], top: number): number {
  const height = 122 + rows.length * rowHeight + 20;
  parts.push(box(margin, top, inner, height, colours.paper, 20), box(margin + padding, top + 46, 10, 46, colours.green, 5));
  parts.push(words(margin + padding + 28, top + 85, bold.fitted(title, 46, inner - 3 * padding), { size: 46, bold: true }));
  const left = margin + padding;
  const from = left + nameWidth + 24;
  const longest = inner - 2 * padding - nameWidth - 24 - countWidth;
  const most = Math.max(1, ...rows.flatMap(({ count, before = 0 }) => [count, before]));
  const length = (count: number) => (count === 0 ? 0 : Math.max(10, (longest * count) / most));
  for (const [index, { title: name, count, before }] of rows.entries()) {
    const y = top + 122 + index * rowHeight;
    parts.push(words(left, y + 47, regular.fitted(name, 41, nameWidth), { size: 41 }));
    parts.push(box(from, y + 10, longest, 36, colours.desk, 8), box(from, y + 10, length(count), 36, colours.green, 8));
    if (before) parts.push(box(from, y + 52, length(before), 12, colours.before, 6));
    parts.push(words(margin + inner - padding, y + 50, String(count), { size: 48, bold: true, anchor: 'end' }));
  }
  return top + height;
}

function legend([now, before]: readonly [string, string], { regular }: Letterings, parts: string[], top: number): number {
  const [nowText, beforeText] = [regular.shown(now), regular.shown(before)];
  const width = 60 + 16 + regular.width(nowText, 36) + 56 + 60 + 16 + regular.width(beforeText, 36);
  const x = (pictureWidth - width) / 2;
  const second = x + 76 + regular.width(nowText, 36) + 56;
  parts.push(box(x, top + 8, 60, 28, colours.green, 8), words(x + 76, top + 36, nowText, { size: 36 }));
  parts.push(box(second, top + 17, 60, 12, colours.before, 6), words(second + 76, top + 36, beforeText, { size: 36 }));
  return top + 56;
}
