import type { CommunityMap, Point } from '../../domain/content/community-map.ts';
import { type Html, html } from './html.ts';

/** A unit of the map is so many units of the drawing, and around it is a margin. */
const scale = 6;
const margin = 20;

/** The map as a drawing: areas, roads, and the things with the numbers of the list below it. */
export function drawnMap({ areas, roads, spots }: CommunityMap, title: string): Html {
  const x = (at: number) => Math.round(margin + at * scale);
  const point = ([east, south]: Point) => `${x(east)},${x(south)}`;
  const size = 100 * scale + 2 * margin;
  const middle = (along: readonly Point[]): Point => along[Math.floor((along.length - 1) / 2)] ?? [0, 0];
  return html`<svg class="drawing" viewBox="0 0 ${size} ${size}" role="img" aria-label="${title}">
${areas.map(({ name, from, to }) => {
  const [left, top] = [x(from[0]), x(from[1])];
  return html`<rect class="area" x="${left}" y="${top}" width="${x(to[0]) - left}" height="${x(to[1]) - top}" rx="14"/><text class="quiet" x="${left + 12}" y="${top + 28}" font-size="22">${name}</text>`;
})}
${roads.map(({ along }) => html`<polyline class="road" stroke-width="16" points="${along.map(point).join(' ')}"/>`)}
${roads.map(({ name, along }) => {
  const [east, south] = middle(along);
  const next = along[along.indexOf(middle(along)) + 1] ?? [east + 1, south];
  const upright = Math.abs(next[1] - south) > Math.abs(next[0] - east);
  const at = upright ? [x(east) + 14, x((south + next[1]) / 2)] : [x((east + next[0]) / 2) - 30, x(south) - 13];
  return html`<text class="quiet" x="${at[0]}" y="${at[1]}" font-size="20">${name}</text>`;
})}
${spots.map(
  ({ at }, index) =>
    html`<circle class="dot" cx="${x(at[0])}" cy="${x(at[1])}" r="17"/><text class="sign" x="${x(at[0])}" y="${x(at[1]) + 7}" font-size="20" font-weight="700" text-anchor="middle">${index + 1}</text>`,
)}
</svg>`;
}
