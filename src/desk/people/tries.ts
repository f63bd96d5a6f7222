import { plusMinutes } from '../../domain/time/clock-time.ts';
import type { Turn } from '../kernel/turn.ts';

const attempts = 5;
const againMinutes = 24 * 60;

/** How often something may still be tried: a PIN of somebody, a code by somebody. */
export interface Tally {
  readonly left: number;
  /** That was a wrong one. */
  miss(): Promise<void>;
}

/** Five wrong ones, and none is tried any more for a day. @param what whose they are counted as */
export async function tally({ tx, now }: Pick<Turn, 'tx' | 'now'>, what: string): Promise<Tally> {
  const before = await tx.get('enrolments', what);
  const left = before && before.expiresAt > now.toISOString() ? (before.attemptsLeft ?? 0) : attempts;
  return {
    left,
    async miss() {
      await tx.put('enrolments', { id: what, code: '', expiresAt: plusMinutes(now, againMinutes).toISOString(), attemptsLeft: left - 1 });
    },
  };
}
