import { z } from 'zod';
import { anything, time } from '../kernel/fields.ts';
import { table } from '../kernel/table.ts';

declare module '../kernel/table.ts' {
  interface Tables {
    damaged: Damaged;
  }
}

const damagedRow = z.object({
  id: z.string(),
  /** The table that it was in. */
  table: z.string(),
  /** As it was found. */
  row: anything,
  /** What does not fit, without its words. */
  why: z.string(),
  at: time,
  /** Staff were told. */
  told: z.literal(true).exactOptional(),
});
/** A row that could not be read when the state was loaded. It is kept aside: nothing else stops because of it, and nothing is lost. */
export type Damaged = z.infer<typeof damagedRow>;

/** As long as anything personal is kept (desk: two years). */
const damaged = table<Damaged>({
  row: damagedRow,
  indexes: [{ equal: [], order: 'at' }],
  kept: [{ from: 'at', days: 730 }],
  deletion: 'goes',
});

export const keepingTables = { damaged };
