import { discard } from './discards.ts';
import { nobody, type Reply } from './message.ts';
import type { Ids, Transaction } from './ports.ts';
import type { Delivery } from './tables.ts';

/** Queues something to be said. It is sent after the transaction, and only if the transaction holds. */
export async function queue(tx: Transaction, ids: Ids, now: Date, reply: Reply): Promise<void> {
  if (reply.to.person === nobody) return;
  const person = 'room' in reply.to ? undefined : await tx.get('people', reply.to.person);
  const delivery: Delivery = {
    id: ids.id(),
    sequence: await tx.next('delivery'),
    kind: reply.kind,
    ...reply.to,
    text: reply.text,
    // Somebody who is not a friend of the account cannot be written to: it waits for their next private word.
    state: person && !person.reachable ? 'waiting' : 'queued',
    attempts: 0,
    notBefore: now.toISOString(),
    createdAt: now.toISOString(),
    ...(reply.file === undefined ? {} : { file: reply.file }),
    ...(reply.sealed ? { sealed: true } : {}),
    ...(reply.about === undefined ? {} : { about: reply.about }),
  };
  await tx.insert('deliveries', delivery);
}

/** Lets go what waited for a person who can be reached again. */
export async function release(tx: Transaction, person: string, now: Date): Promise<void> {
  for (const delivery of await tx.find('deliveries', { person, state: 'waiting' })) {
    await tx.put('deliveries', { ...delivery, state: 'queued', notBefore: now.toISOString() });
  }
}

/** Forgets something that was, or was to be, said. A file that goes with a sealed text was made for this one moment and goes too. */
export async function dropDelivery(tx: Transaction, now: Date, { id, sealed, file }: Delivery): Promise<void> {
  await tx.remove('deliveries', id);
  if (sealed && file !== undefined) await discard(tx, now, [file]);
}
