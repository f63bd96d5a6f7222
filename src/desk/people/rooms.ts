import { firstAccount } from '../kernel/accounts.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Room } from '../kernel/rows.ts';
import { presentIn, proofOf } from './group-proof.ts';
import { joinRooms } from './joining.ts';
import type { Means } from './people.ts';

/** A group as an account sees it now. */
export interface SeenRoom {
  readonly account: string;
  readonly key: string;
  /** Its title, masked. */
  readonly name: string;
  /** Whether the account sees no other group of this title; and the members besides the bot. */
  readonly proof?: { readonly onlyOne: boolean; readonly members: readonly string[] };
}

/**
 * Our id of a group, made at first sight. After a new login a group that waits to be found again is known by who is in it
 * (group-proof.ts): anybody can call a group what they like and pull the bot in.
 */
export async function roomSeen(tx: Transaction, seen: SeenRoom, { ids }: Pick<Means, 'ids'>): Promise<string> {
  const bound = await tx.get('bindings', seen.key);
  const room = bound && (await tx.get('rooms', bound.target));
  const waiting = !room || room.kind === 'unbound' ? await provedBy(tx, seen) : undefined;
  if (waiting) return found(tx, waiting, seen.key, room);
  if (room) {
    const fresh = await keptUp(tx, room, seen);
    if (JSON.stringify(fresh) !== JSON.stringify(room)) await tx.put('rooms', fresh);
    return room.id;
  }
  const { account, name } = seen;
  const ours = account === firstAccount ? {} : { account };
  const fresh = await keptUp(tx, { id: ids.id(), name, ...ours, kind: 'unbound', speaks: 'addressed' }, seen);
  await tx.put('bindings', { id: seen.key, kind: 'room', target: fresh.id });
  await tx.put('rooms', fresh);
  return fresh.id;
}

/** The group that waited is this one; what there was to say in it is said now (the outbox passes over held groups). `before` is the row it had meanwhile. */
export async function found(tx: Transaction, waiting: Room, key: string, before: Room | undefined): Promise<string> {
  if (before) await joinRooms(tx, before.id, waiting.id);
  const { held: _, code: __, doubt: ___, ...room } = waiting;
  await tx.put('bindings', { id: key, kind: 'room', target: room.id });
  await tx.put('rooms', room);
  return room.id;
}

/** The group that waits and is this one. Of the others of its title it is noted why they are in doubt. */
async function provedBy(tx: Transaction, { account, name, proof }: SeenRoom): Promise<Room | undefined> {
  if (!proof) return undefined;
  const waiting = (await tx.find('rooms', { name, held: true })).filter((room) => (room.account ?? firstAccount) === account);
  const present = await presentIn(tx, proof.members);
  const proved: Room[] = [];
  for (const room of waiting) {
    const result = await proofOf(tx, room, present, proof.onlyOne && waiting.length === 1);
    if (result === 'proved') proved.push(room);
    else if (result !== 'unproved' && room.doubt !== result) await tx.put('rooms', { ...room, doubt: result });
  }
  return proved.length === 1 ? proved[0] : undefined;
}

/** A group as it is now: its title, and who is in it. */
async function keptUp(tx: Transaction, room: Room, { name, proof }: SeenRoom): Promise<Room> {
  if (!proof) return { ...room, name };
  const { known, outsiders } = await presentIn(tx, proof.members);
  if (room.kind === 'unbound') return { ...room, name, outsiders };
  const members = known.map(({ id }) => id).sort();
  return members.length === 0 ? { ...room, name } : { ...room, name, members };
}
