import { type Chore, isThere } from './chore.ts';
import type { App } from './desk.ts';
import type { Transaction } from './ports.ts';
import { eachTable } from './table.ts';

/** Notes files that are to go, or a folder (its name ends with "/") of which all goes that no row holds. They are removed after the commit, by the tick. */
export async function discard(tx: Transaction, now: Date, files: Iterable<string>): Promise<void> {
  for (const id of files) {
    await tx.remove('received', id);
    await tx.put('discards', { id, at: now.toISOString() });
  }
}

/** Removes the files of which nothing in the store speaks any more; one that cannot be removed now is tried again at the next tick. */
export const discards: Chore = { id: 'discards', isDue: (_app, _now, tx) => isThere(tx, 'discards'), run: removeDiscarded };

/** Whether a row speaks of a file. */
export async function isHeld(tx: Transaction, file: string): Promise<boolean> {
  for (const [name] of eachTable(tx.tables)) if ((await tx.mentioning(name, file)).length > 0) return true;
  return false;
}

async function removeDiscarded(app: App): Promise<void> {
  const { store, files, log } = app;
  const removed: string[] = [];
  for (const { id } of await store.transaction((tx) => tx.find('discards'))) {
    try {
      if (id.endsWith('/') && !(await removeUnheld(app, id))) continue;
      if (!id.endsWith('/')) await files?.remove(id);
      removed.push(id);
    } catch (error) {
      log.warn({ err: error }, 'a file could not be removed');
    }
  }
  if (removed.length === 0) return;
  await store.transaction(async (tx) => {
    for (const id of removed) await tx.remove('discards', id);
    tx.wipe();
  });
}

/** Removes of a folder what no row holds. @returns whether that was all: what is being made at this moment is looked at again */
async function removeUnheld({ store, files }: App, folder: string): Promise<boolean> {
  let all = true;
  for (const { file, young } of (await files?.list(folder)) ?? []) {
    if (await store.transaction((tx) => isHeld(tx, file))) continue;
    if (young) all = false;
    else await files?.remove(file);
  }
  return all;
}
