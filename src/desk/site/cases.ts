import { endsAs, readAppealNumber } from '../../domain/appeals/appeal-number.ts';
import { caseKey, isVoice } from '../appeals/case-keys.ts';
import { archivedAppeal } from '../appeals/moves.ts';
import type { Appeal } from '../appeals/rows.ts';
import type { App } from '../kernel/desk.ts';
import type { Filled, FilledReport, Lacking } from '../kernel/message.ts';
import { officeTime } from '../kernel/office-time.ts';
import type { Transaction } from '../kernel/ports.ts';
import { proofOf } from '../supervision/proof.ts';
import { type CaseView, caseView } from './case-view.ts';

/** A report as it was filled in; `form` is the same each time the same form is sent, and nobody else's. */
export interface Report extends Omit<FilledReport, 'does'> {
  readonly form: string;
  readonly what: string;
  /** A picture that was saved for it. */
  readonly file?: string;
}

/** What became of a report. */
export type Reported =
  | { readonly kind: 'lacking'; readonly lacking: Lacking }
  /** Somebody may be in danger: what to do, or the question whether it is so. */
  | { readonly kind: 'danger'; readonly texts: readonly string[]; readonly asks: boolean }
  | { readonly kind: 'filed'; readonly cases: readonly CaseView[] }
  /** Nothing was taken down: the desk is stopping, or failed. */
  | { readonly kind: 'failed' };

/** What the bearer of a secret does. */
export type CaseAct =
  | { readonly does: 'add'; readonly text: string; readonly file?: string }
  | { readonly does: 'urge' | 'withdraw' }
  | { readonly does: 'rate'; readonly text: string; readonly solved?: Rated['solved']; readonly satisfied?: Rated['satisfied'] };
type Rated = Extract<Filled, { does: 'rate' }>;

/** How residents report on the site and follow what they told, without an account. */
export interface SiteCases {
  /** Files a report through the same turn as the chat. The same form sent again files nothing and is told the same. */
  report(report: Report): Promise<Reported>;
  /** What somebody goes on saying on the page of a danger. */
  say(form: string, text: string): Promise<readonly string[]>;
  /** What waits to be told to whoever filled in a form: words of who comes to help. */
  waiting(form: string): Promise<readonly string[]>;
  /** The case that a secret opens; with a number only when it is that one's. */
  find(secret: string, number?: string): Promise<CaseView | undefined>;
  /** Does something with the case that a secret opens; the same form sent again does nothing. @returns what is said to it, and the case after it */
  act(
    secret: string,
    act: CaseAct,
    form: string,
  ): Promise<{ readonly texts: readonly string[]; readonly view: CaseView | undefined } | undefined>;
}

export function createSiteCases(app: App): SiteCases {
  const hear = (person: string, id: string, text: string, page: Filled, file?: string) =>
    app.hear({
      id,
      person,
      text,
      kind: file === undefined || text !== '' ? 'text' : 'image',
      addressed: true,
      page,
      ...(file === undefined ? {} : { file }),
    });
  const textsFor = (person: string, replies: Awaited<ReturnType<App['hear']>>['replies']) =>
    replies.flatMap(({ to, text, kind }) => (kind === 'reply' && !('room' in to) && to.person === person && text !== '' ? [text] : []));

  return {
    async report({ form, what, file, ...more }) {
      const person = personOf(form);
      const before = await filedBy(app, person);
      if (before.length > 0) return { kind: 'filed', cases: before };
      const page: FilledReport = { does: 'report', ...more };
      const { decision, replies, lacking } = await hear(person, `${person}/${more.safe ? 'report-safe' : 'report'}`, what, page, file);
      if (lacking) return { kind: 'lacking', lacking };
      const cases = await filedBy(app, person);
      if (decision !== 'emergency' && cases.length > 0) return { kind: 'filed', cases };
      const { asked, alarmed } = await dangerOf(app, person);
      return asked || alarmed ? { kind: 'danger', texts: textsFor(person, replies), asks: asked } : { kind: 'failed' };
    },
    async say(form, text) {
      const person = personOf(form);
      const { replies } = await hear(person, app.ids.id(), text, { does: 'say' });
      return textsFor(person, replies);
    },
    waiting: (form) =>
      app.store.transaction(async (tx) =>
        (await tx.find('deliveries', { person: personOf(form), state: 'waiting' }))
          .sort((a, b) => a.sequence - b.sequence)
          .flatMap(({ text, sealed }) => (sealed || text === '' ? [] : [text])),
      ),
    find: (secret, number) => app.store.transaction((tx) => viewOf(app, tx, secret, number)),
    async act(secret, act, form) {
      const key = await app.store.transaction((tx) => caseKey({ tx, vault: app.vault }, secret));
      const appeal = key && (await app.store.transaction((tx) => atHand(tx, key.appeal, key.person)));
      if (!key || !appeal) return undefined;
      const { text, file, page } = messageOf(app, act, appeal.id);
      const { replies } = await hear(key.person, `web-${form}/${act.does}`, text, page, file);
      const view = await app.store.transaction((tx) => viewOf(app, tx, secret));
      return { texts: textsFor(key.person, replies), view };
    },
  };
}

/** Who filled in a form: nobody else has its name, and it opens nothing but what came of it. */
const personOf = (form: string) => `web-${form}`;

function messageOf(app: App, act: CaseAct, appeal: string): { text: string; file?: string; page: Filled } {
  switch (act.does) {
    case 'add':
      return { text: act.text, page: { does: 'add', appeal }, ...(act.file === undefined ? {} : { file: act.file }) };
    case 'rate': {
      const { solved, satisfied } = act;
      const { shortAnswers } = app.content.current();
      // Without words of their own they say what they ticked.
      const ticked = solved === undefined ? '' : (shortAnswers.solved[solved][0] ?? '');
      const page = {
        does: 'rate',
        appeal,
        ...(solved === undefined ? {} : { solved }),
        ...(satisfied === undefined ? {} : { satisfied }),
      } as const;
      return { text: act.text === '' ? ticked : act.text, page };
    }
    default:
      return { text: '', page: { does: act.does, appeal } };
  }
}

/** The cases that came of a form, each with its secret. */
async function filedBy(app: App, person: string): Promise<CaseView[]> {
  return app.store.transaction(async (tx) => {
    const views: CaseView[] = [];
    for (const { appeal: id, sealed } of (await tx.find('caseKeys', { person })).sort((a, b) => (a.appeal < b.appeal ? -1 : 1))) {
      const appeal = await tx.get('appeals', id);
      const secret = app.vault.open(sealed);
      if (appeal && secret !== undefined) views.push(await viewIn(app, tx, appeal, person, secret));
    }
    return views;
  });
}

async function viewOf(app: App, tx: Transaction, secret: string, number?: string): Promise<CaseView | undefined> {
  const key = await caseKey({ tx, vault: app.vault }, secret);
  // Whatever is wrong costs as much: one digest, one row, one look at the number.
  const fits = number === undefined || isNumberOf(app, key?.appeal ?? '', number);
  if (!key || !fits) return undefined;
  const known = app.vault.open(key.sealed);
  const appeal = await atHand(tx, key.appeal, key.person);
  if (!appeal || known === undefined) return undefined;
  const proof = await proofOf(tx, app.vault, appeal.id);
  return { ...(await viewIn(app, tx, appeal, key.person, known)), ...(proof ? { proof } : {}) };
}

async function viewIn(app: App, tx: Transaction, appeal: Appeal, person: string, secret: string): Promise<CaseView> {
  const content = await app.overlay.over(app.content.current(), tx);
  const { knows } = officeTime(content.calendar, app.workCalendars);
  return caseView(appeal, person, secret, { content, now: app.clock.now(), knows });
}

/** The appeal of a voice: the one into which it was merged, and from the archive what was closed long ago. */
async function atHand(tx: Transaction, number: string, person: string): Promise<Appeal | undefined> {
  const appeal = (await tx.get('appeals', number)) ?? (await archivedAppeal(tx, number));
  const into = appeal?.into === undefined ? undefined : await tx.get('appeals', appeal.into);
  const meant = into && isVoice(into, person) ? into : appeal;
  return meant && isVoice(meant, person) && !meant.erased ? meant : undefined;
}

/** Whether what was typed is this number, or its ending. */
function isNumberOf(app: App, id: string, typed: string): boolean {
  const reading = readAppealNumber(typed, app.content.current().community.prefix);
  if (reading?.form === 'full') return reading.number === id;
  return reading?.form === 'short' && reading.ending.length >= 3 && endsAs(id, reading.ending);
}

/** Whether somebody was asked if there is danger, and whether an alarm of theirs was raised. */
async function dangerOf(app: App, person: string): Promise<{ asked: boolean; alarmed: boolean }> {
  return app.store.transaction(async (tx) => ({
    asked: (await tx.get('suspicions', person)) !== undefined,
    alarmed: (await tx.mentioning('alarms', person)).length > 0,
  }));
}
