import { dateAfter, fromShanghai, inShanghai, plusMinutes, spokenTime } from '../../domain/time/clock-time.ts';
import type { QuietHours } from '../../domain/time/quiet-hours.ts';
import { accountName, type LimitedFor } from '../kernel/accounts.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Say } from '../kernel/say.ts';

/** How long nothing is sent after the account was limited; twice as long each time that it comes again within a day. */
const pauseMinutes = 60;
/** How long where it only spoke too fast. */
const momentMinutes = 1;
/** After midnight, when the day's quota is a new one. */
const midnight = '00:05';
const soonMinutes = 24 * 60;

/** What holds while the account is limited, as ISO times. */
export interface Limit {
  /** The account. */
  readonly account: string;
  /** Nothing but what is urgent is sent before. */
  readonly until: string;
  /** No broadcast is sent before: it goes on the next day. */
  readonly broadcastsFrom: string;
}

/**
 * Notes that an account is limited. What else is sent meanwhile makes it worse (wechat4u#219: free again after hours, or
 * banned for good). @returns the limit when it is new; undefined while one holds already
 */
export async function noteLimit(
  tx: Transaction,
  account: string,
  quiet: QuietHours,
  now: Date,
  limited: true | LimitedFor,
): Promise<Limit | undefined> {
  const id = switchOf(account);
  const before = await tx.get('switches', id);
  if (before?.until !== undefined && before.until > now.toISOString()) return undefined;
  const soon = before !== undefined && plusMinutes(new Date(before.since), soonMinutes) > now;
  const earlier = soon ? (before.times ?? 1) : 0;
  const times = limited === 'moment' ? earlier : earlier + 1;
  const tomorrow = dateAfter(inShanghai(now).date, 1);
  const ends = {
    moment: () => plusMinutes(now, momentMinutes),
    day: () => fromShanghai(tomorrow, midnight),
    true: () => plusMinutes(now, pauseMinutes * 2 ** (times - 1)),
  };
  const until = ends[`${limited}`]().toISOString();
  const morning = fromShanghai(tomorrow, quiet.to).toISOString();
  const limit = { until, broadcastsFrom: limited === 'moment' ? until : ([until, morning].sort()[1] ?? until) };
  await tx.put('switches', { id, since: now.toISOString(), times, ...limit });
  return { account, ...limit };
}

const switchOf = (account: string) => `limited/${account}` as const;

/** The limit that holds for an account at a moment, for everything or at least for broadcasts. */
export async function limitAt(tx: Transaction, account: string, now: Date): Promise<Limit | undefined> {
  const { since = '', until, broadcastsFrom } = (await tx.get('switches', switchOf(account))) ?? {};
  if (until === undefined || broadcastsFrom === undefined) return undefined;
  // A clock that was ahead and was set right again must not keep the bot silent until then.
  if (broadcastsFrom <= now.toISOString() || since > now.toISOString()) return undefined;
  return { account, until, broadcastsFrom };
}

/** The limits that hold at a moment; a pause of a moment is nobody's concern. */
async function limitsAt(tx: Transaction, now: Date): Promise<Limit[]> {
  const isLong = (since: string, until = since) => until > plusMinutes(new Date(since), momentMinutes).toISOString();
  const ids = (await tx.find('switches')).flatMap(({ id, since, until }) => (isLong(since, until) ? [id] : []));
  const limits = await Promise.all(ids.flatMap((id) => (id.startsWith('limited/') ? [limitAt(tx, id.slice(8), now)] : [])));
  return limits.flatMap((limit) => limit ?? []);
}

/** Somebody knows that what was limited is well again. @returns whether anything was limited */
export async function liftLimits(tx: Transaction, now: Date): Promise<boolean> {
  const limits = await limitsAt(tx, now);
  for (const { account } of limits) await tx.remove('switches', switchOf(account));
  return limits.length > 0;
}

/** Says until when which accounts are limited; empty when none is. */
export async function limitText({ tx, now, say }: { readonly tx: Transaction; readonly now: Date; readonly say: Say }): Promise<string> {
  const limits = await limitsAt(tx, now);
  return limits.map((limit) => say('account.state', wordsOf(limit, say))).join('\n');
}

/** What is told of a limit: whose, and until when. */
export function wordsOf({ account, until, broadcastsFrom }: Limit, say: Say) {
  return { account: accountName(account, say), until: spokenTime(new Date(until)), broadcasts: spokenTime(new Date(broadcastsFrom)) };
}
