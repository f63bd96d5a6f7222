import type { Dump } from './rows.ts';

/**
 * Forward only: the n-th entry makes schema n+1 of schema n. An entry is never changed once it was released; a mistake is
 * mended by the next one.
 */
export const migrations: readonly ((old: Dump) => Dump)[] = [appealsGetClocks, questionsGetStacks, choresBecomeMarks];

/** The schema that this program writes. */
export const schemaVersion = migrations.length + 1;

/** Brings an older state to the schema of this program, in memory. Throws when the state is newer than the program. */
export function migrate(dump: Dump, steps: typeof migrations = migrations): Dump {
  const newest = steps.length + 1;
  if (dump.version > newest) {
    throw new Error(`the state was written by a newer version (schema ${dump.version}, this program knows ${newest}); update the program`);
  }
  return steps.slice(dump.version - 1).reduce((old, step) => ({ ...step(old), version: old.version + 1 }), dump);
}

/** 1 → 2: appeals got a clock and followers. What was promised as a day stays promised, until that day's end. */
function appealsGetClocks(old: Dump): Dump {
  const appeals = (old.tables.appeals ?? []).map((row) => {
    const { dueOn, ...appeal } = row as { id: string; createdAt?: string; dueOn?: string };
    const answerBy = dueOn === undefined ? {} : { answerBy: `${dueOn}T09:30:00.000Z` };
    return { ...appeal, round: 1, startedAt: appeal.createdAt ?? '', told: [], followers: [], ratings: [], ...answerBy };
  });
  return { ...old, tables: { ...old.tables, ...(appeals.length > 0 ? { appeals } : {}) } };
}

/** Questions that were asked until 0.1, by what had to be remembered when something interrupted them. */
const owedKinds: readonly string[] = ['form', 'rating', 'supplement', 'join', 'withdrawal', 'danger', 'consent', 'erasure', 'localFact'];

/**
 * 2 → 3: a conversation waits for a stack of questions, not for one with another put aside. A confirmation of a typed line is dropped:
 * it waited three minutes, and would be read anew.
 */
function questionsGetStacks(old: Dump): Dump {
  type Kept = { id: string; question: { kind: string }; expiresAt: string; aside?: { kind: string } };
  const rows = ((old.tables.pending ?? []) as unknown as readonly Kept[]).map(({ id, question, expiresAt, aside }) => ({
    id,
    stack: [...(aside ? [aside] : []), question]
      .filter(({ kind }) => kind !== 'confirmation')
      .map((each) => ({ question: each, expiresAt, owed: owedKinds.includes(each.kind), rank: each.kind === 'danger' ? 9 : 1 })),
  }));
  const { pending: _, ...tables } = old.tables;
  return { ...old, tables: { ...tables, ...(rows.length > 0 ? { questions: rows.filter(({ stack }) => stack.length > 0) } : {}) } };
}

/** Chores of until 0.1 that were done once a day or week, and what they are called now. */
const renamedChores: Readonly<Record<string, string>> = { unanswered: 'askedOften' };
/** So long what was done is remembered: no chore came back to it later, but for the one that was done once a month. */
const markDays = (what: string) => (what === 'retention' ? 60 : 7);

/** 3 → 4: what was done or said once is a mark with its own end; a row of `chores` is a chore that fails. */
function choresBecomeMarks(old: Dump): Dump {
  const { chores = [], ...tables } = old.tables;
  const marks = (chores as unknown as readonly { id: string; at: string }[]).map(({ id, at }) => {
    const [what = '', ...rest] = id.split('/');
    const until = new Date(Date.parse(at) + markDays(what) * 86_400_000).toISOString();
    return { id: [renamedChores[what] ?? what, ...rest].join('/'), until };
  });
  return { ...old, tables: { ...tables, ...(marks.length > 0 ? { marks } : {}) } };
}
