import type { Transaction } from '../kernel/ports.ts';
import type { Delivery } from './rows.ts';

/**
 * A restored state does not know what was said after the backup was made. So it starts frozen: what was queued then is held
 * until staff let it go, and no edition is planned or sent. New replies, and calls for help, are said as always.
 */
export async function freezeOutbox(tx: Transaction, now: Date): Promise<void> {
  await tx.put('switches', { id: 'outbox', since: now.toISOString() });
  // Whether a broadcast was sent after the backup nobody knows; a group must not hear it twice.
  for (const delivery of await tx.find('deliveries', { kind: 'broadcast', state: ['queued', 'sending'] })) {
    await tx.put('deliveries', { ...delivery, state: 'unsure' });
  }
}

/** Since when the outbox is frozen; undefined when it is not. */
export async function frozenSince(tx: Transaction): Promise<string | undefined> {
  return (await tx.get('switches', 'outbox'))?.since;
}

/** Whether a delivery is held back while the outbox is frozen. */
export function isHeld(delivery: Delivery, since: string | undefined): boolean {
  return since !== undefined && (delivery.kind === 'broadcast' || delivery.createdAt < since);
}

/** Lets what was held go, or drops it. @returns how many there were; undefined when nothing is frozen */
export async function thawOutbox(tx: Transaction, drop: boolean): Promise<number | undefined> {
  const since = await frozenSince(tx);
  if (since === undefined) return undefined;
  await tx.remove('switches', 'outbox');
  const held = (await tx.find('deliveries', { state: ['queued', 'sending'] })).filter((delivery) => isHeld(delivery, since));
  if (drop) for (const delivery of held) await tx.put('deliveries', { ...delivery, state: 'failed', error: 'dropped after a restore' });
  return held.length;
}
