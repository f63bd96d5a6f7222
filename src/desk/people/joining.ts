import { withOneVoiceOf } from '../appeals/voices.ts';
import type { Transaction } from '../kernel/ports.ts';
import { eachTable } from '../kernel/table.ts';
import { noteChange } from '../knowledge/overlay.ts';

/** How the trail of acts tells that the actor turned out to be the target, by a code of theirs. */
export const joinAct = 'join';

/**
 * Two ids have turned out to be one person: whatever stands under the newer one stands under the older from now on, where a deletion
 * must reach it later; of rows that there are under both the table says what is kept. Slow: the archive is read.
 */
export async function joinPersons(tx: Transaction, now: Date, newer: string, older: string): Promise<void> {
  await renameInState(tx, newer, older);
  for (const [name, { mentions }] of eachTable(tx.tables)) {
    if (mentions.none) continue;
    await tx.amendArchive(name, [newer], (row) => mentions.renamed(row, newer, older));
  }
  for (const appeal of await tx.mentioning('appeals', older)) await tx.put('appeals', withOneVoiceOf(appeal, older));
  // What two people chose alike teaches; they were one.
  await noteChange({ tx, now });
}

/** The same for a group, of what is at hand: nothing else was kept of one that nobody has bound. */
export function joinRooms(tx: Transaction, newer: string, older: string): Promise<void> {
  return renameInState(tx, newer, older);
}

async function renameInState(tx: Transaction, from: string, to: string): Promise<void> {
  for (const [name, { mentions, joined }] of eachTable(tx.tables)) {
    for (const row of await tx.mentioning(name, from)) {
      const renamed = mentions.renamed(row, from, to);
      const before = renamed.id === row.id ? undefined : await tx.get(name, renamed.id);
      if (renamed.id !== row.id) await tx.remove(name, row.id);
      await tx.put(name, before ? (joined?.(renamed, before) ?? before) : renamed);
    }
  }
}
