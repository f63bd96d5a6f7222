import { countNames } from '../../domain/supervision/counts.ts';
import { sealOf, stepsDigest, treeNames } from '../../domain/supervision/day.ts';
import { type Digest, leafOf, rootOf, type Sum } from '../../domain/supervision/sum-tree.ts';
import { archivedRows } from '../kernel/archive.ts';
import type { Transaction, Vault } from '../kernel/ports.ts';
import type { AnyRow, TableName, Tables } from '../kernel/table.ts';
import { alarmStatement, appealStatement, type Statement } from './cases.ts';
import type { Seal, SealedDay } from './rows.ts';

/** How the sealed days stand: how many there are, and the first day (yyyy-MM-dd) or case (its number) that was changed afterwards. */
export interface SealsVerified {
  readonly days: number;
  readonly broken?: string;
}

/**
 * Reckons every sealed day anew, from its leaves up to its seal, and holds each case that is kept against what was sealed of it. Slow: the
 * archive is read.
 */
export async function verifySeals({ tx, vault: { digest } }: { tx: Transaction; vault: Vault }): Promise<SealsVerified> {
  const days = (await whole(tx, 'sealedDays')).sort((a, b) => (a.id < b.id ? -1 : 1));
  const leaves = new Map((await whole(tx, 'leaves')).map((row) => [row.id, row.leaves]));
  const broken =
    wrongDay(days, leaves, digest) ?? (await missingDay(tx, days)) ?? (await wrongCase(tx, await whole(tx, 'seals'), leaves, digest));
  return { days: days.length, ...(broken === undefined ? {} : { broken }) };
}

type LeavesById = ReadonlyMap<string, readonly Sum[]>;

/** The first day that does not fit the one before it, its seal or its leaves. */
function wrongDay(days: readonly SealedDay[], leaves: LeavesById, digest: Digest): string | undefined {
  let before = '';
  for (const day of days) {
    if (day.before !== before || sealOf(digest, day) !== day.seal) return day.id;
    for (const tree of treeNames) {
      const root = rootOf(digest, leaves.get(`${day.id}/${tree}`) ?? [], countNames.length);
      if (root.hash !== day[tree].hash || String(root.counts) !== String(day[tree].counts)) return day.id;
    }
    before = day.seal;
  }
  return undefined;
}

/** The first day of which the audit trail holds another seal, or that it knows and that is gone. */
async function missingDay(tx: Transaction, days: readonly SealedDay[]): Promise<string | undefined> {
  const rows = [...(await archivedRows(tx, 'audit', '"act":"seal"')), ...(await tx.find('audit'))].filter(({ act }) => act === 'seal');
  const noted = new Set(rows.flatMap(({ target }) => target ?? []));
  const there = new Set(days.map(({ id, seal }) => `${id}/${seal}`));
  const [wrong] = [...[...there].filter((each) => !noted.has(each)), ...[...noted].filter((each) => !there.has(each))].sort();
  return wrong?.slice(0, 'yyyy-MM-dd'.length);
}

/** The first case whose leaf is not that of its text, or of which now is told what was not so when it was sealed. */
async function wrongCase(tx: Transaction, seals: readonly Seal[], leaves: LeavesById, digest: Digest): Promise<string | undefined> {
  const appeals = new Map((await whole(tx, 'appeals')).map((row) => [row.id, row]));
  const alarms = new Map((await whole(tx, 'alarms')).map((row) => [row.id, row]));
  for (const { id, day, tree, index, text, salt, counts } of seals) {
    if (leaves.get(`${day}/${tree}`)?.[index]?.hash !== leafOf(digest, text, salt, counts).hash) return id;
    const row = tree === 'alarms' ? alarms.get(id) : appeals.get(id);
    const now = row && ('followers' in row ? appealStatement(row, digest) : alarmStatement(row, digest));
    if (!row || !now) return id;
    // What was forgotten since, as the law wants it, is not held against anybody.
    if (!row.erased && differs(JSON.parse(text), now, row.history, digest)) return id;
  }
  return undefined;
}

/** Whether another past is told now: another beginning; or, when nothing was done since, anything else at all. Ratings come later too. */
function differs(then: Statement, now: Statement, history: Parameters<typeof stepsDigest>[1], digest: Digest): boolean {
  if (stepsDigest(digest, history.slice(0, then.steps)) !== then.history || now.told !== then.told) return true;
  if (now.steps > then.steps) return false;
  // What was not there then and is now has been made up since.
  const names = Object.keys({ ...then, ...now }).filter((name) => name !== 'ratings');
  return names.some((name) => JSON.stringify(then[name]) !== JSON.stringify(now[name]));
}

/** Every row of a table, archived or at hand; what was archived and is at hand all the same as it is at hand. */
async function whole<T extends TableName>(tx: Transaction, table: T): Promise<Tables[T][]> {
  const rows = new Map<string, Tables[T]>();
  for (const row of [...(await archivedRows(tx, table, '')), ...(await tx.find(table))]) rows.set((row as AnyRow).id, row);
  return [...rows.values()];
}
