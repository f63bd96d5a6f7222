import { inShanghai, plusDays } from '../../domain/time/clock-time.ts';
import type { Appeal } from '../appeals/rows.ts';
import { closedDays } from '../appeals/rows.ts';
import type { Transaction } from '../kernel/ports.ts';

/** So long an appeal lives at most before it is archived, as far as reports look: a longer one is no longer found in a year's archive. */
const monthsAtMost = 12;

/** Until 0.1 danger was an appeal: those that were archived as such are counted nowhere. */
const formerAlarms = 'action.emergency';

/** A working day is over after so many days at most, however the holidays lie. */
const dueAtMost = 14;

/**
 * Every appeal that may have had a step since a moment, from what is at hand and, when that is too long ago, from the archive: housekeeping
 * moves what is closed there by the month in which it began, so many days after its last step.
 */
export async function appealsSince(tx: Transaction, since: string, now: Date): Promise<Appeal[]> {
  const atHand = await tx.find('appeals', {}, { by: 'createdAt' });
  const counts = ({ category }: Appeal) => category !== formerAlarms;
  const moved = plusDays(now, -closedDays);
  // The day by which a first word was due may lie behind the last step.
  if (since > plusDays(moved, dueAtMost).toISOString()) return atHand;
  const all = new Map(atHand.map((appeal) => [appeal.id, appeal]));
  for (const month of monthsFrom(new Date(since), moved)) {
    // What was archived and is at hand all the same counts once, as it is at hand.
    for (const appeal of await tx.archived('appeals', month)) if (!all.has(appeal.id) && counts(appeal)) all.set(appeal.id, appeal);
  }
  return [...all.values()].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

/** yyyy-MM, from a year before `since` until that of `moved`. */
function monthsFrom(since: Date, moved: Date): string[] {
  const { year, month } = inShanghai(since);
  const last = inShanghai(moved).date.slice(0, 7);
  const months: string[] = [];
  for (let index = -monthsAtMost; ; index++) {
    const name = new Date(Date.UTC(year, month - 1 + index, 1)).toISOString().slice(0, 7);
    if (name > last) return months;
    months.push(name);
  }
}
