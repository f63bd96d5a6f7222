import { z } from 'zod';
import { idPath, personId, time } from '../kernel/fields.ts';
import type { Transaction } from '../kernel/ports.ts';
import { table } from '../kernel/table.ts';

declare module '../kernel/table.ts' {
  interface Tables {
    originals: Original;
  }
}

const original = z.object({
  id: z.string(),
  person: personId,
  /** Where it was said. */
  conversation: idPath,
  /** The appeals that it belongs to; none while it is still being taken down. */
  appeals: z.array(z.string()),
  sealed: z.string(),
  at: time,
});
/** A message as it was typed, with its numbers, sealed; its id is that of the message. */
export type Original = z.infer<typeof original>;

const originals = table<Original>({
  row: original,
  indexes: [{ equal: ['conversation'] }, { equal: ['person'] }, { equal: [], order: 'at' }],
  kept: [
    // Without an appeal it was for a form that was left.
    { from: 'at', days: 1, unless: ({ appeals }) => appeals.length > 0 },
    { from: 'at', minutes: 0, unless: async ({ appeals }, tx) => appeals.length === 0 || (await isAtHand(appeals, tx)) },
  ],
  deletion: 'goes',
});

async function isAtHand(numbers: readonly string[], tx: Transaction): Promise<boolean> {
  for (const number of numbers) if (await tx.get('appeals', number)) return true;
  return false;
}

export const privacyTables = { originals };
