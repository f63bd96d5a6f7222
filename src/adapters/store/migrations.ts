import { asideOf, type Damaged } from './damaged.ts';
import { asList, type Dump } from './rows.ts';
import type { Row } from './table-rows.ts';

/**
 * Forward only: the n-th entry makes schema n+1 of schema n. An entry is never changed once it was released; a mistake is
 * mended by the next one.
 */
export const migrations: readonly ((old: Dump) => Dump)[] = [
  appealsGetClocks,
  questionsGetStacks,
  choresBecomeMarks,
  dangerBecomesAlarms,
  accountsAreNamed,
];

/** The schema that this program writes. */
export const schemaVersion = migrations.length + 1;

/** The state was written by a newer version of the program. */
export class NewerStateError extends Error {
  override readonly name = 'NewerStateError';
}

/**
 * Brings an older state to the schema of this program, in memory. A row that a step cannot deal with is put aside.
 * @throws NewerStateError
 */
export function migrate(dump: Dump, steps: typeof migrations = migrations, now = new Date()): Dump {
  const newest = steps.length + 1;
  if (dump.version > newest) {
    throw new NewerStateError(
      `the state was written by a newer version (schema ${dump.version}, this program knows ${newest}); update the program, or restore a backup from before`,
    );
  }
  return steps.slice(dump.version - 1).reduce((old, step) => ({ ...takenOver(old, step, now), version: old.version + 1 }), dump);
}

function takenOver(old: Dump, step: (old: Dump) => Dump, now: Date): Dump {
  try {
    return step(old);
  } catch {
    const aside: Damaged[] = [];
    const tables = Object.entries(old.tables).map(
      ([name, rows]) => [name, asList(rows).filter((row): row is Row => isTakenOver(name, row))] as const,
    );
    const next = step({ ...old, tables: Object.fromEntries(tables) });
    return { ...next, tables: { ...next.tables, damaged: [...(next.tables.damaged ?? []), ...aside] } };

    function isTakenOver(name: string, row: unknown): row is Row {
      try {
        step({ ...old, tables: { [name]: [row as Row] } });
        return true;
      } catch {
        const isTaken = (id: string) => [...aside, ...(old.tables.damaged ?? [])].some((each) => each.id === id);
        aside.push(asideOf(name, row, `it could not be taken over from schema ${old.version}`, now, isTaken));
        return false;
      }
    }
  }
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

/** An appeal of until 0.1 that was somebody in danger. */
interface DangerAppeal {
  readonly id: string;
  readonly state: string;
  readonly category?: string;
  readonly what: string;
  readonly place?: string;
  readonly person: string;
  readonly room?: string;
  readonly files: readonly string[];
  readonly followers: readonly { readonly person: string }[];
  readonly createdAt: string;
  readonly firstWordAt?: string;
  readonly handler?: string;
  readonly result?: string;
  readonly history: readonly { readonly at: string; readonly actor: string; readonly move: string; readonly text?: string }[];
}

/** What a step of an appeal is of an alarm; any other is a note. */
const alarmMoves: Readonly<Record<string, string>> = {
  supplement: 'tell',
  follow: 'tell',
  urge: 'tell',
  accept: 'hear',
  answer: 'answer',
  resolve: 'close',
  decline: 'close',
  withdraw: 'close',
  merge: 'close',
};
const begunStates: readonly string[] = ['accepted', 'in_progress', 'waiting_resident', 'referred'];
const farAhead = '9999-12-31T00:00:00.000Z';

/**
 * 4 → 5: somebody in danger is an alarm, not an appeal. It keeps its number, which people were told. Of what kind it was is not known:
 * it is kept as what only directors and whoever had it may read.
 */
function dangerBecomesAlarms(old: Dump): Dump {
  const { appeals = [], alarms = [], questions = [], undos = [], ...tables } = old.tables;
  const isDanger = (row: unknown) => (row as DangerAppeal).category === 'action.emergency';
  const paged = alarms as unknown as readonly { id: string; appeal?: string; nextAt: string; pages: number; asked?: Asked }[];
  const made = appeals.filter(isDanger).map((row) => {
    const call = paged.find(({ appeal }) => appeal === row.id);
    return alarmOf(row as unknown as DangerAppeal, call);
  });
  const numbers = new Set(made.map(({ id }) => id));
  const suspicions = paged.flatMap(({ id, nextAt, asked }) => {
    if (!asked) return [];
    const room = id.includes('/') ? { room: id.slice(0, id.indexOf('/')) } : {};
    return [{ id, person: asked.person, ...room, kind: asked.emergency, text: asked.text, nextAt }];
  });
  return {
    ...old,
    tables: {
      ...tables,
      ...filledTables({
        appeals: appeals.filter((row) => !isDanger(row)),
        alarms: made,
        suspicions,
        // What was asked of such an appeal, whether it was solved or what was missing, is asked no more; its last step cannot be taken back.
        questions: questions.flatMap((row) => withoutQuestionsOf(row, numbers)),
        undos: undos.filter((row) => ![...numbers].some((number) => JSON.stringify(row).includes(number))),
      }),
    },
  };
}

interface Asked {
  readonly person: string;
  readonly emergency: string;
  readonly text: string;
}

function alarmOf(appeal: DangerAppeal, call: { nextAt: string; pages: number } | undefined) {
  const last = appeal.history.at(-1)?.at ?? appeal.createdAt;
  const state = appeal.state === 'registered' ? 'called' : begunStates.includes(appeal.state) ? 'heard' : 'over';
  return {
    id: appeal.id,
    state,
    kinds: ['unknown'],
    person: appeal.person,
    voices: appeal.followers.map(({ person }) => person),
    ...(appeal.room === undefined ? {} : { room: appeal.room }),
    ...(appeal.place === undefined ? {} : { place: appeal.place }),
    createdAt: appeal.createdAt,
    lastAt: last,
    nextAt: call?.nextAt ?? farAhead,
    pages: call?.pages ?? 1,
    pagedAt: appeal.createdAt,
    called: { people: [], rooms: [], words: [] },
    takers: appeal.handler === undefined ? [] : [appeal.handler],
    ...(appeal.firstWordAt === undefined ? {} : { heardAt: appeal.firstWordAt }),
    ...(state === 'over' ? { overAt: last, result: appeal.result ?? '' } : { lookInAt: last }),
    history: [
      { at: appeal.createdAt, actor: appeal.person, move: 'call', text: appeal.what },
      ...appeal.files.map((file) => ({ at: appeal.createdAt, actor: appeal.person, move: 'tell', file })),
      ...appeal.history
        .filter(({ move }) => move !== 'register')
        .map(({ at, actor, move, text }) => ({ at, actor, move: alarmMoves[move] ?? 'note', ...(text === undefined ? {} : { text }) })),
    ],
  };
}

function withoutQuestionsOf<R extends { id: string }>(row: R, numbers: ReadonlySet<string>): R[] {
  const { stack } = row as unknown as { stack: readonly { question: { appeal?: string } }[] };
  const kept = stack.filter(({ question }) => !numbers.has(question.appeal ?? ''));
  return kept.length === 0 ? [] : [{ ...row, stack: kept }];
}

/** 5 → 6: a desk speaks through several accounts. What was of the only one there was is WeChat's, the small WeChat of the trial included. */
function accountsAreNamed(old: Dump): Dump {
  const { bindings = [], deliveries = [], switches = [] } = old.tables;
  const renamed = (row: Row, from: RegExp, to: string): Row => ({ ...row, id: row.id.replace(from, to) });
  return {
    ...old,
    tables: {
      ...old.tables,
      ...filledTables({
        bindings: bindings.map((row) => renamed(row, /^simulator\//, 'wechat/')),
        deliveries: deliveries.map((row) => ({ ...row, account: 'wechat' })),
        switches: switches.map((row) => renamed(row, /^(limited|broadcasts)$/, '$1/wechat')),
      }),
    },
  };
}

/** Only tables that hold rows. */
function filledTables(tables: Dump['tables']): Dump['tables'] {
  return Object.fromEntries(Object.entries(tables).filter(([, rows]) => rows.length > 0));
}
