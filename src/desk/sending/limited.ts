import { dateAfter, fromShanghai, inShanghai, plusMinutes, spokenTime } from '../../domain/time/clock-time.ts';
import type { QuietHours } from '../../domain/time/quiet-hours.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Say } from '../kernel/say.ts';

/** How long nothing is sent after the account was limited; twice as long each time that it comes again within a day. */
const pauseMinutes = 60;
const soonMinutes = 24 * 60;

/** What holds while the account is limited, as ISO times. */
export interface Limit {
  /** Nothing but what is urgent is sent before. */
  readonly until: string;
  /** No broadcast is sent before: it goes on the next day. */
  readonly broadcastsFrom: string;
}

/**
 * Notes that WeChat limits the account. What else is sent meanwhile makes it worse (wechat4u#219: free again after hours, or
 * banned for good). @returns the limit when it is new; undefined while one holds already
 */
export async function noteLimit(tx: Transaction, quiet: QuietHours, now: Date): Promise<Limit | undefined> {
  const before = await tx.get('switches', 'limited');
  if (before?.until !== undefined && before.until > now.toISOString()) return undefined;
  const soon = before !== undefined && plusMinutes(new Date(before.since), soonMinutes) > now;
  const times = soon ? (before.times ?? 1) + 1 : 1;
  const until = plusMinutes(now, pauseMinutes * 2 ** (times - 1)).toISOString();
  const morning = fromShanghai(dateAfter(inShanghai(now).date, 1), quiet.to).toISOString();
  const limit = { until, broadcastsFrom: [until, morning].sort()[1] ?? until };
  await tx.put('switches', { id: 'limited', since: now.toISOString(), times, ...limit });
  return limit;
}

/** The limit that holds at a moment, for everything or at least for broadcasts. */
export async function limitAt(tx: Transaction, now: Date): Promise<Limit | undefined> {
  const { since = '', until, broadcastsFrom } = (await tx.get('switches', 'limited')) ?? {};
  if (until === undefined || broadcastsFrom === undefined) return undefined;
  // A clock that was ahead and was set right again must not keep the bot silent until then.
  if (broadcastsFrom <= now.toISOString() || since > now.toISOString()) return undefined;
  return { until, broadcastsFrom };
}

/** Somebody knows that the account is well again. @returns whether it was limited */
export async function liftLimit(tx: Transaction, now: Date): Promise<boolean> {
  if (!(await limitAt(tx, now))) return false;
  return tx.remove('switches', 'limited');
}

/** Says until when the account is limited; empty when it is not. */
export async function limitText({ tx, now, say }: { readonly tx: Transaction; readonly now: Date; readonly say: Say }): Promise<string> {
  const limit = await limitAt(tx, now);
  if (!limit) return '';
  return say('account.state', { until: spokenTime(new Date(limit.until)), broadcasts: spokenTime(new Date(limit.broadcastsFrom)) });
}
