import { inShanghai } from '../../domain/time/clock-time.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { MassMessage } from './rows.ts';

/** The calendar month (yyyy-MM) in Shanghai in which a mass message counts. */
export const monthOf = (at: Date): string => inShanghai(at).date.slice(0, 7);

/**
 * How many messages to all an account has had taken in a month; what may have been taken counts, those that failed do not.
 * @param besides an edition that is not counted
 */
export async function massUsed(tx: Transaction, account: string, month: string, besides?: string): Promise<number> {
  const taken = (await tx.find('massMessages', { account, month, state: ['accepted', 'done'] })).map(({ id }) => id);
  const unsure = (await tx.find('deliveries', { account, state: 'unsure' })).filter(
    ({ createdAt }) => monthOf(new Date(createdAt)) === month,
  );
  const used = new Set([...taken, ...unsure.flatMap(({ edition }) => edition ?? [])]);
  return used.size - (besides !== undefined && used.has(besides) ? 1 : 0);
}

/** Notes that the platform has taken a message to all. What it told of it meanwhile stays. */
export async function noteMass(tx: Transaction, row: MassMessage): Promise<void> {
  const before = await tx.get('massMessages', row.id);
  if (before?.native !== row.native) await tx.put('massMessages', row);
}

/** What the platform tells at the end of a message to all. */
export interface MassEnd {
  /** The platform's id. */
  readonly native: string;
  /** Why it was not sent; undefined: it was. */
  readonly why?: string;
  /** How many it reached and did not reach; absent: only that it ended is known. */
  readonly sent?: number;
  readonly failed?: number;
}

/** Accepted is not sent: only now it is known. @returns the message; undefined for one that is not ours, or that ended before */
export async function massEnded(tx: Transaction, account: string, { native, ...end }: MassEnd): Promise<MassMessage | undefined> {
  const [row] = await tx.find('massMessages', { account, native });
  // Of one that was asked for we may be told later how many it reached.
  const isOpen = row?.state === 'accepted' || (row?.state === 'done' && row.sent === undefined && end.why === undefined);
  if (!row || !isOpen) return undefined;
  const ended: MassMessage = { ...row, state: end.why === undefined ? 'done' : 'failed', ...end };
  await tx.put('massMessages', ended);
  return ended;
}

/** Messages to all of whose end nothing was told since a moment: the platform's ids. */
export async function massWithoutEnd(tx: Transaction, account: string, since: Date): Promise<readonly string[]> {
  const taken = await tx.find('massMessages', { account }, { by: 'at' });
  return taken.filter(({ state, at }) => state === 'accepted' && at <= since.toISOString()).map(({ native }) => native);
}
