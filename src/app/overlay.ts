import { inShanghai } from '../domain/clock-time.ts';
import type { Answer, LocalFact } from '../domain/knowledge.ts';
import type { Content, Lesson, Snapshot } from './content.ts';
import type { Transaction } from './ports.ts';
import type { AnswerChange, LocalValue } from './tables.ts';

/** How long an answer that staff have written is good. */
const goodForYears = 1;
/** So many people must have chosen alike before their choice becomes a lesson. */
const alike = 2;

/** The content with what staff have changed laid over it: local facts, and answers rewritten or stopped. */
export async function overlaid(content: Snapshot, tx: Transaction): Promise<Snapshot> {
  const facts = await tx.find('localFacts');
  const changes = await tx.find('answerChanges');
  if (facts.length === 0 && changes.length === 0) return content;
  return { ...content, local: withFacts(content.local, facts), answers: withChanges(content.answers, changes) };
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
  for (const { id, lead, stopped = false, at } of changes) {
    const answer = answers.get(id);
    if (!answer) continue;
    const checked = inShanghai(new Date(at)).date;
    const written: Partial<Answer> =
      lead === undefined ? {} : { lead: { text: lead, evidence: 'office' }, checkedOn: checked, reviewBy: nextYear(checked) };
    changed.set(id, { ...answer, ...written, stopped });
  }
  return changed;
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

/** Hands the lessons to understanding; it learns in the background. */
export async function teach(content: Content, store: { transaction<R>(work: (tx: Transaction) => Promise<R>): Promise<R> }): Promise<void> {
  await content.teach(await store.transaction(lessons));
}
