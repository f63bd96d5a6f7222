import { plusDays } from '../../domain/time/clock-time.ts';
import type { Transaction } from './ports.ts';

/** What it takes to note a mark. */
interface Marking {
  readonly tx: Transaction;
  readonly now: Date;
}

/** What happens once a day is remembered for so long, whatever the clock does meanwhile. */
const usualDays = 7;

/**
 * Notes that something was done or said, so that it is not done again.
 * @param id what, and for which day, month, edition or person
 * @param more for how many days that is remembered, when what it is about goes on for longer than a day; and whose doings it tells of, so
 *   that it goes with what else is known of them
 * @returns false when it was noted before
 */
export async function markOnce(
  { tx, now }: Marking,
  id: string,
  { days = usualDays, person }: { readonly days?: number; readonly person?: string } = {},
): Promise<boolean> {
  return tx.insert('marks', { id, until: plusDays(now, days).toISOString(), ...(person === undefined ? {} : { person }) });
}

/** Whether it was noted. */
export async function isMarked(tx: Transaction, id: string): Promise<boolean> {
  return (await tx.get('marks', id)) !== undefined;
}

/** How many marks there are whose id begins so. */
export async function countMarks(tx: Transaction, beginning: string): Promise<number> {
  return tx.count('marks', { id: { atLeast: beginning, atMost: `${beginning}\uffff` } });
}
