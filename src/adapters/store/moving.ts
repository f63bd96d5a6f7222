import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { Transaction } from '../../desk/kernel/ports.ts';
import { archivedIn } from './archive-files.ts';
import { createEngine } from './engine.ts';
import { lockFile } from './journal.ts';
import { bytesOfState, finishReplacing, type Kept, readKept, readOldKept, replaceKept } from './kept-files.ts';
import { takeLock } from './lock.ts';
import { createMemoryDisk } from './memory.ts';
import { migrate, schemaVersion } from './migrations.ts';
import { type OwnershipOptions, own } from './postgres.ts';
import { readKeptIn, readPostgresKept, writePostgresKept } from './postgres-kept.ts';
import { dumpOf, loadRows } from './rows.ts';

/** A state cannot be moved; nothing was changed. */
export class MoveError extends Error {
  override readonly name = 'MoveError';
  readonly why: 'nothing' | 'taken' | 'different';
  readonly place: string;
  constructor(why: MoveError['why'], place: string) {
    const words = { nothing: 'holds no state', taken: 'holds a state already', different: 'did not take the state as it is' };
    super(`${place} ${words[why]}`);
    this.why = why;
    this.place = place;
  }
}

/** Where a state of a community can lie. It is nobody else's while it is held. */
export interface Place {
  readonly name: string;
  read(): Promise<Kept | undefined>;
  /** Writes a state where there is none. @param check is given what is there then, and throws when it is not what was written */
  write(kept: Kept, check: (there: Kept | undefined) => void): Promise<void>;
  letGo(): Promise<void>;
}

/** The journal in a folder. @param before see Community @throws LockedError when a bot works on it */
export async function holdFolder(folder: string, before: string | undefined, now: Date): Promise<Place> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unlock = await takeLock(lockFile(folder));
  return {
    name: folder,
    async read() {
      await finishReplacing(folder);
      if (bytesOfState(folder, before) === undefined) return undefined;
      return (await readKept(folder)) ?? readOldKept(folder, before);
    },
    async write(kept, check) {
      await replaceKept(folder, kept, now);
      check(await readKept(folder));
    },
    letGo: async () => unlock(),
  };
}

/** A community in a database. @throws LockedError when a bot works on it */
export async function holdDatabase(options: OwnershipOptions): Promise<Place> {
  const { database, community } = options;
  const lease = await own(options);
  return {
    name: `${database.place} (${community})`,
    read: () => readPostgresKept(database, community),
    write: (kept, check) => writePostgresKept(lease, community, kept, async (query) => check(await readKeptIn(query, community))),
    letGo: () => lease.giveBack(),
  };
}

/** What was moved. */
export interface Moved {
  readonly rows: number;
  readonly archived: number;
  /** SHA-256 over all of it. */
  readonly digest: string;
}

/**
 * Copies a state to where there is none, and compares what has arrived. The old one is left as it was.
 * @param change is made to what is written
 * @throws MoveError
 */
export async function move(from: Place, to: Place, change: (tx: Transaction) => Promise<void>): Promise<Moved> {
  const kept = await from.read();
  if (!kept) throw new MoveError('nothing', from.name);
  if (await to.read()) throw new MoveError('taken', to.name);
  const rows = loadRows(migrate(kept.dump));
  const store = createEngine(rows, createMemoryDisk());
  await store.transaction(change);
  await store.close();
  const moving: Kept = { dump: dumpOf(rows.whole(), schemaVersion), archive: kept.archive };
  const wanted = contentOf(moving);
  await to.write(moving, (there) => {
    const found = there && contentOf(there);
    if (found?.digest !== wanted.digest || found.rows !== wanted.rows || found.archived !== wanted.archived)
      throw new MoveError('different', to.name);
  });
  return wanted;
}

/** How much there is of a state, and its digest: the same wherever it lies. */
export function contentOf({ dump, archive }: Kept): Moved {
  const counters = Object.entries(dump.counters).map(([name, value]) => JSON.stringify(['counter', name, value]));
  const rows = Object.entries(dump.tables).flatMap(([table, all]) => all.map((row) => JSON.stringify(['row', table, row.id, row])));
  const archived = archivedIn(archive).map(({ table, month, row }) => JSON.stringify(['archived', table, month, row.id, row]));
  const hash = createHash('sha256').update(String(dump.version));
  for (const line of [...counters, ...rows, ...archived].sort()) hash.update(`\n${line}`);
  return { rows: rows.length, archived: archived.length, digest: hash.digest('hex') };
}
