import type { Listed } from '../../../desk/site/guide.ts';
import type { NewsPage } from '../../../desk/site/news.ts';
import { inShanghai, spokenDayOf } from '../../../domain/time/clock-time.ts';
import { part } from '../address.ts';
import { type Html, html } from '../html.ts';
import { beginning } from '../prose.ts';
import type { View } from '../view.ts';

const leadShown = 60;

/** Topics as links, with the beginning of what is said of them. */
export function topicLines({ href }: View, topics: readonly Listed[], withLead = true): Html {
  return html`<ul class="list">${topics.map(
    ({ id, title, lead }) =>
      html`<li><a href="${href(`/guide/${part(id)}`)}">${title}</a>${withLead && lead !== '' ? html`<p>${beginning(lead, leadShown)}</p>` : ''}</li>`,
  )}</ul>`;
}

/** Items of news as links, each with its day and column. */
export function newsLines(view: View, items: readonly NewsPage[]): Html {
  const { href, say } = view;
  return html`<ul class="list">${items.map(
    ({ id, title, text, category, date, over }) => html`<li><a href="${href(`/news/${part(id)}`)}">${title}</a>
<p><time datetime="${date}">${dayOf(view, date)}</time> · ${category}${over ? html` · ${say('site.news.over')}` : ''}</p>
<p>${beginning(text, leadShown)}</p></li>`,
  )}</ul>`;
}

/** "11月27日", of another year with its year. */
export function dayOf({ now }: Pick<View, 'now'>, date: string): string {
  return spokenDayOf(date, inShanghai(now).date);
}
