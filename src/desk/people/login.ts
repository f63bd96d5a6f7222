import { firstAccount } from '../kernel/accounts.ts';
import type { Ids, Transaction } from '../kernel/ports.ts';
import type { Room } from '../kernel/rows.ts';
import { standingOn } from '../kernel/standing.ts';
import { unproved } from './people.ts';
import { forgetStrangers } from './strangers.ts';

const codeLength = 4;

/**
 * Notes a login of an account whose ids change with each login. One with another id of its own is a new one: on it nobody is bound any
 * more, nobody can be reached, no group is known, and the authority of the staff sleeps, until each has been proved again. What
 * there is to say to them waits, or goes to another account that knows them. @returns whether it is a new login
 */
export async function noteLogin(tx: Transaction, ids: Ids, account: string, self: string, now: Date): Promise<boolean> {
  const before = await tx.get('logins', account);
  if (before?.self === self) return false;
  const at = now.toISOString();
  await tx.put('logins', { id: account, self, since: at, aliveAt: before?.aliveAt ?? at });
  for (const { id } of await tx.find('bindings')) if (id.startsWith(`${account}/`)) await tx.remove('bindings', id);
  for (const person of await tx.find('people')) if (standingOn(person, account)) await tx.put('people', unproved(person, account));
  await forgetStrangers(tx);
  for (const room of await tx.find('rooms')) {
    if ((room.account ?? firstAccount) !== account) continue;
    if (room.kind === 'unbound') await tx.remove('rooms', room.id);
    else await hold(tx, room, ids.code(codeLength));
  }
  return true;
}

/** A group waits to be known again. */
async function hold(tx: Transaction, { doubt: _, ...room }: Room, code: string): Promise<void> {
  await tx.put('rooms', { ...room, held: true, code });
}

/** Notes that the account is in touch, to know later from when on something may have been missed. */
export async function noteAlive(tx: Transaction, account: string, now: Date): Promise<void> {
  const login = await tx.get('logins', account);
  if (login) await tx.put('logins', { ...login, aliveAt: now.toISOString() });
}
