import { dateAfter, fromShanghai, inShanghai } from '../../domain/time/clock-time.ts';
import { afterQuiet, type QuietHours } from '../../domain/time/quiet-hours.ts';
import type { Account, Pace } from '../kernel/accounts.ts';
import type { Ids, Transaction } from '../kernel/ports.ts';
import { frozenSince, isHeld } from './freeze.ts';
import { limitAt } from './limited.ts';
import type { Delivery } from './rows.ts';

/** Tells when a delivery may be sent (ISO); undefined: not before somebody lets it go. */
export type Gate = (delivery: Delivery) => string | undefined;

/**
 * What holds deliveries of an account back at a moment: a restored state, a limit, and for broadcasts a pause, the night, and what the
 * account bears.
 */
export async function readGate(
  tx: Transaction,
  now: Date,
  quiet: QuietHours,
  { name, profile: { pace, answersAtOnce } }: Account,
): Promise<Gate> {
  const frozen = await frozenSince(tx);
  const limit = await limitAt(tx, name, now);
  const running = await tx.find('editions', { state: 'planned' });
  const paused = new Set(running.flatMap(({ id, pausedAt }) => (pausedAt === undefined ? [] : [id])));
  const before = pace && (await tx.get('switches', switchOf(name)));
  // A clock that was ahead and was set right again must not hold broadcasts back until then.
  const last = before && before.since <= now.toISOString() ? before : undefined;
  const full = pace && last && (last.count ?? 0) >= pace.broadcastsADay;
  const tomorrow = full ? fromShanghai(dateAfter(inShanghai(new Date(last.since)).date, 1), '00:00').toISOString() : '';

  return (delivery) => {
    if (isHeld(delivery, frozen)) return undefined;
    const earliest = [delivery.notBefore];
    // An answer that took a call after all, and was refused, waits like the rest.
    const isAnswer = answersAtOnce && delivery.kind === 'reply' && delivery.attempts === 0;
    if (limit && !delivery.urgent && !isAnswer) earliest.push(limit.until);
    if (delivery.kind !== 'broadcast') return latest(earliest);
    if (paused.has(delivery.edition ?? '')) return undefined;
    earliest.push(limit?.broadcastsFrom ?? '', last?.nextAt ?? '');
    if (delivery.atNight) return latest(earliest);
    const opens = latest([...earliest, tomorrow, now.toISOString()]);
    return afterQuiet(quiet, new Date(opens)).toISOString();
  };
}

const switchOf = (account: string) => `broadcasts/${account}` as const;

/** Notes that a broadcast is being sent on an account, so that the next keeps its distance. */
export async function noteBroadcast(
  tx: Transaction,
  ids: Ids,
  now: Date,
  account: string,
  { broadcastGap: [atLeast, atMost] }: Pace,
): Promise<void> {
  const before = await tx.get('switches', switchOf(account));
  const sameDay = before !== undefined && inShanghai(new Date(before.since)).date === inShanghai(now).date;
  const gap = atLeast * 1000 + ids.chance((atMost - atLeast) * 1000);
  await tx.put('switches', {
    id: switchOf(account),
    since: now.toISOString(),
    nextAt: new Date(now.getTime() + gap).toISOString(),
    count: (sameDay ? (before.count ?? 0) : 0) + 1,
  });
}

const latest = (times: readonly string[]) => [...times].sort().at(-1) ?? '';
