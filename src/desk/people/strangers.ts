import type { Transaction } from '../kernel/ports.ts';
import type { Person } from '../kernel/rows.ts';
import type { TableName } from '../kernel/table.ts';

/** Where somebody stands who is more than a passer-by. */
const concerned = [
  'appeals',
  'deliveries',
  'alarms',
  'suspicions',
  'originals',
  'questions',
  'conversations',
  'blocks',
  'traffic',
  'newsItems',
] as const satisfies TableName[];

/**
 * Forgets passers-by: everybody who says anything in a group gets a row with their name, and after each login another. Who cannot be
 * written to, has no token that was read back, and is part of nothing is a new person with their next word. @returns how many
 */
export async function forgetStrangers(tx: Transaction): Promise<number> {
  const people = (await tx.find('people', { reachable: false })).filter(isStranger);
  if (people.length === 0) return 0;
  const rows = JSON.stringify(await Promise.all(concerned.map((table) => tx.find(table))));
  const ids = new Set(people.map(({ id }) => id).filter((id) => !rows.includes(id)));
  for (const id of ids) await tx.remove('people', id);
  for (const { id, target } of await tx.find('bindings', { kind: 'person' })) if (ids.has(target)) await tx.remove('bindings', id);
  return ids.size;
}

const isStranger = ({ role, tokenSeen, subscribedAt }: Person) => role === undefined && !tokenSeen && subscribedAt === undefined;
