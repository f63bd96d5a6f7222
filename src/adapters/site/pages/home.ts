import type { MenuItem } from '../../../domain/content/knowledge.ts';
import { pageOf } from '../../../domain/content/menu.ts';
import { part } from '../address.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import { inline } from '../prose.ts';
import type { View } from '../view.ts';
import { newsLines, topicLines } from './lists.ts';

const newsShown = 3;

/** The first page: search, the two things that people come for, the columns, what is asked most, what is new. */
export async function homePage(view: View): Promise<Html> {
  const { say, frame, href, pages } = view;
  const { items } = await pages.news();
  const current = items.filter(({ over }) => !over).slice(0, newsShown);
  const main = html`
<h1>${say('site.home.welcome', { community: frame.community.name })}</h1>
${searchBox(view, '')}
<div class="pair"><a class="button" href="${href('/report')}">${say('site.report.title')}</a><a class="button plain" href="${href('/case')}">${say('site.case.title')}</a></div>
<p class="alarm">${inline(say('site.home.danger'))}</p>
<div class="columns">${frame.menu.items.filter(({ items: below }) => below.length > 0).map((item) => column(view, item))}</div>
<ul class="list">
<li><a href="${href('/policies')}">${say('site.policies.title')}</a><p>${say('site.policies.about')}</p></li>
<li><a href="${href('/open')}">${say('site.open.title')}</a><p>${say('site.open.about')}</p></li>
</ul>
<h2>${say('site.guide.most')}</h2>
${topicLines(view, await pages.askedMost(), false)}
<h2>${say('site.news.latest')}</h2>
${current.length === 0 ? html`<p class="soft">${say('site.news.none')}</p>` : newsLines(view, current)}
<p><a href="${href('/news')}">${say('site.news.more')}</a></p>`;
  return layout(view, { title: '', main });
}

/** The search over the answers. */
export function searchBox({ say, href, large }: View, words: string): Html {
  return html`<form action="${href('/guide', false)}" method="get" role="search">
<label for="q">${say('site.guide.searchLabel')}</label>
<div class="search"><input type="search" id="q" name="q" value="${words}" maxlength="200" autocomplete="off"><button>${say('site.guide.search')}</button></div>
${large ? html`<input type="hidden" name="type" value="large">` : ''}
</form>
<p class="small">${say('site.guide.searchHint')}</p>`;
}

/** One of the columns of the menu. */
function column(view: View, item: MenuItem): Html {
  const { href } = view;
  return html`<section class="card"><h2>${item.title}</h2><ul>${item.items.map(
    (below) => html`<li><a href="${href(pathOf(below))}">${below.title}</a></li>`,
  )}</ul></section>`;
}

function pathOf(item: MenuItem): string {
  return item.onSite ?? pageOf(item) ?? `/guide/${part(item.topic ?? '')}`;
}
