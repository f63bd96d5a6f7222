import type { Ids, Transaction } from '../kernel/ports.ts';
import type { Room } from '../kernel/rows.ts';
import { forgetStrangers } from './strangers.ts';

const codeLength = 4;

/**
 * Notes a login of a channel whose ids change with each login. One with another id of its own is a new one: nobody is bound any
 * more, nobody can be reached, no group is known, and the authority of the staff sleeps, until each has been proved again. What
 * there is to say to them waits. @returns whether it is a new login
 */
export async function noteLogin(tx: Transaction, ids: Ids, channel: string, self: string, now: Date): Promise<boolean> {
  const before = await tx.get('logins', channel);
  if (before?.self === self) return false;
  const at = now.toISOString();
  await tx.put('logins', { id: channel, self, since: at, aliveAt: before?.aliveAt ?? at });
  for (const { id } of await tx.find('bindings')) if (id.startsWith(`${channel}/`)) await tx.remove('bindings', id);
  for (const person of await tx.find('people')) {
    const { role } = person;
    await tx.put('people', { ...person, reachable: false, ...(role === undefined ? {} : { asleep: true }) });
  }
  await forgetStrangers(tx);
  for (const room of await tx.find('rooms')) {
    if (room.kind === 'unbound') await tx.remove('rooms', room.id);
    else await hold(tx, room, ids.code(codeLength));
  }
  return true;
}

/** A group waits to be known again. */
async function hold(tx: Transaction, { doubt: _, ...room }: Room, code: string): Promise<void> {
  await tx.put('rooms', { ...room, held: true, code });
}

/** Notes that the channel is in touch, to know later from when on something may have been missed. */
export async function noteAlive(tx: Transaction, channel: string, now: Date): Promise<void> {
  const login = await tx.get('logins', channel);
  if (login) await tx.put('logins', { ...login, aliveAt: now.toISOString() });
}
