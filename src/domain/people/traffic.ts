import { dateAfter, fromShanghai, inShanghai, plusMinutes } from '../time/clock-time.ts';

/** How much one person, or one group, has said to the bot of late: counters, and digests instead of words. Times are ISO (UTC). */
export interface Tally {
  /** When counting began. */
  readonly since: string;
  readonly count: number;
  /** Digests of the last two different things that were said. */
  readonly said: readonly string[];
  /** How many messages in a row said only these. */
  readonly run: number;
  /** How often it was too much lately: each time silence is longer. */
  readonly level: number;
  /** Nothing is answered until then. */
  readonly quietUntil?: string;
}

/** So many messages are answered in so many minutes. */
export interface Limit {
  readonly messages: number;
  readonly minutes: number;
}

/** Far above what the most talkative resident says, and still the end of a talk with a machine that answers every minute. */
export const personLimit: Limit = { messages: 200, minutes: 60 };
/** A group on a day without water asks a lot; this is more. */
export const roomLimit: Limit = { messages: 150, minutes: 10 };
/** From this message on it is the same two things over and over: a prank, or another bot that answers ours. */
const runFrom = 8;
/** How long after its last silence somebody begins anew. */
const forgivenHours = 24;

/**
 * Counts one message. `words` are its bare words, if it can be a repetition at all (a number that answers a list is none).
 * @returns the new tally, and whether the message is one too many; then `quietUntil` is set
 */
export function countMessage(
  before: Tally | undefined,
  words: string | undefined,
  now: Date,
  limit: Limit,
): { readonly tally: Tally; readonly tooMuch: boolean } {
  const known = carriedOn(before, now, limit);
  const counted = { ...known, count: known.count + 1, ...(words === undefined ? {} : repeated(known, digest(words))) };
  if (counted.count <= limit.messages && counted.run < runFrom) return { tally: counted, tooMuch: false };
  const level = counted.level + 1;
  const quietUntil = silenceEnds(level, now).toISOString();
  return { tally: { since: quietUntil, count: 0, said: [], run: 0, level, quietUntil }, tooMuch: true };
}

/** Whether nothing is answered now. */
export function isQuiet(tally: Tally | undefined, now: Date): boolean {
  return tally?.quietUntil !== undefined && now.toISOString() < tally.quietUntil;
}

/** From which level on silence lasts for the rest of the day. */
export const lastLevel = 3;

/** Ten minutes, then an hour, then the rest of the day in Shanghai, which is never shorter than that hour. */
function silenceEnds(level: number, now: Date): Date {
  if (level === 1) return plusMinutes(now, 10);
  const hourLater = plusMinutes(now, 60);
  const midnight = fromShanghai(dateAfter(inShanghai(now).date, 1), '00:00');
  return level >= lastLevel && hourLater < midnight ? midnight : hourLater;
}

function carriedOn(before: Tally | undefined, now: Date, { minutes }: Limit): Tally {
  if (!before) return { since: now.toISOString(), count: 0, said: [], run: 0, level: 0 };
  const forgiven = plusMinutes(now, -forgivenHours * 60).toISOString();
  const level = (before.quietUntil ?? '') < forgiven ? 0 : before.level;
  const over = before.since <= plusMinutes(now, -minutes).toISOString();
  return over ? { ...before, since: now.toISOString(), count: 0, said: [], run: 0, level } : { ...before, level };
}

function repeated({ said, run }: Tally, what: string): Pick<Tally, 'said' | 'run'> {
  if (said.includes(what)) return { said, run: run + 1 };
  // A second thing may be the other half of "你好", "您好", "你好" …; a third ends that. What is new is never too much by itself.
  return { said: [...said.slice(-1), what], run: said.length < 2 ? Math.min(run + 1, runFrom - 1) : 2 };
}

/** FNV-1a, 32 bits: tells repetitions without keeping a word (http://www.isthe.com/chongo/tech/comp/fnv/). */
function digest(words: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < words.length; at++) hash = Math.imul(hash ^ words.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}
