import type { Outcome, Turn } from './turn.ts';

declare module './table.ts' {
  interface Tables {
    /** What a conversation waits for. */
    questions: Waiting;
  }
}

/**
 * The questions that the bot can ask, by kind, each with what it has to remember. A room adds its own:
 *
 *     declare module '../kernel/asked.ts' {
 *       interface Questions { withdrawal: { appeal: string } }
 *     }
 */
// biome-ignore lint/suspicious/noEmptyInterface: rooms add to it
export interface Questions {}

export type QuestionKind = keyof Questions;

/** A question of one kind, with what it has to remember; plain JSON, since it is kept until it is answered. */
export type Question<K extends QuestionKind = QuestionKind> = { [P in K]: { kind: P } & Questions[P] }[K];

/** A question that was put to somebody. */
export interface Asked<K extends QuestionKind = QuestionKind> {
  question: Question<K>;
  /** On top of the stack it waits for an answer until then (ISO time). */
  expiresAt: string;
  /** Its answer is owed to somebody: it is put again when what covered it is settled. */
  owed: boolean;
  /** A question of a lower rank does not cover it. */
  rank: number;
  /** What was said to it was not understood, and it was put once more. */
  again?: true;
  /** What it holds is taken up when nobody answers. */
  held?: true;
}

/** What a conversation waits for, the newest question last. Its id is that of the conversation. */
export interface Waiting {
  id: string;
  stack: Asked[];
  /** When the first of those that hold something has waited long enough (ISO time). */
  dueAt?: string;
}

/** The questions that wait at a moment, the newest last. One that is covered waits as long as what covers it. */
export function waiting(row: Waiting | undefined, now: Date): Asked[] {
  const stack = row?.stack ?? [];
  const top = stack.findLastIndex(({ expiresAt }) => expiresAt > now.toISOString());
  return stack.slice(0, top + 1);
}

/** Those that waited in vain and hold something that nobody has taken up yet. */
export function inVain(row: Waiting | undefined, now: Date): Asked[] {
  return (row?.stack ?? []).slice(waiting(row, now).length).filter(({ held }) => held);
}

/** What is true of a kind of question whatever is said to it. */
export interface QuestionTraits<K extends QuestionKind> {
  /** How long it waits for an answer, in minutes. */
  readonly minutes: number;
  /**
   * Whether the answer is owed to somebody, as to a form or a rating. Such a question comes back when what covered it is settled, and
   * its answer is heard however much somebody says. Any other is over once something else was answered.
   */
  readonly owed: boolean;
  /** A question of a lower rank does not cover it; 1 unless said. */
  readonly rank?: number;
  /** Whether only staff are asked it, at their work: what they say then is not passed on to the resident whose chat they have taken over. */
  readonly ofStaff?: true;
  /** Whether any words can be its answer: they are not read for danger, and not taken from what is said in a group to others. */
  readonly anyWords?: true;
  /** Whether it is answered in whole sentences, of which nearly any reads as its answer: such an answer clears nothing of danger. */
  readonly inSentences?: true;
  /** Whether it is put again also when something else was answered while it was on top. */
  readonly insists?: true;
  /**
   * What tells two questions of the kind apart: a newer one with the same words replaces the older. Absent: any of its kind does, since
   * only the newest list is meant by "1".
   */
  about?(question: Question<K>): string;
  /**
   * Takes up what it holds of somebody's words when it has waited in vain, so that they are not lost; the turn is one in which they say
   * nothing. Absent: it holds nothing that would be.
   */
  unanswered?(turn: Turn, question: Question<K>): Promise<Outcome | undefined>;
}

/** The traits of every kind. */
export type AllTraits = { readonly [K in QuestionKind]: QuestionTraits<K> };
