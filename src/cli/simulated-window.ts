import type { WindowView } from '../adapters/web/api.ts';
import type { Store } from '../desk/kernel/ports.ts';
import { leftInWindow } from '../desk/sending/windows.ts';

/**
 * What the trial's 服务号 may still say to somebody of the cast by itself, and what waits for their next word.
 * @param id as the cast calls them
 */
export function windowOf(store: Store, account: string, id: string, now: Date): Promise<WindowView> {
  return store.transaction(async (tx) => {
    const person = (await tx.get('bindings', `${account}/person/${id}`))?.target;
    if (person === undefined) return { left: 0, waiting: [] };
    const waiting = await tx.find('deliveries', { person, account, state: ['waiting', 'queued'] });
    return { left: await leftInWindow(tx, account, person, now), waiting: waiting.map(({ text, sealed }) => (sealed ? '' : text)) };
  });
}
