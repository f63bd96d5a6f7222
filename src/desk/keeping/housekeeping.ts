import { dateAfter, plusDays } from '../../domain/time/clock-time.ts';
import { discard } from '../kernel/discards.ts';
import type { Store, Transaction } from '../kernel/ports.ts';
import { type AnyRow, type ArchiveTraits, eachTable, isReadable, momentOf, type Table, type TableName } from '../kernel/table.ts';
import { forgetStrangers } from '../people/strangers.ts';
import { discardUnheld, forgetSpent, type Spent } from './tidying.ts';

/** How many rows were forgotten or moved to the archive, by table; and besides: */
export interface Housekeeping extends Spent {
  /** Rows of the archive that were dropped. */
  readonly dropped: number;
  /** People who said something in a group once, and are part of nothing. */
  readonly strangers: number;
}

/** Forgets what has had its time and moves what is finished to the archive, so that a commit does not grow with history. */
export async function housekeep(tx: Transaction, now: Date): Promise<Housekeeping> {
  return { ...(await forgetSpent(tx, now)), strangers: await forgetStrangers(tx), dropped: await dropOldMonths(tx, now) };
}

/** Drops from the archive what has had its time and leaves nothing, month by month, each once it is over as a whole. */
async function dropOldMonths(tx: Transaction, now: Date): Promise<number> {
  let count = 0;
  for (const [name, { archive, mentions }] of eachTable(tx.tables)) {
    if (archive?.days === undefined || archive.left) continue;
    const last = plusDays(now, -archive.days).toISOString().slice(0, 7);
    for (const month of (await tx.archivedMonths(name)).filter((each) => each < last)) {
      const rows = await tx.archived(name, month);
      count += rows.length;
      await tx.amendArchive(name, begunIn(archive, month), () => undefined);
      await discardUnheld(tx, now, new Set(rows.flatMap((row) => [...mentions.files(row)])));
    }
  }
  return count;
}

/** Takes what is personal out of what was archived long ago. Slow: whole files of the archive are read. @returns out of how many rows */
export async function erasePersonal(tx: Transaction, now: Date): Promise<number> {
  let count = 0;
  for (const [name, table] of eachTable(tx.tables)) {
    const { archive } = table;
    if (archive?.days === undefined || !archive.left) continue;
    const before = plusDays(now, -archive.days).toISOString();
    for (const month of (await tx.archivedMonths(name)).filter((each) => each <= before.slice(0, 7)))
      count += await eraseOld(tx, now, { name, table, archive, month, before });
  }
  return count;
}

/** A month of the archive of a table. */
interface Month {
  readonly name: TableName;
  readonly table: Table<AnyRow>;
  readonly archive: ArchiveTraits<AnyRow>;
  readonly month: string;
  /** Of what is older something is taken (ISO time). */
  readonly before: string;
}

async function eraseOld(tx: Transaction, now: Date, { name, table, archive, month, before }: Month): Promise<number> {
  const left = (row: AnyRow) => archive.left?.(row) ?? row;
  const due = (await tx.archived(name, month)).filter(
    (row) => momentOf(archive.from ?? archive.by, row) <= before && JSON.stringify(left(row)) !== JSON.stringify(row),
  );
  if (due.length === 0) return 0;
  for (const row of due) await discard(tx, now, table.mentions.files(row));
  const ids = new Set(due.map(({ id }) => id));
  // What cannot be read is as old, and nobody knows what of it is personal.
  const change = (row: AnyRow) => (isReadable(table, row) ? (ids.has(row.id) ? left(row) : row) : undefined);
  await tx.amendArchive(name, begunIn(archive, month), change);
  return due.length;
}

/** What stands in rows of a month's archive: its first hours in Shanghai are the last of the month before in UTC. */
function begunIn({ by }: ArchiveTraits<AnyRow>, month: string): string[] {
  return [month, dateAfter(`${month}-01`, -1).slice(0, 7)].map((each) => `"${by}":"${each}`);
}

/** What housekeeping would do now, and how many rows would lose what is personal. */
export type Rehearsal = Housekeeping & { readonly erased: number };

/** What housekeeping would do now, without doing it. */
export async function rehearseHousekeeping(store: Store, now: Date): Promise<Rehearsal> {
  class Rehearsed extends Error {
    readonly result: Rehearsal;
    constructor(result: Rehearsal) {
      super('a rehearsal leaves nothing');
      this.result = result;
    }
  }
  try {
    return await store.transaction(async (tx) => {
      throw new Rehearsed({ ...(await housekeep(tx, now)), erased: await erasePersonal(tx, now) });
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.result;
    throw error;
  }
}
