import { dateAfter, inShanghai, twoDigits } from '../../domain/time/clock-time.ts';
import type { App } from './desk.ts';
import { inTransaction } from './in-transaction.ts';
import { isMarked, markOnce } from './marks.ts';
import type { Transaction, Where } from './ports.ts';
import type { PlainKey, Say } from './say.ts';
import type { TableName, Tables } from './table.ts';

/** What a chore is called in data/wording/ (`chore.…`), for whoever has to hear that it fails. */
type Title = PlainKey & `chore.${string}`;
export type ChoreId = Title extends `chore.${infer Id}` ? Id : never;

/** What a chore is called where people read of it. A row of an older version may name one that is gone. */
export function choreTitle(say: Say, id: string): string {
  return say(`chore.${id as ChoreId}`) || id;
}

interface ChoreTraits {
  readonly id: ChoreId;
  /** Somebody may be in danger: when it fails it is tried again within a minute. */
  readonly pressing?: true;
  /** What staff hear when it fails, where the usual sentence does not say enough. */
  readonly failed?: PlainKey;
}

/** A chore that looks into the store at every tick and does what has become due. */
export interface StandingChore extends ChoreTraits {
  readonly every?: undefined;
  /**
   * Whether there is something for it to do, told from the store by as few rows as it takes: it is asked at every tick, all chores in one
   * transaction. It may say yes in vain, and never no: `run` looks again. Absent: `run` alone looks.
   */
  isDue?(app: App, now: Date, tx: Transaction): Promise<boolean>;
  run(app: App, now: Date): Promise<void>;
}

export type Period = 'hour' | 'day' | 'week' | 'month';

/** A chore that is done once an hour, day, week or month (in Shanghai): noted in the transaction that does it, so never twice. */
export interface PeriodicChore extends ChoreTraits {
  readonly every: Period;
  /** Whether this is a time for it; absent: any. */
  when?(app: App, now: Date): boolean;
  run(app: App, now: Date, tx: Transaction): Promise<void>;
}

/**
 * Something that the desk does without being asked. Declared in its room, listed in parts.ts. It is done by the store and the clock:
 * called at any time and as often as one likes it does what is due, and nothing twice. One that throws is tried again, later each
 * time, and stops no other.
 */
export type Chore = StandingChore | PeriodicChore;

/** A clock that is put back, or forward and back, by less than this does not make a chore be done twice for the same time. */
const rememberedDays: Record<Period, number> = { hour: 7, day: 60, week: 200, month: 800 };

/** Whether some row fits. */
export async function isThere<T extends TableName>(tx: Transaction, table: T, where: Where<Tables[T]> = {}): Promise<boolean> {
  return (await tx.count(table, where)) > 0;
}

/** Whether there may be something to do of a chore: what is done once has not been done for this hour, day, week or month. */
export async function mayBeDue(app: App, chore: Chore, now: Date, tx: Transaction): Promise<boolean> {
  if (chore.every === undefined) return (await chore.isDue?.(app, now, tx)) ?? true;
  return chore.when?.(app, now) !== false && !(await isMarked(tx, markOf(chore, now)));
}

/** Does what of a chore is due. */
export async function perform(app: App, chore: Chore, now: Date): Promise<void> {
  if (chore.every === undefined) return chore.run(app, now);
  if (chore.when?.(app, now) === false) return;
  await inTransaction(app, async (tx, inside) => {
    const days = rememberedDays[chore.every];
    if (await markOnce({ tx, now }, markOf(chore, now), { days })) await chore.run(inside, now, tx);
  });
}

const markOf = ({ id, every }: PeriodicChore, now: Date) => `${id}/${turnOf(every, now)}`;

/** Which hour (yyyy-MM-ddTHH), day or week (its Monday, yyyy-MM-dd) or month (yyyy-MM) it is in Shanghai. */
function turnOf(every: Period, now: Date): string {
  const { date, hour, weekday } = inShanghai(now);
  switch (every) {
    case 'hour':
      return `${date}T${twoDigits(hour)}`;
    case 'day':
      return date;
    case 'week':
      return dateAfter(date, -((weekday + 6) % 7));
    case 'month':
      return date.slice(0, 7);
  }
}

/**
 * Does the same for each of many rows, each apart: one that cannot be done is logged by its id and keeps no other waiting.
 * @returns the ids of those that could not be done
 */
export async function eachApart(app: App, ids: readonly string[], work: (id: string) => Promise<void>): Promise<string[]> {
  const failed: string[] = [];
  for (const id of ids)
    await work(id).catch((error: unknown) => {
      app.log.error({ row: id, err: error }, 'of a chore this one could not be done');
      failed.push(id);
    });
  return failed;
}

/** @throws when some could not be done, so that the chore is tried again and staff hear of it */
export function failFor(ids: readonly string[]): void {
  if (ids.length > 0) throw new Error(`could not be done: ${ids.join(', ')}`);
}
