import type { Transaction } from '../kernel/ports.ts';
import type { Room } from '../kernel/rows.ts';
import { joinRooms } from './joining.ts';
import type { Means } from './people.ts';

/** A group as a channel sees it now. */
export interface SeenRoom {
  readonly key: string;
  /** Its title, masked. */
  readonly name: string;
  /** Whether the account sees no other group of this title; with the members, asked for only when a group has to be proved. */
  readonly proof?: { readonly onlyOne: boolean; readonly members: readonly string[] };
}

/** So many friends with tokens prove a residents' group in which no member of staff is. */
const friendsNeeded = 2;
/** So many of the staff prove their own group, where there are as many: one of them alone may be pulled into any group. */
const staffNeeded = 2;

/**
 * Our id of a group, made at first sight. After a new login a group that waits to be found again is bound when it is the only one
 * of its title, and one of the staff or two friends are in it, in the staff's own two of them: anybody can call a group what they like
 * and pull the bot in.
 */
export async function roomSeen(tx: Transaction, seen: SeenRoom, { ids }: Pick<Means, 'ids'>): Promise<string> {
  const bound = await tx.get('bindings', seen.key);
  const room = bound && (await tx.get('rooms', bound.target));
  const waiting = !room || room.kind === 'unbound' ? await provedBy(tx, seen) : undefined;
  if (waiting) return found(tx, waiting, seen.key, room);
  if (room) {
    if (room.name !== seen.name) await tx.put('rooms', { ...room, name: seen.name });
    return room.id;
  }
  const fresh: Room = { id: ids.id(), name: seen.name, kind: 'unbound', speaks: 'addressed' };
  await tx.put('bindings', { id: seen.key, kind: 'room', target: fresh.id });
  await tx.put('rooms', fresh);
  return fresh.id;
}

/** The group that waited is this one; what there was to say in it is said now (the outbox passes over held groups). `before` is the row it had meanwhile. */
export async function found(tx: Transaction, waiting: Room, key: string, before: Room | undefined): Promise<string> {
  if (before) await joinRooms(tx, before.id, waiting.id);
  const { held: _, code: __, ...room } = waiting;
  await tx.put('bindings', { id: key, kind: 'room', target: room.id });
  await tx.put('rooms', room);
  return room.id;
}

async function provedBy(tx: Transaction, { name, proof }: SeenRoom): Promise<Room | undefined> {
  if (!proof?.onlyOne) return undefined;
  const [waiting, ...others] = await tx.find('rooms', { name, held: true });
  if (!waiting || others.length > 0) return undefined;
  let friends = 0;
  let staff = 0;
  for (const key of proof.members) {
    const binding = await tx.get('bindings', key);
    const person = binding && (await tx.get('people', binding.target));
    if (!person?.tokenSeen) continue;
    if (person.role === undefined) friends += 1;
    else staff += 1;
  }
  if (waiting.kind === 'residents') return staff > 0 || friends >= friendsNeeded ? waiting : undefined;
  const all = await tx.find('people', { role: ['worker', 'director'] });
  return staff > 0 && staff >= Math.min(staffNeeded, all.length) ? waiting : undefined;
}
