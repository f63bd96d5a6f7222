import type { CaseStep, CaseView } from '../../../desk/site/case-view.ts';
import { spokenDay, spokenTime } from '../../../domain/time/clock-time.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import { inline, prose } from '../prose.ts';
import { qrCode } from '../qr.ts';
import type { View } from '../view.ts';
import { longestWhat } from './report.ts';
import { proofBox } from './verify.ts';

/** 查进度: number and secret. The answer to wrong ones is always this same page. */
export function askForCasePage(view: View, problem?: string): Html {
  const { say, href } = view;
  const main = html`<h1>${say('site.case.title')}</h1>
${problem === undefined ? html`<p>${say('site.case.intro')}</p>` : html`<p class="notice" role="alert">${problem}</p>`}
<form method="post" action="${href('/case')}" enctype="multipart/form-data">
<label for="number">${say('site.case.number')}<span class="hint" id="number-hint">${say('site.case.numberHint')}</span></label>
<input type="text" id="number" name="number" maxlength="30" required autocomplete="off" autocapitalize="characters" aria-describedby="number-hint">
<label for="secret">${say('site.case.secret')}<span class="hint" id="secret-hint">${say('site.case.secretHint')}</span></label>
<input type="text" id="secret" name="secret" maxlength="40" required autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="secret-hint">
<button>${say('site.case.look')}</button>
</form>`;
  return layout(view, { title: say('site.case.title'), main, tab: 'case' });
}

/** One case as one of its voices sees it, and what they can do with it. */
export function casePage(view: View, each: CaseView, token: string, texts: readonly string[] = []): Html {
  const { say } = view;
  const main = html`<h1>${say('site.case.title')}</h1>
${texts.length === 0 ? '' : html`<div class="notice" role="status">${texts.map(prose)}</div>`}
<section class="card">${caseSummary(view, each)}</section>
${each.waitsForYou ? html`<p class="notice"><b>${say('site.case.waits')}</b></p>` : ''}
${each.can.rate ? ratingForm(view, each, token) : ''}
<h2>${say('site.case.course')}</h2>
<ol class="course">${each.steps.map((step) => courseLine(view, step))}</ol>
${each.what === undefined ? html`<p class="small">${say('site.case.joined')}</p>` : ''}
${each.can.add ? openForms(view, each, token) : ''}
${keyBox(view, each)}
${proofBox(view, each.proof)}`;
  return layout(view, { title: each.number, main, tab: 'case', hidden: true, script: 'site.js' });
}

/** What it is, how it stands, and by when something is to be heard. */
export function caseSummary(view: View, each: CaseView): Html {
  const { say, now } = view;
  const due = each.answerBy;
  const rows: (readonly [string, string])[] = [
    [say('site.case.state'), say(`state.${each.state}`)],
    ...(each.what === undefined ? [] : [[say('site.case.what'), each.what] as const]),
    ...(each.place === undefined ? [] : [[say('site.case.place'), each.place] as const]),
    [say('site.case.kind'), `${each.kind} · ${each.category}`],
    ...(each.result === undefined ? [] : [[say('site.case.result'), each.result] as const]),
  ];
  const notes = [
    due === undefined ? '' : say(new Date(due) < now ? 'site.case.late' : 'site.case.due', { date: spokenDay(new Date(due), now) }),
    each.referredTo === undefined ? '' : say('site.case.referred', { to: each.referredTo }),
    each.voices > 1 ? say('site.case.voices', { count: each.voices }) : '',
    each.pictures > 0 ? say('site.case.pictures', { count: each.pictures }) : '',
  ].filter((note) => note !== '');
  return html`<p class="small">${say('site.case.number')}</p><p class="secret">${each.number}</p>
<dl class="pairs">${rows.map(([title, value]) => html`<dt>${title}</dt><dd>${inline(value)}</dd>`)}</dl>
${notes.map((note) => html`<p>${note}</p>`)}`;
}

/** The secret, and the address that holds it. Nobody else may have it. */
export function keyBox(view: View, { secret, number }: CaseView): Html {
  const { say, href } = view;
  const address = view.absolute(`/s/${secret}`);
  return html`<section class="card"><p class="small">${say('site.case.secret')}</p><p class="secret">${secret}</p>
<p class="small">${say('site.case.linkTitle')}：<a href="${href(`/s/${secret}`)}">${address ?? `/s/${secret}`}</a>　${say('site.case.linkHint')}</p>
${address === undefined ? '' : qrCode(address, say('site.case.qrAlt', { number }))}</section>`;
}

function courseLine({ say, now }: View, { at, move, text }: CaseStep): Html {
  const time = new Date(at);
  const year = time.getFullYear() === now.getFullYear() ? '' : `${time.getFullYear()} `;
  return html`<li><b>${say(`course.${move}`)}</b> <time class="meta" datetime="${at}">${year}${spokenTime(time)}</time>${text === undefined ? '' : html`<p>${inline(text)}</p>`}</li>`;
}

function ratingForm({ say, href }: View, { secret }: CaseView, token: string): Html {
  const solved = ['yes', 'partly', 'no', 'dropped'] as const;
  const satisfied = ['yes', 'fairly', 'no'] as const;
  return html`<section class="card"><h2>${say('site.case.rate')}</h2>
<form method="post" action="${href(`/s/${secret}`)}" enctype="multipart/form-data">
<input type="hidden" name="token" value="${token}"><input type="hidden" name="does" value="rate">
<fieldset><legend>${say('site.case.solvedTitle')}</legend>${solved.map((each) => html`<label class="choice"><input type="radio" name="solved" value="${each}" required>${say(`solvedTick.${each}`)}</label>`)}</fieldset>
<fieldset><legend>${say('site.case.satisfiedTitle')}</legend>${satisfied.map((each) => html`<label class="choice"><input type="radio" name="satisfied" value="${each}">${say(`satisfiedTick.${each}`)}</label>`)}</fieldset>
<label for="rating-text">${say('site.case.words')}</label><textarea id="rating-text" name="text" rows="3" maxlength="${longestWhat}"></textarea>
<button>${say('site.case.sendRating')}</button>
</form></section>`;
}

function openForms({ say, href }: View, { secret, can, waitsForYou }: CaseView, token: string): Html {
  const form = (does: string, fields: Html) => html`<form method="post" action="${href(`/s/${secret}`)}" enctype="multipart/form-data">
<input type="hidden" name="token" value="${token}"><input type="hidden" name="does" value="${does}">${fields}</form>`;
  return html`<details${waitsForYou ? html` open` : ''}><summary>${say('site.case.add')}</summary>
${form(
  'add',
  html`<label for="add-text">${say('site.case.addLabel')}</label><textarea id="add-text" name="text" rows="4" maxlength="${longestWhat}"></textarea>
<label for="add-file">${say('site.case.addFile')}</label><input type="file" id="add-file" name="file" accept="image/*" data-too-big="${say('site.report.tooBig')}">
<button>${say('site.report.send')}</button>`,
)}</details>
${form('urge', html`<button class="plain">${say('site.case.urge')}</button>`)}
${
  can.withdraw
    ? html`<details><summary>${say('site.case.withdraw')}</summary>${form(
        'withdraw',
        html`<p>${say('site.case.withdrawAsk')}</p><label class="choice"><input type="checkbox" name="sure" value="yes" required>${say('site.case.withdrawTick')}</label><button class="plain">${say('site.case.withdraw')}</button>`,
      )}</details>`
    : ''
}`;
}
