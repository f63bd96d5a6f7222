import { archivedIn, textsOf } from './archive-files.ts';
import { BackupError, putAsideIn, readBackup } from './backup.ts';
import type { Database, Query } from './database.ts';
import type { Kept } from './kept-files.ts';
import type { Lease } from './lease.ts';
import { migrate, schemaVersion } from './migrations.ts';
import { type OwnershipOptions, own } from './postgres.ts';
import { readArchived, readState, replaceArchive, replacingState } from './postgres-rows.ts';
import { knownVersion } from './postgres-schema.ts';
import { type Restoring, restored } from './restore.ts';
import { loadRows } from './rows.ts';

/** What a community has in the database; its owner may be at work. Undefined: nothing. @throws NewerStateError */
export function readPostgresKept(database: Database, community: string): Promise<Kept | undefined> {
  return database.transaction(async (query) => ((await knownVersion(query)) === 0 ? undefined : readKeptIn(query, community)), 'reading');
}

/** As above, within a transaction. */
export async function readKeptIn(query: Query, community: string): Promise<Kept | undefined> {
  const dump = await readState(query, community);
  const archived = await readArchived(query, community);
  // A community that was opened, and in which nothing was ever kept, has nothing.
  const isEmpty = !dump || (Object.keys(dump.tables).length === 0 && Object.keys(dump.counters).length === 0 && archived.length === 0);
  return isEmpty ? undefined : { dump, archive: textsOf(archived) };
}

/** Puts a state in the place of what a community has, all at once or not at all. @param then the last that is done in the same transaction */
export async function writePostgresKept(
  lease: Lease,
  community: string,
  { dump, archive }: Kept,
  then: (query: Query) => Promise<void> = async () => undefined,
): Promise<void> {
  const archived = archivedIn(archive);
  const write = replacingState(community, loadRows(migrate(dump)).whole(), schemaVersion);
  await lease.write(async (query) => {
    await write(query);
    await replaceArchive(query, community, archived);
    await then(query);
  });
}

/**
 * Puts a backup in the place of what a community has in the database. What was there is put aside as a file; without `replace` it is not
 * touched and the backup refused. Killed at any moment of it, the next start finds the old state whole, or the restored one.
 * @param target the folder in which it is put aside
 * @throws LockedError when a bot works on it · BackupError
 * @returns the name of the file, if there was anything
 */
export async function restoreToPostgres(
  path: string,
  options: OwnershipOptions,
  restoring: Restoring,
  target: string,
): Promise<string | undefined> {
  const backup = await readBackup(path);
  const { database, community } = options;
  const lease = await own(options);
  try {
    const there = await readPostgresKept(database, community);
    if (there && !restoring.replace)
      throw new BackupError(
        `community ${community} in the database at ${database.place} holds a state already; add --replace to put it aside`,
      );
    const aside = there && (await putAsideIn(target, community, there, restoring.now));
    await writePostgresKept(lease, community, await restored(path, backup, there, restoring));
    return aside;
  } finally {
    await lease.giveBack();
  }
}
