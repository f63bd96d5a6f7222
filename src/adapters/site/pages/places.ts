import type { Spot, SpotKind } from '../../../domain/content/community-map.ts';
import { spotKinds } from '../../../domain/content/community-map.ts';
import { drawnMap } from '../drawn-map.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import { inline } from '../prose.ts';
import type { View } from '../view.ts';

/** 社区服务: the centre, and where things are, drawn and as a list. */
export async function placesPage(view: View): Promise<Html> {
  const { say, frame, pages } = view;
  const map = await pages.map();
  const facts = [
    [say('site.places.address'), frame.address],
    [say('site.places.hours'), frame.hours],
    [say('site.places.phone'), frame.phone],
  ] as const;
  const known = facts.filter(([, value]) => value !== '');
  const main = html`<h1>${say('site.places.title')}</h1>
<section class="card"><h2>${say('site.places.centre')}</h2>
${known.length === 0 ? html`<p>${say('site.places.unset')}</p>` : html`<dl class="pairs">${known.map(([title, value]) => html`<dt>${title}</dt><dd>${inline(value)}</dd>`)}</dl>`}
<p>${mapLinks(view, { name: say('site.places.centreOf', { community: frame.community.name }) })}</p></section>
${
  map === undefined
    ? html`<p class="notice">${say('site.places.noMap')}</p>`
    : html`<h2>${say('site.places.map')}</h2>
${map.sample ? html`<p class="notice">${say('site.places.sample')}</p>` : ''}
${drawnMap(map, say('site.places.mapAlt', { community: frame.community.name }))}
<p class="small">${say('site.places.mapHint')}</p>
${spotKinds.map((kind) => spotsOf(view, map.spots, kind))}`
}`;
  return layout(view, { title: say('site.places.title'), main, tab: 'places' });
}

function spotsOf(view: View, all: readonly Spot[], kind: SpotKind): Html | '' {
  const spots = all.filter((spot) => spot.kind === kind);
  if (spots.length === 0) return '';
  return html`<h3>${view.say(`spot.${kind}`)}</h3>
<ul class="list">${spots.map((spot) => html`<li><b>${all.indexOf(spot) + 1}. ${spot.name}</b>${spot.about === undefined ? '' : html`<p>${inline(spot.about)}</p>`}<p>${mapLinks(view, spot)}</p></li>`)}</ul>`;
}

/** Opens a map application, at the place where its position is known, otherwise with a search for its name. */
function mapLinks({ say, frame }: View, { name, position }: Pick<Spot, 'name' | 'position'>): Html {
  const words = encodeURIComponent(`${frame.community.district}${name}`);
  const label = encodeURIComponent(name);
  const [x, y] = position ?? [];
  const amap = position
    ? `https://uri.amap.com/marker?position=${x},${y}&name=${label}&callnative=1`
    : `https://uri.amap.com/search?keyword=${words}&callnative=1`;
  const tencent = position
    ? `https://apis.map.qq.com/uri/v1/marker?marker=coord:${y},${x};title:${label}`
    : `https://apis.map.qq.com/uri/v1/search?keyword=${words}`;
  return html`<a href="${amap}" rel="noreferrer">${say('site.places.amap', { name })}</a>　<a href="${tencent}" rel="noreferrer">${say('site.places.tencent', { name })}</a>`;
}
