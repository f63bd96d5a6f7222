import type { Reply } from './message.ts';
import type { Ids, Transaction } from './ports.ts';
import type { Delivery } from './tables.ts';

/** Queues something to be said. It is sent after the transaction, and only if the transaction holds. */
export async function queue(tx: Transaction, ids: Ids, now: Date, reply: Reply): Promise<void> {
  const delivery: Delivery = {
    id: ids.id(),
    sequence: await tx.next('delivery'),
    kind: reply.kind,
    ...reply.to,
    text: reply.text,
    // Somebody who is not a friend of the account cannot be written to: it waits for their next private word.
    state: (await mustWait(tx, reply.to)) ? 'waiting' : 'queued',
    attempts: 0,
    notBefore: now.toISOString(),
    createdAt: now.toISOString(),
    ...(reply.file === undefined ? {} : { file: reply.file }),
    ...(reply.sealed ? { sealed: true } : {}),
  };
  await tx.insert('deliveries', delivery);
}

/** Lets go what waited for a person who can be reached again. */
export async function release(tx: Transaction, person: string, now: Date): Promise<void> {
  for (const delivery of await tx.find('deliveries', { person, state: 'waiting' })) {
    await tx.put('deliveries', { ...delivery, state: 'queued', notBefore: now.toISOString() });
  }
}

/** Lets go what waited for a group until it was known again. */
export async function releaseRoom(tx: Transaction, room: string, now: Date): Promise<void> {
  for (const delivery of await tx.find('deliveries', { room, state: 'waiting' })) {
    await tx.put('deliveries', { ...delivery, state: 'queued', notBefore: now.toISOString() });
  }
}

/** Whether a delivery cannot arrive now: its person cannot be reached, or nobody knows yet which group it is for. */
export async function mustWait(tx: Transaction, { room, person }: Pick<Delivery, 'room' | 'person'>): Promise<boolean> {
  if (room !== undefined) return (await tx.get('rooms', room))?.held === true;
  return (await tx.get('people', person ?? ''))?.reachable === false;
}
