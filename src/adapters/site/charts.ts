import { type Html, html } from './html.ts';

const width = 600;
const rowHeight = 44;

/** Horizontal bars, each with its title and its number. */
export function barChart(rows: readonly { readonly title: string; readonly count: number }[], title: string): Html {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  const height = rows.length * rowHeight + 20;
  return html`<svg class="drawing" viewBox="0 0 ${width} ${height}" role="img" aria-label="${`${title}：${rows.map((row) => `${row.title} ${row.count}`).join('，')}`}">
${rows.map((row, index) => {
  const y = 12 + index * rowHeight;
  const long = Math.round((row.count / most) * 280);
  return html`<text x="210" y="${y + 26}" font-size="20" text-anchor="end">${row.title.length > 9 ? `${row.title.slice(0, 9)}…` : row.title}</text>
<rect class="bar" x="225" y="${y + 6}" width="${Math.max(3, long)}" height="26" rx="5"/>
<text x="${235 + long}" y="${y + 26}" font-size="20">${row.count}</text>`;
})}
</svg>`;
}

/** Two bars for each month: what came in, filled, and what was done, as a frame. */
export function monthChart(
  rows: readonly { readonly title: string; readonly first: number; readonly second: number }[],
  title: string,
): Html {
  const most = Math.max(1, ...rows.flatMap(({ first, second }) => [first, second]));
  const step = (width - 40) / rows.length;
  const floor = 200;
  const tall = (count: number) => Math.round((count / most) * 150);
  return html`<svg class="drawing" viewBox="0 0 ${width} 245" role="img" aria-label="${title}">
<rect class="ground" x="20" y="${floor}" width="${width - 40}" height="2"/>
${rows.map((row, index) => {
  const x = 20 + index * step + step / 2;
  const bar = (count: number, at: number, look: string) =>
    count === 0
      ? ''
      : html`<rect class="${look}" x="${Math.round(at)}" y="${floor - tall(count)}" width="26" height="${tall(count)}" rx="4"/><text x="${Math.round(at) + 13}" y="${floor - tall(count) - 8}" font-size="17" text-anchor="middle">${count}</text>`;
  return html`${bar(row.first, x - 30, 'bar')}${bar(row.second, x + 4, 'second')}<text x="${Math.round(x)}" y="${floor + 28}" font-size="19" text-anchor="middle">${row.title}</text>`;
})}
</svg>`;
}
