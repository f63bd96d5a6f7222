import type { Turn } from './turn.ts';

/** Notes what a person has done, or was not let do, for the audit trail. `target` is the id of what it was done to. */
export async function noteAct({ tx, ids, now, person }: Turn, act: string, allowed: boolean, target?: string): Promise<void> {
  const row = { id: ids.id(), at: now.toISOString(), actor: person.id, act, allowed };
  await tx.insert('audit', target === undefined ? row : { ...row, target });
}
