import { countNames, namedCounts } from '../../../domain/supervision/counts.ts';
import { type Day, type Proof, shownSeal } from '../../../domain/supervision/day.ts';
import { spokenTime } from '../../../domain/time/clock-time.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import type { Reckoned, Reckoning } from '../proof-text.ts';
import { prose } from '../prose.ts';
import type { View } from '../view.ts';
import { dayOf } from './lists.ts';

/** What was handed in to be checked. */
export interface HandedIn {
  readonly text: string;
  /** Absent when it is no proof. */
  readonly reckoning?: Reckoning;
}

/** 核对: the seals of the last nights, the figures that they hold, and how anybody reckons a proof anew, with a script or by hand. */
export function verifyPage(view: View, days: readonly Day[], handedIn?: HandedIn): Html {
  const { say, href } = view;
  const [last] = days;
  const main = html`<nav class="crumbs" aria-label="${say('site.crumbs')}"><a href="${href('/open')}">${say('site.open.title')}</a></nav>
<h1>${say('site.verify.title')}</h1>
${prose(say('site.verify.about'))}
<h2>${say('site.verify.checkTitle')}</h2>
${handedIn === undefined ? '' : outcome(view, days, handedIn)}
<form method="post" action="${href('/open/verify')}" enctype="multipart/form-data" data-verify>
<label for="proof">${say('site.verify.proof')}<span class="hint" id="proof-hint">${say('site.verify.proofHint')}</span></label>
<textarea id="proof" name="proof" rows="6" required spellcheck="false" autocomplete="off" aria-describedby="proof-hint">${handedIn?.text ?? ''}</textarea>
<button>${say('site.verify.check')}</button>
</form>
<p class="notice" role="status" hidden data-verified data-good="${say('site.verify.browserGood')}" data-unknown="${say('site.verify.browserUnknown')}" data-tree="${say('site.verify.tree')}" data-seal="${say('site.verify.seal')}" data-unread="${say('site.verify.unread')}"></p>
${handedIn?.reckoning ? working(view, handedIn.reckoning.steps) : ''}
<h2>${say('site.verify.sealsTitle')}</h2>
${last === undefined ? html`<p class="notice">${say('site.verify.none')}</p>` : html`${figures(view, last)}${seals(view, days)}`}
<h2>${say('site.verify.handTitle')}</h2>
${prose(say('site.verify.hand'))}`;
  return layout(view, { title: say('site.verify.title'), main, hidden: handedIn !== undefined, script: 'verify.js' });
}

/** What the server has reckoned, in words; the browser says its own below. */
function outcome(view: View, days: readonly Day[], { reckoning }: HandedIn): Html {
  const { say } = view;
  if (!reckoning) return html`<p class="notice" role="alert">${say('site.verify.unread')}</p>`;
  const { proof, wrong } = reckoning;
  if (wrong !== undefined) return html`<p class="notice" role="alert"><b>${say(`site.verify.${wrong}`)}</b></p>`;
  const published = days.some(({ seal }) => seal === proof.day.seal);
  const words = say(published ? 'site.verify.good' : 'site.verify.unknown', {
    day: dayOf(view, proof.day.id),
    count: proof.day[proof.tree].counts[0] ?? 0,
  });
  return html`<div class="notice" role="status">${prose(words)}<p class="seal">${shownSeal(proof.day.seal)}</p></div>`;
}

/** Every text that is reckoned, with its SHA-256: whoever has a tool for that can do it without us. */
function working({ say }: View, steps: readonly Reckoned[]): Html {
  return html`<details><summary>${say('site.verify.working', { count: steps.length })}</summary>
<p>${say('site.verify.workingHow')}</p>
<ol class="working">${steps.map(({ text, hash }) => html`<li><code>${visible(text)}</code><br>→ <code>${hash}</code></li>`)}</ol></details>`;
}

/** The first byte, which tells leaves, nodes and seals apart, cannot be seen. */
function visible(text: string): string {
  return `\\x0${text.charCodeAt(0)}${text.slice(1)}`;
}

function figures(view: View, day: Day): Html {
  const { say } = view;
  const all = namedCounts(day.open.counts.map((count, index) => count + (day.discreet.counts[index] ?? 0)));
  return html`<p>${say('site.verify.figures', { at: spokenTime(new Date(day.at)) })}</p>
<table><caption>${say('site.verify.figuresCaption')}</caption><thead><tr><th scope="col">${say('site.verify.what')}</th><th scope="col">${say('site.verify.count')}</th></tr></thead>
<tbody>${countNames.map((name) => html`<tr><th scope="row">${say(`site.verify.counts.${name}`)}</th><td>${all[name]}</td></tr>`)}</tbody></table>`;
}

function seals(view: View, days: readonly Day[]): Html {
  const { say } = view;
  return html`<table><caption>${say('site.verify.sealsCaption')}</caption><thead><tr><th scope="col">${say('site.verify.night')}</th><th scope="col">${say('site.verify.code')}</th></tr></thead>
<tbody>${days.map(({ id, seal }) => html`<tr data-published="${seal}"><th scope="row">${dayOf(view, id)}</th><td class="seal small">${shownSeal(seal)}</td></tr>`)}</tbody></table>
<details><summary>${say('site.verify.raw')}</summary><p class="seal small">${JSON.stringify(days[0])}</p></details>`;
}

/** On the page of a case: how it stood when it was sealed, and the proof of it. It holds no words of the case. */
export function proofBox(view: View, proof: Proof | undefined): Html {
  const { say, href } = view;
  if (!proof)
    return html`<p class="small">${say('site.verify.notYet')} <a href="${href('/open/verify')}">${say('site.verify.how')}</a></p>`;
  const { steps } = JSON.parse(proof.text) as { readonly steps: number };
  return html`<details><summary>${say('site.verify.mine')}</summary>
<p>${say('site.verify.mineAt', { at: spokenTime(new Date(proof.day.at)), steps })}</p>
<p class="seal">${shownSeal(proof.day.seal)}</p>
<form method="post" action="${href('/open/verify')}" enctype="multipart/form-data">
<label for="proof">${say('site.verify.proof')}</label><textarea id="proof" name="proof" rows="4" readonly spellcheck="false">${JSON.stringify(proof)}</textarea>
<button class="plain">${say('site.verify.check')}</button></form></details>`;
}
