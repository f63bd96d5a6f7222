import type { Proof } from '../../domain/supervision/day.ts';
import { pathOf } from '../../domain/supervision/sum-tree.ts';
import type { Transaction, Vault } from '../kernel/ports.ts';
import type { SealedDay } from './rows.ts';

/** The day that was sealed last. */
export async function lastSealedDay(tx: Transaction): Promise<SealedDay | undefined> {
  return (await tx.find('sealedDays', {}, { by: 'id', descending: true, limit: 1 }))[0];
}

/** What is told to anybody of a sealed day: of alarms the hash alone. */
export function publicDay({ alarms: { hash }, ...day }: SealedDay) {
  return { ...day, alarms: { hash } };
}

/** What shows that a case was in the last sealed day; undefined when it was not, or is an alarm. For whoever may see the case. */
export async function proofOf(tx: Transaction, { digest }: Pick<Vault, 'digest'>, number: string): Promise<Proof | undefined> {
  const seal = await tx.get('seals', number);
  const day = seal && (await tx.get('sealedDays', seal.day));
  const row = seal && (await tx.get('leaves', `${seal.day}/${seal.tree}`));
  if (!day || !row || seal.tree === 'alarms') return undefined;
  const { tree, text, salt, counts, index } = seal;
  return { tree, text, salt, counts, ...pathOf(digest, row.leaves, index), day: publicDay(day) };
}
