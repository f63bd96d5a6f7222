import { z } from 'zod';
import { treeNames } from '../../domain/supervision/day.ts';
import { day, personId, time } from '../kernel/fields.ts';
import { table } from '../kernel/table.ts';

declare module '../kernel/table.ts' {
  interface Tables {
    sealedDays: SealedDay;
    leaves: Leaves;
    seals: Seal;
  }
}

const sum = z.object({ hash: z.string(), counts: z.array(z.number()) });

const sealedDay = z.object({
  /** yyyy-MM-dd in Shanghai. */
  id: z.string(),
  at: time,
  from: time,
  to: time,
  before: z.string(),
  open: sum,
  discreet: sum,
  alarms: sum,
  seal: z.string(),
});
/** What is published of a day (domain/supervision/day.ts). */
export type SealedDay = z.infer<typeof sealedDay>;

const sealedDays = table<SealedDay>({
  row: sealedDay,
  indexes: [{ equal: [], order: 'id' }],
  kept: [{ from: 'at', newest: 40, archived: true }],
  archive: { by: 'at' },
  deletion: 'stays',
});

const leavesOfDay = z.object({
  /** Its day and its tree: "2026-11-24/open". */
  id: z.string(),
  at: time,
  leaves: z.array(sum),
});
/** The leaves of a tree in their order. They stay when a case is forgotten: nobody can tell any more whose they were. */
export type Leaves = z.infer<typeof leavesOfDay>;

const leaves = table<Leaves>({
  row: leavesOfDay,
  indexes: [{ equal: [], order: 'at' }],
  // Those of two days; proofs are of the last one.
  kept: [{ from: 'at', newest: 2 * treeNames.length, archived: true }],
  archive: { by: 'at' },
  deletion: 'stays',
});

const seal = z.object({
  /** The number of the case. */
  id: z.string(),
  at: time,
  /** The last day on which it was sealed, its tree and its place there. */
  day,
  tree: z.enum(treeNames),
  index: z.number(),
  /** What was true of it, as JSON; its secret; what it counted as. */
  text: z.string(),
  salt: z.string(),
  counts: z.array(z.number()),
  /** Whoever told of it, joined it or did something for it: when one of them is forgotten, so is its secret. */
  people: z.array(personId),
});
/** How a case was sealed last. Without this row its leaves prove nothing of it. */
export type Seal = z.infer<typeof seal>;

const seals = table<Seal>({
  row: seal,
  indexes: [{ equal: [], order: 'at' }],
  kept: [{ from: 'at', days: 2, archived: true }],
  archive: { by: 'at', days: 730 },
  deletion: 'goes',
});

export const supervisionTables = { sealedDays, leaves, seals };
