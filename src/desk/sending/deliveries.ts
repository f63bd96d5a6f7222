import { discard } from '../kernel/discards.ts';
import { nobody, type Reply } from '../kernel/message.ts';
import type { Ids, Transaction } from '../kernel/ports.ts';
import { addressOf } from './address.ts';
import type { Delivery } from './rows.ts';

/** One recipient's copy of an edition: its id is edition and recipient, so that it exists once. */
export type Copy = Pick<Reply, 'to' | 'text'> & { readonly kind: 'broadcast' } & Required<Pick<Delivery, 'id' | 'edition'>> &
  Pick<Delivery, 'files' | 'atNight'>;

/**
 * Queues something to be said. It is sent after the transaction, and only if the transaction holds.
 * @param wished the account on which it is said if that reaches them: what answers somebody is said where they spoke
 * @returns false when it is queued already
 */
export async function queue(
  tx: Transaction,
  ids: Ids,
  now: Date,
  { to, ...said }: (Reply & { readonly id?: string }) | Copy,
  wished?: string,
): Promise<boolean> {
  if (to.person === nobody) return false;
  const { account, reaches } = await addressOf(tx, to, wished);
  return tx.insert('deliveries', {
    id: ids.id(),
    sequence: await tx.next('delivery'),
    ...to,
    ...said,
    account,
    // Somebody who is not a friend of the account cannot be written to: it waits for their next private word.
    state: reaches ? 'queued' : 'waiting',
    attempts: 0,
    notBefore: now.toISOString(),
    createdAt: now.toISOString(),
  });
}

/** Lets go what waited for a person who can be reached again, on whichever account they are. */
export async function release(tx: Transaction, person: string, now: Date): Promise<void> {
  for (const delivery of await tx.find('deliveries', { person, state: 'waiting' })) {
    const { account } = await addressOf(tx, { person });
    await tx.put('deliveries', { ...delivery, account, state: 'queued', notBefore: now.toISOString() });
  }
}

/** Forgets something that was, or was to be, said. A file that goes with a sealed text was made for this one moment and goes too. */
export async function dropDelivery(tx: Transaction, now: Date, { id, sealed, file }: Delivery): Promise<void> {
  await tx.remove('deliveries', id);
  if (sealed && file !== undefined) await discard(tx, now, [file]);
}

/**
 * Takes back what is not said yet. Nothing is left of it, neither in a report nor in the way of a new one, unless some of it was said. What
 * is being sent is only noted: it may arrive.
 */
export async function takeBack(tx: Transaction, delivery: Delivery): Promise<void> {
  if (delivery.state === 'sending') await tx.put('deliveries', { ...delivery, takenBack: true });
  else if (delivery.sentParts === undefined) await tx.remove('deliveries', delivery.id);
  else await tx.put('deliveries', { ...delivery, state: 'failed', error: 'taken back' });
}

/** Where it is said: in a group, or to one person. */
export function conversationOf({ room, person }: Pick<Delivery, 'room' | 'person'>): string {
  return room ?? person ?? '';
}
