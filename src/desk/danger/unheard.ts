import { plusMinutes, spokenTime } from '../../domain/time/clock-time.ts';
import type { App } from '../kernel/desk.ts';
import { canCall } from '../kernel/staff.ts';

/** So long it takes to look at remarks and groups after a login. */
const patienceMinutes = 1;
/** Later it is in the list of what is not done. */
const recentMinutes = 60;

/**
 * What is to be told past the account when somebody is in danger and the call reaches nobody: the account is out, or has logged in
 * anew and knows none of the staff yet. None of what was said stands in it. Undefined when all is well.
 * @param online whether the account is logged in
 */
export async function unheardCall({ store, clock, say }: App, online: boolean): Promise<string | undefined> {
  const now = clock.now();
  const createdAt = { atLeast: plusMinutes(now, -recentMinutes).toISOString(), atMost: plusMinutes(now, -patienceMinutes).toISOString() };
  return store.transaction(async (tx) => {
    const waiting = await tx.find(
      'deliveries',
      { urgent: true, kind: 'notice', state: ['queued', 'waiting'], createdAt },
      { by: 'createdAt' },
    );
    // Calls tell of somebody; what else is urgent is about the account.
    const call = waiting.findLast(({ about }) => about !== undefined);
    if (!call || (online && (await canCall(tx, now)))) return undefined;
    return say('host.unheard', { time: spokenTime(new Date(call.createdAt)) });
  });
}
