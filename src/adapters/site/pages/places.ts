import type { StreetView } from '../../../desk/site/rows.ts';
import type { CommunityMap, Spot, SpotKind } from '../../../domain/content/community-map.ts';
import { spotKinds } from '../../../domain/content/community-map.ts';
import { part } from '../address.ts';
import { drawnMap } from '../drawn-map.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import { inline } from '../prose.ts';
import type { View } from '../view.ts';

type Streets = ReadonlyMap<string, readonly StreetView[]>;

/** 社区服务: the centre, and where things are, drawn and as a list; each has a page of its own. */
export async function placesPage(view: View): Promise<Html> {
  const { say, frame, pages } = view;
  const [map, streets] = [await pages.map(), await pages.streets()];
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
${spotKinds.map((kind) => spotsOf(view, map.spots, kind, streets))}`
}
${otherStreets(view, map, streets)}`;
  return layout(view, { title: say('site.places.title'), main, tab: 'places' });
}

/** One place: what is said of it, how to get there, and its pictures; undefined when nothing is known of it. */
export async function placePage(view: View, name: string): Promise<Html | undefined> {
  const { say, href, pages } = view;
  const map = await pages.map();
  const spot = map?.spots.find((each) => each.name === name);
  const pictures = (await pages.streets()).get(name) ?? [];
  if (!spot && pictures.length === 0) return undefined;
  const main = html`<nav class="crumbs" aria-label="${say('site.crumbs')}"><a href="${href('/places')}">${say('site.place.back')}</a>${spot ? html` › ${say(`spot.${spot.kind}`)}` : ''}</nav>
<h1>${name}</h1>
${spot?.about === undefined ? '' : html`<p>${inline(spot.about)}</p>`}
${map && spot ? html`<p>${say('site.place.onMap', { number: map.spots.indexOf(spot) + 1 })}${map.sample ? html` ${say('site.places.sample')}` : ''}</p>` : ''}
<p>${mapLinks(view, spot ?? { name })}</p>
<h2>${say('site.place.street')}</h2>
${pictures.length === 0 ? html`<p class="soft">${say('site.place.noStreet')}</p>` : pictures.map((picture, index) => figure(view, picture, index + 1))}`;
  return layout(view, { title: name, main, tab: 'places' });
}

function figure({ say, href }: View, { id, place, text }: StreetView, number: number): Html {
  const source = href(`/places/${part(place)}/picture/${part(id)}`, false);
  return html`<figure class="shot"><img src="${source}" alt="${text ?? say('site.place.picture', { place, number })}" loading="lazy">${text === undefined ? '' : html`<figcaption>${text}</figcaption>`}</figure>`;
}

function spotsOf(view: View, all: readonly Spot[], kind: SpotKind, streets: Streets): Html | '' {
  const spots = all.filter((spot) => spot.kind === kind);
  if (spots.length === 0) return '';
  return html`<h3>${view.say(`spot.${kind}`)}</h3>
<ul class="list">${spots.map((spot) => html`<li>${all.indexOf(spot) + 1}. ${placeLink(view, spot.name, streets)}${spot.about === undefined ? '' : html`<p>${inline(spot.about)}</p>`}<p>${mapLinks(view, spot)}</p></li>`)}</ul>`;
}

/** Places that stand on no map and have pictures. */
function otherStreets(view: View, map: CommunityMap | undefined, streets: Streets): Html | '' {
  const names = [...streets.keys()].filter((name) => !map?.spots.some((spot) => spot.name === name)).sort();
  if (names.length === 0) return '';
  return html`<h2>${view.say('site.places.streets')}</h2>
<ul class="list">${names.map((name) => html`<li>${placeLink(view, name, streets)}</li>`)}</ul>`;
}

function placeLink({ href, say }: View, name: string, streets: Streets): Html {
  const count = streets.get(name)?.length ?? 0;
  return html`<a href="${href(`/places/${part(name)}`)}">${name}</a>${count === 0 ? '' : html` <span class="small">${say('site.places.pictures', { count })}</span>`}`;
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
