import { plusMinutes } from '../domain/clock-time.ts';
import type { Store } from './ports.ts';

/** How long the ids of heard messages are remembered; no channel delivers a message again later. */
const heardMinutes = 48 * 60;

/** Forgets what has had its time. */
export async function housekeep(store: Store, now: Date): Promise<void> {
  await store.transaction(async (tx) => {
    const before = plusMinutes(now, -heardMinutes).toISOString();
    for (const { id } of await tx.find('heard', { at: { atMost: before } })) await tx.remove('heard', id);
    for (const { id } of await tx.find('pending', { expiresAt: { atMost: now.toISOString() } })) await tx.remove('pending', id);
  });
}
