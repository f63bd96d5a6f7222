import { firstAccount } from '../kernel/accounts.ts';
import type { Recipient } from '../kernel/message.ts';
import type { Transaction } from '../kernel/ports.ts';
import { routeOf, standingOn, standingsOf } from '../kernel/standing.ts';
import type { Delivery } from './rows.ts';

/** Through which account something is said, and whether it can arrive there now. */
export interface Address {
  readonly account: string;
  readonly reaches: boolean;
}

/**
 * Where to say something: in a group by the account that is in it; to a person where they are written to (kernel/standing.ts).
 * @param wished an account that is taken if it reaches them: what answers somebody is said where they spoke
 */
export async function addressOf(tx: Transaction, to: Partial<Extract<Recipient, { room: string }>>, wished?: string): Promise<Address> {
  if (to.room !== undefined) return { account: (await tx.get('rooms', to.room))?.account ?? firstAccount, reaches: true };
  const person = await tx.get('people', to.person ?? '');
  if (!person) return { account: wished ?? firstAccount, reaches: true };
  const on = (await tx.get('switches', 'accounts'))?.names;
  const reaches = (account: string) => standingOn(person, account)?.reachable === true && (on?.includes(account) ?? true);
  const account = wished !== undefined && reaches(wished) ? wished : routeOf(person, on);
  return { account, reaches: reaches(account) };
}

/** Another account that reaches somebody where these cannot say it now; undefined: none does. */
export async function elsewhere(tx: Transaction, id: string, shut: readonly string[]): Promise<string | undefined> {
  const person = await tx.get('people', id);
  if (!person) return undefined;
  const on = (await tx.get('switches', 'accounts'))?.names ?? Object.keys(standingsOf(person));
  const left = on.filter((name) => !shut.includes(name));
  const account = routeOf(person, left);
  return left.includes(account) && standingOn(person, account)?.reachable ? account : undefined;
}

/** Notes which accounts are switched on. @returns whether others were before */
export async function noteAccounts(tx: Transaction, names: readonly string[], now: Date): Promise<boolean> {
  const before = (await tx.get('switches', 'accounts'))?.names ?? [];
  if (before.length === names.length && before.every((name) => names.includes(name))) return false;
  await tx.put('switches', { id: 'accounts', since: now.toISOString(), names: [...names] });
  return true;
}

/** Its account is not there any more: it is said on another that reaches them, or waits. In a group it waits for the account. */
export async function readdress(tx: Transaction, delivery: Delivery): Promise<void> {
  const { account, reaches } = await addressOf(tx, delivery);
  await tx.put('deliveries', { ...delivery, account, state: reaches ? 'queued' : 'waiting' });
}
