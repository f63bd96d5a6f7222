import type { Transaction } from '../kernel/ports.ts';
import type { Person } from '../kernel/rows.ts';
import { eachTable, type TableName } from '../kernel/table.ts';

/** What there is of everybody who was ever seen: it goes with a passer-by. */
const passing: readonly TableName[] = ['people', 'bindings', 'marks'];
/** What may name them and stays: they do not come back under the id by which it does. */
const staying: readonly TableName[] = ['unanswered'];

/**
 * Forgets passers-by: everybody who says anything in a group gets a row with their name, and after each login another. Who cannot be
 * written to, has no token that was read back, and is part of nothing is a new person with their next word. @returns how many
 */
export async function forgetStrangers(tx: Transaction): Promise<number> {
  let count = 0;
  for (const { id } of (await tx.find('people', { reachable: false })).filter(isStranger)) {
    if (await isConcerned(tx, id)) continue;
    for (const name of passing) for (const row of await tx.mentioning(name, id)) await tx.remove(name, row.id);
    count++;
  }
  return count;
}

const isStranger = ({ role, tokenSeen, subscribedAt }: Person) => role === undefined && !tokenSeen && subscribedAt === undefined;

/** Whether somebody stands in anything else. */
async function isConcerned(tx: Transaction, id: string): Promise<boolean> {
  for (const [name] of eachTable(tx.tables))
    if (![...passing, ...staying].includes(name) && (await tx.mentioning(name, id)).length > 0) return true;
  return false;
}
