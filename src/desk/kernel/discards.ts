import type { Chore } from './chore.ts';
import type { App } from './desk.ts';
import type { Transaction } from './ports.ts';

/** Notes files that are to go. They are removed after the commit, by the tick. */
export async function discard(tx: Transaction, now: Date, files: Iterable<string>): Promise<void> {
  for (const id of files) {
    await tx.remove('received', id);
    await tx.put('discards', { id, at: now.toISOString() });
  }
}

/** Removes the files of which nothing in the store speaks any more; one that cannot be removed now is tried again at the next tick. */
export const discards: Chore = { id: 'discards', run: removeDiscarded };

async function removeDiscarded({ store, files, log }: App): Promise<void> {
  const rows = await store.transaction((tx) => tx.find('discards'));
  for (const { id } of rows) {
    try {
      await files?.remove(id);
      await store.transaction((tx) => tx.remove('discards', id));
    } catch (error) {
      log.warn({ err: error }, 'a file could not be removed');
    }
  }
}
