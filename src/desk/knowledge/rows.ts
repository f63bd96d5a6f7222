import { z } from 'zod';
import { facets } from '../../domain/understanding/result.ts';
import { personId, time } from '../kernel/fields.ts';
import { table } from '../kernel/table.ts';

declare module '../kernel/table.ts' {
  interface Tables {
    unanswered: Unanswered;
    feedback: Feedback;
    taught: Taught;
    answerChanges: AnswerChange;
    localFacts: LocalValue;
    localDrafts: LocalDraft;
    asks: Ask;
  }
}

const unansweredQuestion = z.object({
  id: z.string(),
  text: z.string(),
  /** When it was last asked. */
  at: time,
  count: z.number(),
  /** The topic that came nearest, for staff to begin with. */
  guess: z.string().exactOptional(),
  /** Who asked it: it goes with the last of them. */
  askers: z.array(personId).exactOptional(),
});
/** A question that had no answer, without personal numbers; its id is its bare words. */
export type Unanswered = z.infer<typeof unansweredQuestion>;

const unanswered = table<Unanswered>({
  row: unansweredQuestion,
  indexes: [{ equal: [], order: 'at' }],
  // Staff look at those that are asked now, and often.
  kept: [
    { from: 'at', days: 30 },
    { from: 'at', newest: 500 },
  ],
  deletion: withoutAsker,
});

/** What others asked too stays. */
function withoutAsker<Row extends { readonly askers?: string[] }>(row: Row, person: string): Row | undefined {
  if (!row.askers?.includes(person)) return row;
  const askers = row.askers.filter((each) => each !== person);
  return askers.length === 0 ? undefined : { ...row, askers };
}

const shown = z.object({
  id: z.string(),
  text: z.string(),
  topic: z.string(),
  verdict: z.enum(['chosen', 'rejected']),
  /** Who it was: only what two people chose alike becomes a lesson. */
  person: personId,
  at: time,
});
/** What residents showed about an answer: a choice they made, or that it was wrong. */
export type Feedback = z.infer<typeof shown>;

/** What two chose alike teaches for a year. */
const feedback = table<Feedback>({
  row: shown,
  indexes: [{ equal: ['verdict'] }, { equal: ['topic', 'verdict'] }, { equal: [], order: 'at' }],
  kept: [{ from: 'at', days: 365 }],
  deletion: 'goes',
});

export const taughtPhrasing = z.object({
  id: z.string(),
  text: z.string(),
  topic: z.string(),
  facet: z.enum(facets).exactOptional(),
  /** Taken from unanswered questions, or written by staff. */
  origin: z.enum(['adopted', 'added']),
  by: personId,
  at: time,
  /** Who had asked what was adopted. */
  askers: z.array(personId).exactOptional(),
});
/** A phrasing that staff have added to a topic; its id is its bare words. */
export type Taught = z.infer<typeof taughtPhrasing>;

const taught = table<Taught>({ row: taughtPhrasing, kept: 'always', deletion: withoutAsker });

const answerChange = z.object({
  id: z.string(),
  /** What is said instead of the shipped lead. */
  lead: z.object({ text: z.string(), by: personId, at: time }).exactOptional(),
  /** Not to be said for the time being. */
  stopped: z.object({ by: personId, at: time }).exactOptional(),
  /** The sentences that are right as they stand; another text is another sentence. */
  confirmed: z.object({ texts: z.array(z.string()), by: personId, at: time }).exactOptional(),
});
/** What staff have changed about a shipped answer; its id is the topic. */
export type AnswerChange = z.infer<typeof answerChange>;

const answerChanges = table<AnswerChange>({ row: answerChange, kept: 'always', deletion: 'stays' });

const localValue = z.object({ id: z.string(), value: z.string(), by: personId, at: time });
/** A local fact as staff filled it in; its id is that of the fact. */
export type LocalValue = z.infer<typeof localValue>;

const localFacts = table<LocalValue>({ row: localValue, kept: 'always', deletion: 'stays' });

const localDraft = z.object({ id: z.string(), value: z.string(), by: personId, at: time });
/** What staff have filled in and nobody has made public yet; its id is that of the fact. */
export type LocalDraft = z.infer<typeof localDraft>;

const localDrafts = table<LocalDraft>({
  row: localDraft,
  indexes: [{ equal: ['by'], order: 'at' }],
  kept: [{ from: 'at', days: 90 }],
  deletion: 'goes',
});

const ask = z.object({
  id: z.string(),
  topic: z.string(),
  /** Absent: the lead. */
  facet: z.enum(facets).exactOptional(),
  count: z.number(),
  /** When it was last asked. */
  at: time,
});
/** How often an answer, or one facet of it, was asked for in a month; its id: month/topic/facet. */
export type Ask = z.infer<typeof ask>;

const asks = table<Ask>({ row: ask, indexes: [{ equal: [], order: 'at' }], kept: [{ from: 'at', days: 92 }], deletion: 'stays' });

export const knowledgeTables = { unanswered, feedback, taught, answerChanges, localFacts, localDrafts, asks };
