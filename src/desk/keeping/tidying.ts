import { plusMinutes } from '../../domain/time/clock-time.ts';
import { monthOf } from '../kernel/archive.ts';
import { discard, isHeld } from '../kernel/discards.ts';
import type { Transaction, Where } from '../kernel/ports.ts';
import { type AnyRow, eachTable, type Keeping, momentOf, type Table, type TableName } from '../kernel/table.ts';

/** How many rows were forgotten or moved to the archive, by table; and how many files nothing needs any more. */
export type Spent = { readonly [T in TableName]?: number } & { readonly files: number };

const dayMinutes = 24 * 60;

/** Forgets what is over within the day. By evening it would be most of the state. */
export function tidy(tx: Transaction, now: Date): Promise<Spent> {
  return forgetSpent(tx, now, ({ hourly }) => hourly === true);
}

/** Forgets what of each table has had its time, or moves it to the archive, by those of its rules that are wanted. */
export async function forgetSpent(tx: Transaction, now: Date, isWanted: (rule: Keeping<AnyRow>) => boolean = () => true): Promise<Spent> {
  const counts: { [T in TableName]?: number } = {};
  let files = 0;
  for (const [name, table] of eachTable(tx.tables)) {
    const rules = table.kept === 'always' ? [] : table.kept.filter(isWanted);
    for (const rule of rules) {
      const spent = await spentBy(tx, name, rule, now);
      counts[name] = (counts[name] ?? 0) + spent.length;
      for (const row of spent) {
        if (rule.archived && table.archive) await tx.archive(name, row.id, monthOf(momentOf(table.archive.by, row)));
        else files += await forget(tx, now, name, table, row);
      }
    }
  }
  return { ...counts, files };
}

/** The rows whose time is over by one rule. */
async function spentBy(tx: Transaction, name: TableName, rule: Keeping<AnyRow>, now: Date): Promise<AnyRow[]> {
  const { from, where = {}, minutes = 0, days = 0, newest, unless } = rule;
  if (newest !== undefined) return (await tx.count(name)) > newest ? (await newestFirst(tx, name, from)).slice(newest) : [];
  const over = plusMinutes(now, -minutes - days * dayMinutes).toISOString();
  const within = typeof from === 'string' ? { ...where, [from]: { atMost: over } } : where;
  const rows = (await tx.find(name, within as Where<AnyRow>)).filter((row) => momentOf(from, row) <= over);
  const spent: AnyRow[] = [];
  for (const row of rows) if (!(await unless?.(row, tx))) spent.push(row);
  return spent;
}

function newestFirst(tx: Transaction, name: TableName, from: Keeping<AnyRow>['from']): Promise<AnyRow[]> {
  return tx.find(name, {}, { by: from as keyof AnyRow, descending: true });
}

/** Removes a row, and the files that nothing needs any more without it. @returns how many files these are */
async function forget(tx: Transaction, now: Date, name: TableName, { mentions }: Table<AnyRow>, row: AnyRow): Promise<number> {
  await tx.remove(name, row.id);
  return discardUnheld(tx, now, mentions.files(row));
}

/** Notes those files as to be removed that stand in no row. @returns how many */
export async function discardUnheld(tx: Transaction, now: Date, files: Iterable<string>): Promise<number> {
  let count = 0;
  for (const file of files) {
    if (await isHeld(tx, file)) continue;
    await discard(tx, now, [file]);
    count++;
  }
  return count;
}
