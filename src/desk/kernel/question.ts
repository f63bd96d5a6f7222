import { z } from 'zod';
import { plusMinutes } from '../../domain/time/clock-time.ts';
import {
  type AllTraits,
  type Asked,
  inVain,
  type Question,
  type QuestionKind,
  type Questions,
  type QuestionTraits,
  type Waiting,
  waiting,
} from './asked.ts';
import { idPath, time } from './fields.ts';
import { type Mentions, mentionsOf } from './mentions.ts';
import type { Reply } from './message.ts';
import type { Transaction } from './ports.ts';
import { type Table, table } from './table.ts';
import type { Outcome, Turn } from './turn.ts';

/**
 * Whether a message answers a question of ours, as far as can be read from it: with what it says (`answer`), not at all (`other`:
 * it is about something else), or perhaps (`unclear`: the question is put once more).
 */
export type Reading<A> = { readonly answer: A } | 'other' | 'unclear';

/**
 * A kind of question: everything that is true of it, said once in its room and listed in parts.ts. A question waits on the stack of
 * its conversation: a newer one covers it and never erases it.
 */
export interface QuestionPart<K extends QuestionKind, A> extends QuestionTraits<K> {
  /** What it has to remember until it is answered. */
  readonly remembers: z.ZodObject & z.ZodType<Questions[K]>;
  /** Whether what its person says is an answer to it. Writes nothing. */
  reads(turn: Turn, question: Question<K>): Promise<Reading<A>> | Reading<A>;
  /** Whether a message answers it and nothing else, also while a question that is not owed covers it: the place, where a list was offered. */
  claims?(turn: Turn, question: Question<K>): boolean;
  /** What follows from an answer. */
  answers(turn: Turn, question: Question<K>, answer: A): Promise<Outcome | undefined>;
  /** Keeps what was said to it and not made out, where it may be more than a slip. @returns what others hear of it */
  unclear?(turn: Turn, question: Question<K>): Promise<readonly Reply[]>;
  /** The question in words, to be put once more or when it comes back; absent where that says nothing. */
  again?(turn: Turn, question: Question<K>): Promise<string> | string;
}

/** Every kind of question. The compiler misses a kind that was declared and is not listed. */
export type QuestionParts = { readonly [K in QuestionKind]: QuestionPart<K, never> };

/** Declares a kind of question, so that its answer has one type in all its functions. */
export function question<K extends QuestionKind, A>(part: QuestionPart<K, A>): QuestionPart<K, never> {
  return part as QuestionPart<K, never>;
}

/** The table of what waits for an answer, of every kind of question. */
export function questionsTable(parts: QuestionParts): Table<Waiting> {
  const kinds = Object.entries(parts).map(([kind, { remembers }]) => remembers.extend({ kind: z.literal(kind) }));
  const question = z.discriminatedUnion('kind', kinds as [z.ZodObject<{ kind: z.ZodLiteral<string> }>]) as unknown as z.ZodType<Question>;
  const asked = z.object({
    question,
    expiresAt: time,
    owed: z.boolean(),
    rank: z.number(),
    again: z.literal(true).exactOptional(),
    held: z.literal(true).exactOptional(),
  });
  return table<Waiting>({
    row: z.object({ id: idPath, stack: z.array(asked), dueAt: time.exactOptional() }),
    indexes: [{ equal: [], order: 'dueAt' }],
    kept: [
      {
        from: ({ stack }) =>
          stack
            .map(({ expiresAt }) => expiresAt)
            .sort()
            .at(-1) ?? '',
        minutes: 0,
        hourly: true,
        unless: ({ dueAt }) => dueAt !== undefined,
      },
    ],
    deletion: withoutQuestionsOf(mentionsOf(asked)),
    joined: (newer, older) => withDue({ ...newer, stack: [...older.stack, ...newer.stack] }),
  });
}

/** What waits for them goes; of what staff are asked about them, those questions. */
const withoutQuestionsOf =
  ({ all }: Mentions) =>
  (row: Waiting, person: string): Waiting | undefined => {
    const stack = row.id.split('/').includes(person) ? [] : row.stack.filter((each) => !all(each).has(person));
    return stack.length === 0 ? undefined : withDue({ ...row, stack });
  };

/** What it takes to put a question: a turn has it all. */
export interface Asking {
  readonly tx: Transaction;
  readonly now: Date;
  readonly questions: AllTraits;
}

/** A question that comes up again waits at least so long again. */
const againMinutes = 30;

/** Puts a question in a conversation. It covers what waits there, but for what has a higher rank, and erases nothing. */
export async function askIn(asking: Asking, conversation: string, asked: Question): Promise<void> {
  const row = rowOf(asking, asked);
  const before = await others(asking, conversation, asked);
  const above = before.filter(({ rank }) => rank > row.rank);
  await keep(asking, conversation, [...before.filter(({ rank }) => rank <= row.rank), row, ...above]);
}

/** Puts a question to whoever speaks, where they speak. */
export function ask(turn: Turn, asked: Question): Promise<void> {
  return askIn(turn, turn.conversation.id, asked);
}

/**
 * Puts a question to somebody who is not speaking now, in their private chat, until a moment or as long as its kind waits. What is owed there, but for
 * another of its kind, is not covered: the new question comes up after it.
 * @returns whether it is on top: otherwise a number would answer another question
 */
export async function askLater(asking: Asking, person: string, asked: Question, until?: Date): Promise<boolean> {
  const before = await others(asking, person, asked);
  const row = { ...rowOf(asking, asked), ...(until ? { expiresAt: until.toISOString() } : {}) };
  const covered = before.some(({ owed, question: { kind } }) => owed && kind !== asked.kind);
  await keep(asking, person, covered ? [row, ...before] : [...before, row]);
  return !covered;
}

/** Takes a question back: it was answered, or it no longer matters. What it covered comes up again. */
export async function settle(turn: Turn, asked: Question | undefined = turn.asked?.question): Promise<void> {
  await takeBack(turn, turn.conversation.id, (each) => isSame(each, asked));
}

/** Takes questions back in any conversation. */
export async function takeBack(
  { tx, now }: Pick<Asking, 'tx' | 'now'>,
  conversation: string,
  which: (asked: Question) => boolean,
): Promise<void> {
  const stack = waiting(await tx.get('questions', conversation), now);
  const rest = stack.filter(({ question: each }) => !which(each));
  if (rest.length < stack.length) await keep({ tx, now }, conversation, renewed(rest, now));
}

/** Something else was answered: a question that is not owed is over. What it holds is taken up, as if it had waited in vain. */
export async function letGo(turn: Turn, asked: Asked): Promise<void> {
  if (!asked.held) return settle(turn, asked.question);
  const row = await turn.tx.get('questions', turn.conversation.id);
  const rest = waiting(row, turn.now).filter(({ question: each }) => !isSame(each, asked.question));
  const over = { ...asked, expiresAt: turn.now.toISOString() };
  await put(turn.tx, turn.conversation.id, [...renewed(rest, turn.now), ...inVain(row, turn.now), over]);
}

/** Takes those off that waited in vain and hold something, to be taken up; what still waits goes on waiting. */
export async function takeInVain(asking: Pick<Asking, 'tx' | 'now'>, conversation: string): Promise<Asked[]> {
  const row = await asking.tx.get('questions', conversation);
  await put(asking.tx, conversation, waiting(row, asking.now));
  return inVain(row, asking.now);
}

/** Gives what waits on top its time anew: something more urgent came between. */
export async function renew({ tx, now, conversation }: Turn): Promise<void> {
  const stack = waiting(await tx.get('questions', conversation.id), now);
  if (stack.length > 0) await keep({ tx, now }, conversation.id, renewed(stack, now));
}

function renewed(stack: readonly Asked[], now: Date): Asked[] {
  const latest = plusMinutes(now, againMinutes).toISOString();
  return stack.map((each, index) => (index === stack.length - 1 && each.expiresAt < latest ? { ...each, expiresAt: latest } : each));
}

/** Notes that a question was put once more, since what was said to it was not understood. */
export async function noteAgain(turn: Turn, asked: Asked): Promise<void> {
  const stack = waiting(await turn.tx.get('questions', turn.conversation.id), turn.now);
  await keep(
    turn,
    turn.conversation.id,
    stack.map((each) => (isSame(each.question, asked.question) ? { ...each, again: true as const } : each)),
  );
}

/** The questions that wait in a conversation, the newest last. */
export async function waitingIn({ tx, now }: Pick<Asking, 'tx' | 'now'>, conversation: string): Promise<Asked[]> {
  return waiting(await tx.get('questions', conversation), now);
}

/** The question that owns short answers in a conversation now. */
export async function topOf(turn: Turn, conversation = turn.conversation.id): Promise<Asked | undefined> {
  return (await waitingIn(turn, conversation)).at(-1);
}

/** Whether two questions are the same, whatever the order of their parts. */
export function isSame(one: Question | undefined, other: Question | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function rowOf({ questions, now }: Asking, asked: Question): Asked {
  const { minutes, owed, rank = 1, unanswered } = questions[asked.kind];
  const held = unanswered === undefined ? {} : { held: true as const };
  return { question: asked, expiresAt: plusMinutes(now, minutes).toISOString(), owed, rank, ...held };
}

/** What waits besides those that a question replaces. */
async function others(asking: Asking, conversation: string, asked: Question): Promise<Asked[]> {
  const name = (each: Question) => (asking.questions[each.kind].about as ((question: Question) => string) | undefined)?.(each);
  return (await waitingIn(asking, conversation)).filter(({ question: each }) => each.kind !== asked.kind || name(each) !== name(asked));
}

/** Keeps what waits; what waited in vain and was not taken up yet stays with it. */
async function keep({ tx, now }: Pick<Asking, 'tx' | 'now'>, id: string, stack: readonly Asked[]): Promise<void> {
  await put(tx, id, [...stack, ...inVain(await tx.get('questions', id), now)]);
}

async function put(tx: Transaction, id: string, stack: Asked[]): Promise<void> {
  if (stack.length === 0) await tx.remove('questions', id);
  else await tx.put('questions', withDue({ id, stack }));
}

/** With the moment at which the first that holds something has waited in vain: one that is covered waits as long as what covers it. */
function withDue({ dueAt: _, ...row }: Waiting): Waiting {
  const [first] = row.stack
    .flatMap(({ held }, index) => (held ? [row.stack.slice(index).map(({ expiresAt }) => expiresAt)] : []))
    .map((ends) => ends.sort().at(-1) ?? '')
    .sort();
  return first === undefined ? row : { ...row, dueAt: first };
}
