import { plusMinutes } from '../../domain/time/clock-time.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Pane, Window } from './rows.ts';

/** What somebody did on an account that may write to them only for a while afterwards. `touch`: followed, scanned, clicked. */
export type Doing = 'message' | 'touch';

/** How many messages it lets through, and for how many minutes: a little less than the platform's, since clocks differ. */
export type WindowRule = Readonly<Record<Doing, { readonly messages: number; readonly minutes: number }>>;

const idOf = (account: string, person: string) => `${account}/${person}`;

/** Somebody did something: the window that this opens is as it was at first. Nothing adds up. */
export async function openWindow(
  tx: Transaction,
  account: string,
  person: string,
  doing: Doing,
  rule: WindowRule,
  now: Date,
): Promise<void> {
  const id = idOf(account, person);
  const { messages, minutes } = rule[doing];
  const before: Window = (await tx.get('windows', id)) ?? { id, person, until: '' };
  const pane: Pane = { until: plusMinutes(now, minutes).toISOString(), left: messages };
  await tx.put('windows', latest({ ...before, [doing]: pane }));
}

/** How many messages the account may still write to somebody now. */
export async function leftInWindow(tx: Transaction, account: string, person: string, now: Date): Promise<number> {
  return open(await tx.get('windows', idOf(account, person)), now).reduce((sum, { left }) => sum + left, 0);
}

/**
 * Takes one message from what is open, of what closes first. A message that may not have arrived is taken too.
 * @returns what was taken; undefined: nothing is open
 */
export async function takeFromWindow(tx: Transaction, account: string, person: string, now: Date): Promise<Taken | undefined> {
  const window = await tx.get('windows', idOf(account, person));
  const doing = (['touch', 'message'] as const).find((each) => isOpen(window?.[each], now));
  const pane = doing && window?.[doing];
  if (!window || !doing || !pane) return undefined;
  await tx.put('windows', { ...window, [doing]: { ...pane, left: pane.left - 1 } });
  return { doing, until: pane.until };
}

/** One message of a window, as it was taken. */
export interface Taken {
  readonly doing: Doing;
  readonly until: string;
}

/** What was taken surely did not go: it is there again, unless the window was opened anew meanwhile. */
export async function giveBackToWindow(tx: Transaction, account: string, person: string, { doing, until }: Taken): Promise<void> {
  const window = await tx.get('windows', idOf(account, person));
  const pane = window?.[doing];
  if (window && pane?.until === until) await tx.put('windows', { ...window, [doing]: { ...pane, left: pane.left + 1 } });
}

/** The platform says that it is shut, whatever we counted. */
export async function shutWindow(tx: Transaction, account: string, person: string): Promise<void> {
  await tx.remove('windows', idOf(account, person));
}

function open(window: Window | undefined, now: Date): Pane[] {
  return [window?.touch, window?.message].flatMap((pane) => (pane && isOpen(pane, now) ? [pane] : []));
}

const isOpen = (pane: Pane | undefined, now: Date) => pane !== undefined && pane.left > 0 && pane.until > now.toISOString();

function latest(window: Window): Window {
  const until = [window.touch?.until ?? '', window.message?.until ?? ''].sort()[1] ?? '';
  return { ...window, until };
}
