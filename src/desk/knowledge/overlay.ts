import type { Answer, LocalFact } from '../../domain/content/answer.ts';
import { inShanghai } from '../../domain/time/clock-time.ts';
import type { Chore } from '../kernel/chore.ts';
import type { Lesson, Snapshot } from '../kernel/content.ts';
import type { Overlay } from '../kernel/desk.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { AnswerChange, LocalValue } from './rows.ts';

/** How long an answer that staff have written is good. */
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
export async function overlaid<C extends Pick<Snapshot, 'answers' | 'local'>>(content: C, tx: Transaction): Promise<C> {
  const facts = await tx.find('localFacts');
  const changes = await tx.find('answerChanges');
  if (facts.length === 0 && changes.length === 0) return content;
  return { ...content, local: withFacts(content.local, facts), answers: withChanges(content.answers, changes) };
}

/** The answers that staff have rewritten and the local facts that they have filled in, whole. */
export async function changedContent(
  content: Pick<Snapshot, 'answers' | 'local'>,
  tx: Transaction,
): Promise<{ answers: readonly Answer[]; facts: readonly LocalFact[] }> {
  const facts = await tx.find('localFacts');
  const changes = (await tx.find('answerChanges')).filter(({ lead }) => lead !== undefined);
  const answers = withChanges(content.answers, changes);
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

function withChanges(answers: Snapshot['answers'], changes: readonly AnswerChange[]): Map<string, Answer> {
  const changed = new Map(answers);
  for (const { id, lead, stopped } of changes) {
    const answer = answers.get(id);
    if (answer) changed.set(id, { ...answer, ...(lead ? writtenByStaff(lead) : {}), stopped: stopped !== undefined });
  }
  return changed;
}

function writtenByStaff({ text, at }: { text: string; at: string }): Pick<Answer, 'lead' | 'checkedOn' | 'reviewBy'> {
  const checkedOn = inShanghai(new Date(at)).date;
  return { lead: { text, evidence: 'office' }, checkedOn, reviewBy: nextYear(checkedOn) };
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
