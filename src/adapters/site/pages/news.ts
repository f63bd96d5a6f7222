import type { NewsPage, PastEdition } from '../../../desk/site/news.ts';
import { inShanghai } from '../../../domain/time/clock-time.ts';
import { part } from '../address.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import { prose } from '../prose.ts';
import type { View } from '../view.ts';
import { dayOf, newsLines } from './lists.ts';

/** 社区动态: what is new, by column; what is over stands at the end. */
export async function newsPage(view: View, column: string | undefined): Promise<Html> {
  const { say, pages, href } = view;
  const { columns, items } = await pages.news();
  const chosen = columns.find((each) => each === column);
  const shown = items.filter(({ category }) => chosen === undefined || category === chosen);
  const current = shown.filter(({ over }) => !over);
  const past = shown.filter(({ over }) => over);
  const chip = (title: string, path: string, open: boolean) =>
    html`<li><a href="${href(path)}"${open ? html` aria-current="page"` : ''}>${title}</a></li>`;
  const main = html`<h1>${say('site.news.title')}</h1>
<nav aria-label="${say('site.news.columns')}"><ul class="chips">${chip(say('site.news.every'), '/news', chosen === undefined)}${columns
    .filter((each) => items.some(({ category }) => category === each))
    .map((each) => chip(each, `/news?column=${part(each)}`, each === chosen))}</ul></nav>
${current.length === 0 ? html`<p class="soft">${say('site.news.none')}</p>` : newsLines(view, current)}
${past.length === 0 ? '' : html`<h2>${say('site.news.before')}</h2>${newsLines(view, past)}`}
<p><a href="${href('/news/past')}">${say('site.news.editions')}</a>　<a href="${href('/news/feed', false)}">${say('site.footer.feed')}</a></p>`;
  return layout(view, { title: chosen ?? say('site.news.title'), main, tab: 'news' });
}

/** One item with its pictures. */
export function newsItemPage(view: View, item: NewsPage): Html {
  const { say, href } = view;
  const { id, title, text, category, date, over, files } = item;
  const main = html`<nav class="crumbs" aria-label="${say('site.crumbs')}"><a href="${href('/news')}">${say('site.news.title')}</a> › <a href="${href(`/news?column=${part(category)}`)}">${category}</a></nav>
<article>
<h1>${title}</h1>
<p class="meta"><time datetime="${date}">${dayOf(view, date)}</time> · ${category}</p>
${over ? html`<p class="notice">${say('site.news.isOver')}</p>` : ''}
${prose(text)}
${files.map((_, index) => html`<p class="shot"><img src="${href(`/news/${part(id)}/picture/${index}`, false)}" alt="${say('site.news.picture', { title, number: index + 1 })}" loading="lazy"></p>`)}
</article>`;
  return layout(view, { title, main, tab: 'news' });
}

/** 往期: the editions that were sent. */
export async function editionsPage(view: View): Promise<Html> {
  const { say, pages, href } = view;
  const editions = await pages.editions();
  const main = html`<h1>${say('site.news.editions')}</h1>
${
  editions.length === 0
    ? html`<p class="soft">${say('site.news.noEditions')}</p>`
    : html`<ul class="list">${editions.map(
        (each) => html`<li><a href="${href(`/news/past/${part(each.id)}`)}">${each.title}</a><p>${sentOn(view, each)}</p></li>`,
      )}</ul>`
}`;
  return layout(view, { title: say('site.news.editions'), main, tab: 'news' });
}

/** One edition as it was sent. */
export function editionPage(view: View, edition: PastEdition): Html {
  const { say, href } = view;
  const main = html`<nav class="crumbs" aria-label="${say('site.crumbs')}"><a href="${href('/news/past')}">${say('site.news.editions')}</a></nav>
<article><h1>${edition.title}</h1>
<p class="meta">${sentOn(view, edition)}</p>
${prose(edition.text)}</article>`;
  return layout(view, { title: edition.title, main, tab: 'news' });
}

function sentOn(view: View, { at }: PastEdition): string {
  return dayOf(view, inShanghai(new Date(at)).date);
}
