import { hostname } from 'node:os';
import type { Log, Store } from '../../desk/kernel/ports.ts';
import type { Database } from './database.ts';
import { type Batch, createEngine, type Disk } from './engine.ts';
import { type Lease, takeLease } from './lease.ts';
import { createMemoryDisk } from './memory.ts';
import { migrate, schemaVersion } from './migrations.ts';
import { archiveOf, readState, replacingState, writeBatch } from './postgres-rows.ts';
import { knownVersion, prepareTables } from './postgres-schema.ts';
import type { Renewals } from './renewals.ts';
import { emptyDump, loadRows } from './rows.ts';

export interface OwnershipOptions {
  readonly database: Database;
  readonly community: string;
  /** How long a process that is gone still owns it. */
  readonly leaseMs: number;
  readonly log: Log;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
  /** Who takes it, as others are told. Absent: this process. */
  readonly holder?: string;
  /** Renews it together with others of this process. */
  readonly renewals?: Renewals;
}

/**
 * A store whose disk is a PostgreSQL database: the rows of a community are in the memory of the one process that owns it, and a batch of
 * transactions is one transaction of the server's, fenced by the owner's lease.
 * @throws LockedError when another process owns it · NewerStateError
 */
export async function openPostgresStore(options: OwnershipOptions): Promise<Store> {
  const lease = await own(options);
  const { database, community, log } = options;
  try {
    const found = await database.transaction((query) => readState(query, community), 'reading');
    const rows = loadRows(migrate(found ?? emptyDump(schemaVersion)));
    // The rows are not those of the database any more: one was put aside, or all were migrated.
    if (found?.version !== schemaVersion || rows.unreadable > 0) await lease.write(replacingState(community, rows.whole(), schemaVersion));
    const engine = createEngine(rows, diskOver(database, community, lease, log));
    let loss: Error | undefined;
    const lost = lease.lost.then((error) => {
      loss = error;
      return error;
    });
    return {
      async transaction(work) {
        // What memory says is old: somebody else goes on with it.
        if (loss) throw loss;
        return engine.transaction(work);
      },
      close: () => engine.close(),
      ownership: { isSure: () => lease.isSure(), lost },
    };
  } catch (error) {
    await lease.giveBack();
    throw error;
  }
}

/** What a community has now, in memory only: for looking at it while its owner goes on. @param only these tables @throws NewerStateError */
export async function openPostgresCopy(database: Database, community: string, only?: readonly string[]): Promise<Store> {
  const found = await database.transaction(
    async (query) => ((await knownVersion(query)) === 0 ? undefined : readState(query, community, only)),
    'reading',
  );
  const rows = loadRows(migrate(found ?? emptyDump(schemaVersion)));
  const archive = found ? archiveOf(database, community) : {};
  return createEngine(rows, { ...createMemoryDisk(), ...archive, commit: async () => undefined, close: () => database.close() });
}

/** Takes a community; the tables are made where there are none. @throws LockedError · NewerStateError */
export async function own({
  database,
  community,
  leaseMs,
  log,
  now = () => performance.now(),
  holder,
  renewals,
}: OwnershipOptions): Promise<Lease> {
  await prepareTables(database);
  return takeLease({ database, community, holder: holder ?? thisProcess(), ms: leaseMs, log, now, renewals });
}

/** This process, as others are told who owns a community. */
export const thisProcess = (): string => `process ${process.pid} on ${hostname()}`;

function diskOver(database: Database, community: string, lease: Lease, log: Log): Disk {
  return {
    ...archiveOf(database, community),
    async commit(batch: Batch) {
      await lease.write((query) => writeBatch(query, community, batch));
      if (batch.wipes) await sweep(database, log);
    },
    async close() {
      await lease.giveBack();
      await database.close();
    },
  };
}

/** What was taken away is gone for every question to the server; this takes it out of the tables' files too, as far as nobody still reads it. */
async function sweep({ query }: Database, log: Log): Promise<void> {
  await query('vacuum (skip_locked) kept, archive').catch((error: unknown) =>
    log.warn({ err: error }, 'what was deleted could not be swept out of the tables at once; the server does it later'),
  );
}
