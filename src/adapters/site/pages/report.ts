import type { Lacking } from '../../../desk/kernel/message.ts';
import { keptAtMost } from '../../../desk/kernel/whole.ts';
import type { CaseView } from '../../../desk/site/case-view.ts';
import type { Listed } from '../../../desk/site/guide.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import { inline, prose } from '../prose.ts';
import type { View } from '../view.ts';
import { caseSummary, keyBox } from './case.ts';
import { topicLines } from './lists.ts';

/** What is longer is not taken: nothing is cut silently. The chat keeps as much. */
export const longestWhat = keptAtMost;
export const longestField = 80;

/** What somebody has filled in so far. It is nowhere but in their own page. */
export interface FilledIn {
  readonly what: string;
  readonly place: string;
  readonly name: string;
  readonly phone: string;
}

export const nothingFilledIn: FilledIn = { what: '', place: '', name: '', phone: '' };

/** The form, empty or with what was filled in, what was wrong with it, and the question that is left. */
export function reportPage(
  view: View,
  token: string,
  {
    filled = nothingFilledIn,
    lacking,
    problem,
  }: { readonly filled?: FilledIn; readonly lacking?: Lacking; readonly problem?: string } = {},
): Html {
  const { say, href } = view;
  const asks = (field: Lacking['field']) => (lacking?.field === field ? lacking.question : undefined);
  const main = html`<h1>${say('site.report.title')}</h1>
${problem === undefined ? '' : html`<p class="notice" role="alert">${problem}</p>`}
${lacking === undefined ? (problem === undefined ? html`<p>${say('site.report.intro')}</p>` : '') : html`<p class="notice" role="alert"><b>${say('site.report.missing')}</b></p>`}
<p class="alarm">${inline(say('site.report.danger'))}</p>
<form method="post" action="${href('/report')}" enctype="multipart/form-data">
<input type="hidden" name="token" value="${token}">
<input type="hidden" name="work" value="">
${
  asks('same') === undefined
    ? ''
    : html`<fieldset class="asked"><legend>${say('site.report.asked')}</legend>${prose(asks('same') ?? '')}
<label class="choice"><input type="radio" name="same" value="yes" required>${say('site.report.same')}</label>
<label class="choice"><input type="radio" name="same" value="no">${say('site.report.other')}</label></fieldset>`
}
${asks('what') === undefined ? '' : html`<p class="notice">${asks('what')}</p>`}
<label for="what">${say('site.report.what')}<span class="hint" id="what-hint">${say('site.report.whatHint')}</span></label>
<textarea id="what" name="what" rows="5" maxlength="${longestWhat}" required aria-describedby="what-hint">${filled.what}</textarea>
<div${asks('where') === undefined ? '' : html` class="asked"`}>
<label for="place">${asks('where') ?? say('site.report.place')}<span class="hint" id="place-hint">${asks('where') === undefined ? say('site.report.placeHint') : say('site.report.noPlace')}</span></label>
<input type="text" id="place" name="place" value="${filled.place}" maxlength="${longestField}" autocomplete="off" aria-describedby="place-hint">
${asks('where') === undefined ? '' : html`<input type="hidden" name="placeAsked" value="yes">`}
</div>
<label for="name">${say('site.report.name')}<span class="hint" id="name-hint">${say('site.report.nameHint')}</span></label>
<input type="text" id="name" name="name" value="${filled.name}" maxlength="30" autocomplete="name" aria-describedby="name-hint">
<label for="phone">${say('site.report.phone')}<span class="hint" id="phone-hint">${say('site.report.phoneHint')}</span></label>
<input type="tel" id="phone" name="phone" value="${filled.phone}" maxlength="30" autocomplete="tel" aria-describedby="phone-hint">
<label for="file">${say('site.report.file')}<span class="hint" id="file-hint">${say('site.report.fileHint')}</span></label>
<input type="file" id="file" name="file" accept="image/*" aria-describedby="file-hint" data-too-big="${say('site.report.tooBig')}">
<p class="small">${say('site.report.privacy')} <a href="${href('/about#privacy')}">${say('site.report.privacyMore')}</a></p>
<button>${say('site.report.send')}</button>
</form>`;
  return layout(view, { title: say('site.report.title'), main, tab: 'report', script: 'site.js' });
}

/** What was taken down, with number and secret; what the guide knows of it stands below. */
export function receiptPage(view: View, cases: readonly CaseView[], guide: readonly Listed[]): Html {
  const { say, href } = view;
  const title = cases.length === 1 ? say('site.report.filed') : say('site.report.filedSeveral', { count: cases.length });
  const main = html`<h1>${title}</h1>
<p class="notice">${say('site.report.keep')}</p>
${cases.map(
  (each) => html`<section class="card">${caseSummary(view, each)}${each.advice === undefined ? '' : prose(each.advice)}${keyBox(view, each)}
<p><a class="button" href="${href(`/s/${each.secret}`)}">${say('site.report.lookAt')}</a></p></section>`,
)}
${guide.length === 0 ? '' : html`<h2>${say('site.report.guide')}</h2>${topicLines(view, guide)}`}
<p><a href="${href('/report')}">${say('site.report.again')}</a></p>`;
  return layout(view, { title, main, tab: 'report', hidden: true });
}

/** Danger comes first: what to do now, and the way to say how it goes on. */
export function dangerPage(
  view: View,
  token: string,
  {
    texts,
    asks,
    filled = nothingFilledIn,
    answers = [],
  }: { readonly texts: readonly string[]; readonly asks: boolean; readonly filled?: FilledIn; readonly answers?: readonly string[] },
): Html {
  const { say, href } = view;
  const cards = texts.length > 0 ? texts : [say('site.report.alarmed')];
  const hidden = Object.entries(filled).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
  const next = asks
    ? html`<form method="post" action="${href('/report')}" enctype="multipart/form-data"><input type="hidden" name="token" value="${token}">${hidden}
<button name="danger" value="yes">${say('site.report.yes')}</button><button class="plain" name="danger" value="no">${say('site.report.no')}</button></form>`
    : html`<form method="post" action="${href('/report/say')}" enctype="multipart/form-data"><input type="hidden" name="token" value="${token}">
<label for="text">${say('site.report.sayMore')}</label><textarea id="text" name="text" rows="3" maxlength="${longestWhat}"></textarea>
<button>${say('site.report.say')}</button><button class="plain" name="look" value="yes">${say('site.report.look')}</button></form>`;
  const main = html`<h1>${say('site.report.card')}</h1>
${cards.map((text) => html`<div class="alarm big" role="alert">${prose(text)}</div>`)}
${answers.length === 0 ? '' : html`<section class="card"><h2>${say('site.report.answers')}</h2>${answers.map(prose)}</section>`}
${next}`;
  return layout(view, { title: say('site.report.card'), main, tab: 'report', hidden: true });
}
