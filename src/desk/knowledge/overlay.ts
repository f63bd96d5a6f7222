import { type Answer, isUnconfirmed, type LocalFact, meets, type Statement, statementsOf } from '../../domain/content/answer.ts';
import { dateAfter, inShanghai } from '../../domain/time/clock-time.ts';
import type { Chore } from '../kernel/chore.ts';
import type { Lesson, Snapshot } from '../kernel/content.ts';
import type { Overlay } from '../kernel/desk.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { AnswerChange, LocalValue } from './rows.ts';

type Confirmed = NonNullable<AnswerChange['confirmed']>;

/** How long an answer that staff have written or confirmed is good. */
const goodForYears = 1;
/** So many people must have chosen alike before their choice becomes a lesson. */
const alike = 2;

export function createOverlay(): Overlay {
  /** As it was in a transaction that is on disk: what one that failed had changed was never seen. */
  let kept: { content: Snapshot; revision: number; result: Snapshot } | undefined;
  return {
    async over(content, tx) {
      const revision = await revisionOf(tx);
      if (kept?.content === content && kept.revision === revision) return kept.result;
      const made = { content, revision, result: await overlaid(content, tx) };
      tx.afterCommit(() => {
        kept = made;
      });
      return made.result;
    },
    last: (content) => (kept?.content === content ? kept.result : content),
  };
}

/** Hands what people have taught to understanding, when there is something new; it learns in the background. */
export const learning: Chore = {
  id: 'learning',
  isDue: async ({ overlay }, _, tx) => (await revisionOf(tx)) !== overlay.learnt,
  async run({ store, content, overlay }) {
    const found = await store.transaction(async (tx) => {
      const revision = await revisionOf(tx);
      return revision === overlay.learnt ? undefined : { revision, lessons: await lessons(tx) };
    });
    if (!found) return;
    content.teach(found.lessons);
    overlay.learnt = found.revision;
  },
};

/** How often staff have changed content, or residents have shown what they mean. */
export async function revisionOf(tx: Transaction): Promise<number> {
  return (await tx.get('switches', 'content'))?.revision ?? 0;
}

/** To be called with every change that `overlaid` or `lessons` reads. */
export async function noteChange({ tx, now }: { tx: Transaction; now: Date }): Promise<void> {
  await tx.put('switches', { id: 'content', since: now.toISOString(), revision: (await revisionOf(tx)) + 1 });
}

/** The content with what staff have changed laid over it: local facts, and answers rewritten or stopped. */
export async function overlaid<C extends Known>(content: C, tx: Transaction): Promise<C> {
  const facts = await tx.find('localFacts');
  const changes = await tx.find('answerChanges');
  if (facts.length === 0 && changes.length === 0) return content;
  return { ...content, local: withFacts(content.local, facts), answers: withChanges(content, changes) };
}

type Known = Pick<Snapshot, 'answers' | 'local' | 'laws'>;

/** The answers that staff have rewritten and the local facts that they have filled in, whole. */
export async function changedContent(
  content: Known,
  tx: Transaction,
): Promise<{ answers: readonly Answer[]; facts: readonly LocalFact[] }> {
  const facts = await tx.find('localFacts');
  const changes = (await tx.find('answerChanges')).filter(({ lead, confirmed }) => lead !== undefined || confirmed !== undefined);
  const answers = withChanges(content, changes);
  const local = withFacts(content.local, facts);
  return {
    answers: changes.flatMap(({ id }) => answers.get(id) ?? []),
    facts: facts.flatMap(({ id }) => local.get(id) ?? []),
  };
}

function withFacts(local: Snapshot['local'], facts: readonly LocalValue[]): Map<string, LocalFact> {
  const filled = new Map(local);
  for (const { id, value } of facts) {
    const fact = local.get(id);
    if (fact) filled.set(id, { ...fact, value });
  }
  return filled;
}

function withChanges({ answers, laws }: Known, changes: readonly AnswerChange[]): Map<string, Answer> {
  const changed = new Map(answers);
  for (const { id, lead, stopped, confirmed } of changes) {
    const answer = answers.get(id);
    if (!answer) continue;
    const written = lead ? writtenByStaff(answer, lead, laws) : answer;
    const sure = confirmed ? confirmedByStaff(written, confirmed, laws) : written;
    changed.set(id, { ...sure, stopped: stopped !== undefined });
  }
  return changed;
}

function writtenByStaff(answer: Answer, { text, at }: { text: string; at: string }, laws: Snapshot['laws']): Answer {
  const on = inShanghai(new Date(at)).date;
  return goodAgain({ ...answer, lead: { text, evidence: 'office', confirmedOn: on } }, on, laws);
}

/** Only the very sentences that were confirmed; the answer is good for longer where all of it was. */
function confirmedByStaff(answer: Answer, { texts, by, at }: Confirmed, laws: Snapshot['laws']): Answer {
  const on = inShanghai(new Date(at)).date;
  const sure = (statement: Statement): Statement =>
    isUnconfirmed(statement) && texts.includes(statement.text) ? { ...statement, confirmedOn: on } : statement;
  const facets = Object.fromEntries(Object.entries(answer.facets).map(([facet, statements]) => [facet, statements.map(sure)]));
  const changed = { ...answer, lead: sure(answer.lead), facets, confirmed: { on, by } };
  return statementsOf(answer).every(({ text }) => texts.includes(text)) ? goodAgain(changed, on, laws) : changed;
}

/** Good for a year from a day on, but not beyond the next change of a law that is cited. */
export function goodAgain(answer: Answer, on: string, laws: Snapshot['laws']): Answer {
  const changes = statementsOf(answer)
    .flatMap(({ law = {} }) => Object.entries(law))
    .flatMap(([id, articles]) => {
      const { changes: next, to } = laws.get(id) ?? {};
      return [...(next && meets(articles, next.articles ?? '') ? [next.on] : []), ...(to === undefined ? [] : [to])];
    })
    .filter((date) => date > on);
  const [last = ''] = [nextYear(on), ...changes.map((date) => dateAfter(date, -1))].sort();
  const [reviewBy = last] = [last, answer.reviewBy].sort().reverse();
  return { ...answer, reviewBy };
}

function nextYear(date: string): string {
  return `${Number(date.slice(0, 4)) + goodForYears}${date.slice(4)}`;
}

/**
 * What was learnt from people while the bot ran: phrasings that staff adopted or added, and choices that at least two
 * residents made alike, so that one prankster teaches nothing.
 */
export async function lessons(tx: Transaction): Promise<Lesson[]> {
  const taught = (await tx.find('taught')).map(({ text, topic, facet }): Lesson => ({ text, topic, ...(facet ? { facet } : {}) }));
  const choices = new Map<string, { lesson: Lesson; people: Set<string> }>();
  for (const { text, topic, person } of await tx.find('feedback', { verdict: 'chosen' })) {
    const key = `${topic} ${text}`;
    const choice = choices.get(key) ?? { lesson: { text, topic }, people: new Set() };
    choice.people.add(person);
    choices.set(key, choice);
  }
  return [...taught, ...[...choices.values()].filter(({ people }) => people.size >= alike).map(({ lesson }) => lesson)];
}
