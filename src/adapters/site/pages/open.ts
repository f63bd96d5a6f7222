import { fewest, type PublicRecord, recordDays } from '../../../desk/figures/record.ts';
import type { Deeds } from '../../../desk/site/deeds.ts';
import type { Rate } from '../../../domain/appeals/rates.ts';
import { type Day, shownSeal } from '../../../domain/supervision/day.ts';
import { barChart, monthChart } from '../charts.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import type { View } from '../view.ts';
import { dayOf } from './lists.ts';

/** 办理公示: what was reported and done, in figures, for anybody. */
export async function openPage(view: View): Promise<Html> {
  const { say, pages, frame, href } = view;
  const record = await pages.record();
  const main = html`<h1>${say('site.open.title')}</h1>
<p>${say('site.open.intro', { community: frame.community.name, days: recordDays, fewest })}</p>
<h2>${say('site.open.lately', { days: recordDays })}</h2>
<div class="rates">
${figure(say('site.open.received'), countOf(view, record.received), say('site.open.receivedAbout'))}
${figure(say('site.open.done'), countOf(view, record.done), say('site.open.doneAbout'))}
</div>
<h2>${say('site.open.rates')}</h2>
<div class="rates">
${rate(view, say('site.open.response'), record.rates.response, say('site.open.responseAbout'))}
${rate(view, say('site.open.solved'), record.rates.solved, say('site.open.solvedAbout', { partly: record.rates.partly }))}
${rate(view, say('site.open.satisfied'), record.rates.satisfied, say('site.open.satisfiedAbout', { unrated: record.rates.unrated }))}
</div>
${categories(view, record)}
${months(view, record)}
${deeds(view, await pages.deeds())}
${seal(view, await pages.sealedDays())}
<p class="small">${say('site.open.legal')} <a href="${href('/about#privacy')}">${say('site.about.privacyTitle')}</a></p>`;
  return layout(view, { title: say('site.open.title'), main });
}

function figure(title: string, value: string, about: string): Html {
  return html`<div class="card"><h3>${title}</h3><strong>${value}</strong><p class="small">${about}</p></div>`;
}

/** A share with what it is a share of; of too few nothing is said. */
function rate(view: View, title: string, { of, count }: Rate, about: string): Html {
  const { say } = view;
  const value = of < fewest ? say('site.open.tooFew') : `${Math.round((100 * count) / of)}%`;
  const ratio = of < fewest ? say('site.open.tooFewAbout', { fewest }) : say('site.open.ratio', { count, of });
  return figure(title, value, `${ratio} ${about}`);
}

function categories({ say }: View, { categories: rows }: PublicRecord): Html {
  if (rows.length === 0) return html`<p class="notice">${say('site.open.nothing')}</p>`;
  const named = rows.map(({ title, count }) => ({ title: title ?? say('site.open.others'), count }));
  const sum = named.reduce((all, { count }) => all + count, 0);
  // The last row alone, and small: nothing is said by it.
  if (sum < fewest) return html`<p class="notice">${say('site.open.fewReports', { fewest })}</p>`;
  return html`<h2>${say('site.open.byCategory')}</h2>
${barChart(named, say('site.open.byCategoryAlt'))}`;
}

function months(view: View, { months: rows }: PublicRecord): Html {
  const { say } = view;
  const bars = rows.map(({ month, received, done }) => ({
    title: say('site.open.month', { month: Number(month.slice(5)) }),
    first: blurred(received),
    second: blurred(done),
  }));
  const drawn = bars.some(({ first, second }) => first + second > 0);
  return html`<h2>${say('site.open.byMonth')}</h2>
${drawn ? html`${monthChart(bars, say('site.open.byMonthAlt'))}<p class="small">${say('site.open.byMonthHint')}</p>` : ''}
<table><caption>${say('site.open.byMonthCaption')}</caption><thead><tr><th scope="col">${say('site.open.monthHead')}</th><th scope="col">${say('site.open.received')}</th><th scope="col">${say('site.open.done')}</th></tr></thead>
<tbody>${rows.map(({ month, received, done }) => html`<tr><th scope="row">${month}</th><td>${countOf(view, received)}</td><td>${countOf(view, done)}</td></tr>`)}</tbody></table>`;
}

/** What is too few is drawn as nothing. */
function blurred(count: number): number {
  return count < fewest ? 0 : count;
}

function countOf({ say }: View, count: number): string {
  return count > 0 && count < fewest ? say('site.open.fewer', { fewest }) : String(count);
}

/** What was done, in the sentences that staff released. */
function deeds({ say }: View, groups: readonly Deeds[]): Html | '' {
  if (groups.length === 0) return '';
  return html`<h2>${say('site.open.deeds')}</h2>
<p class="small">${say('site.open.deedsAbout')}</p>
${groups.map(
  ({ title, sentences }) => html`<h3>${title ?? say('site.open.others')}</h3>
<ul class="list">${sentences.map(({ text, place }) => html`<li>${text}${place === undefined ? '' : say('site.open.deedAt', { place })}</li>`)}</ul>`,
)}`;
}

/** How anybody checks that nothing of it was changed afterwards. */
function seal(view: View, [last]: readonly Day[]): Html {
  const { say, href } = view;
  return html`<h2>${say('site.verify.title')}</h2>
<p>${say('site.verify.why')}</p>
${last === undefined ? '' : html`<p>${say('site.verify.last', { day: dayOf(view, last.id) })}</p><p class="seal">${shownSeal(last.seal)}</p>`}
<p><a href="${href('/open/verify')}">${say('site.verify.how')}</a></p>`;
}
