import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Adapter, Low } from 'lowdb';
import type { Log, Store } from '../../desk/kernel/ports.ts';
import { archiveFiles } from './archive-files.ts';
import { type FileSystem, nodeFiles } from './durable-file.ts';
import { type Batch, createEngine, type Disk } from './engine.ts';
import { writtenChanges } from './fold.ts';
import { type Found, journalFile, oldFiles, readJournal, readRunningJournal, writeSnapshot } from './journal-files.ts';
import { type End, openTail, type Tail } from './journal-tail.ts';
import { finishReplacing, journalFolder, readOldKept, takeOverOld } from './kept-files.ts';
import { createMemoryDisk } from './memory.ts';
import { migrate, schemaVersion } from './migrations.ts';
import { type Dump, emptyDump, loadRows, type Rows, type Whole } from './rows.ts';

export interface JournalOptions {
  /** The folder of this community's state; made when it is not there. */
  readonly folder: string;
  readonly log: Log;
  /** The folder in which version 0.2 kept this state, where that is another one. */
  readonly before?: string;
  readonly files?: FileSystem;
}

/**
 * Below so much no new snapshot is worth its writing; above, when the journal has become as large as the snapshot. The next one is then at most
 * as large as both: with all snapshots at most three times as much is written as is appended.
 */
const smallBytes = 1_000_000;
/** What was removed because its time was over stands in the journal until the next snapshot: for a week, and so for less long than in backups. */
const longestMs = 7 * 24 * 3_600_000;
/** After a snapshot that failed the next one is not tried at every commit. */
const pauseMs = 60_000;

/** The lock of the folder of a state. */
export const lockFile = (folder: string) => join(folder, 'lock');

/**
 * The embedded store: rows in memory; a commit is a line at the end of a file. Takes the folder's lock until it is closed.
 * @throws LockedError when another process works on it
 * @throws UnreadableStateError when it cannot be read; nothing is overwritten then
 */
export async function openJournalStore({ folder, log, before, files = nodeFiles }: JournalOptions): Promise<Store> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unlock = await files.lock(lockFile(folder));
  try {
    const place = journalFolder(folder);
    await finishReplacing(folder, files);
    await takeOverOld(folder, before, log, files);
    await mkdir(join(place, 'archive'), { recursive: true, mode: 0o700 });
    const journal = new Journal(place, log, files);
    const db = new Low<Dump | Batch>(journal, emptyDump(schemaVersion));
    await db.read();
    const rows = loadRows(migrate(db.data as Dump));
    await journal.begin(rows, (db.data as Dump).version !== schemaVersion || rows.unreadable > 0);
    return createEngine(rows, diskOver(db, journal, archiveFiles(join(place, 'archive'), files), unlock));
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The state below `folder` as it is now, in memory only: for looking at it while a bot may be running. @param before see JournalOptions */
export async function openCopy(folder: string, before?: string): Promise<Store> {
  const found = await readRunningJournal(journalFolder(folder));
  const old = found ? undefined : await readOldKept(folder, before);
  const rows = loadRows(migrate(found?.dump ?? old?.dump ?? emptyDump(schemaVersion)));
  const { readArchive, archiveMonths } = archiveFiles(join(old ? old.from : journalFolder(folder), 'archive'));
  return createEngine(rows, { ...createMemoryDisk(), readArchive, archiveMonths, commit: async () => undefined });
}

function diskOver(db: Low<Dump | Batch>, journal: Journal, archive: ReturnType<typeof archiveFiles>, unlock: () => void): Disk {
  return {
    readArchive: archive.readArchive,
    archiveMonths: archive.archiveMonths,
    wantsWhole: (wipes) => journal.wantsWhole(wipes),
    async commit(batch) {
      // The archive first: a row that moves there is meanwhile in both, never in none.
      if (batch.archived.length > 0) await archive.append(batch.archived);
      for (const amendment of batch.amendments) await archive.amend(amendment);
      db.data = batch;
      await db.write();
    },
    async close() {
      await journal.close();
      unlock();
    },
  };
}

/** lowdb's adapter: `read` puts snapshot and journals together, `write` adds a batch. lowdb's own ones rewrite the whole file, and do not flush. */
class Journal implements Adapter<Dump | Batch> {
  readonly #folder: string;
  readonly #log: Log;
  readonly #files: FileSystem;
  #found: Found | undefined;
  #generation = 0;
  #tail: Tail | undefined;
  #snapshotBytes = 0;
  /** Of the journals since the snapshot, but for the newest one. */
  #olderBytes = 0;
  /** When the snapshot was begun, by `performance.now()`. */
  #snapshotAt = 0;
  /** Something was taken away for good that still stands in these files. */
  #wipes = false;
  #snapshot: Promise<void> | undefined;
  #notBefore = 0;

  constructor(folder: string, log: Log, files: FileSystem) {
    this.#folder = folder;
    this.#log = log;
    this.#files = files;
  }

  async read(): Promise<Dump | null> {
    this.#found = await readJournal(this.#folder);
    return this.#found?.dump ?? null;
  }

  /** Makes ready for writing. @param isOther the rows are not those of the files any more: one was put aside, or all were migrated */
  async begin(rows: Rows, isOther: boolean): Promise<void> {
    const found = this.#found;
    this.#found = undefined;
    if (!found) {
      this.#generation = 1;
      await this.#write(rows.whole());
      this.#tail = await this.#open({ bytes: 0, checksum: 0, cutOff: 0, room: 0 });
      return;
    }
    if (found.cutOff > 0)
      this.#log.error(
        { file: journalFile(this.#folder, found.generation), bytes: found.cutOff },
        'the last commit was cut off while it was written, and never acknowledged: it is dropped',
      );
    this.#generation = found.generation;
    this.#snapshotBytes = found.snapshotBytes;
    this.#olderBytes = found.journalBytes - found.end;
    this.#snapshotAt = performance.now() - found.snapshotAgeMs;
    this.#wipes = found.wipes;
    this.#tail = await this.#open({ bytes: found.end, checksum: found.checksum, cutOff: found.cutOff, room: found.room });
    await this.#drop(found.old);
    if (isOther || this.wantsWhole(false)) {
      await this.#goOn();
      await this.#write(rows.whole());
    }
  }

  /** Whether a new snapshot is due. */
  wantsWhole(wipes: boolean): boolean {
    const now = performance.now();
    if (this.#snapshot !== undefined || now < this.#notBefore) return false;
    const journalBytes = this.#olderBytes + (this.#tail?.bytes ?? 0);
    return (
      wipes ||
      this.#wipes ||
      journalBytes > Math.max(smallBytes, this.#snapshotBytes) ||
      (journalBytes > 0 && now - this.#snapshotAt > longestMs)
    );
  }

  async write(data: Dump | Batch): Promise<void> {
    if (!('changes' in data)) throw new TypeError('a journal takes what has changed');
    const { wipes } = data;
    await this.#tail?.add(writtenChanges(data.changes, wipes));
    this.#wipes ||= wipes;
    const { whole } = data;
    if (whole === undefined) return;
    // The batch is on disk, whatever becomes of the snapshot.
    try {
      await this.#goOn();
      this.#snapshot = this.#write(whole)
        .catch((error: unknown) => this.#failed(error))
        .finally(() => {
          this.#snapshot = undefined;
        });
      // Who is told that it was deleted shall be told the truth.
      if (wipes) await this.#snapshot;
    } catch (error) {
      this.#failed(error);
    }
  }

  async close(): Promise<void> {
    await this.#snapshot;
    await this.#tail?.close();
  }

  /** Begins the next journal. */
  async #goOn(): Promise<void> {
    const before = this.#tail;
    this.#generation++;
    try {
      this.#tail = await this.#open({ bytes: 0, checksum: before?.checksum ?? 0, cutOff: 0, room: 0 });
    } catch (error) {
      this.#generation--;
      throw error;
    }
    this.#olderBytes += before?.bytes ?? 0;
    await before?.close();
  }

  /** Writes the snapshot with which the newest journal begins, and drops what is then old. */
  async #write(whole: Whole): Promise<void> {
    const [generation, olderBytes, at] = [this.#generation, this.#olderBytes, performance.now()];
    const state = { whole, schema: schemaVersion, checksum: this.#tail?.checksum ?? 0 };
    this.#wipes = false;
    this.#snapshotBytes = await writeSnapshot(this.#folder, generation, state, this.#files);
    this.#snapshotAt = at;
    this.#olderBytes -= olderBytes;
    await this.#drop(await oldFiles(this.#folder, generation));
  }

  #open(end: End): Promise<Tail> {
    return openTail(journalFile(this.#folder, this.#generation), end, this.#files);
  }

  #failed(error: unknown): void {
    // What is to be forgotten is still there.
    this.#wipes = true;
    this.#notBefore = performance.now() + pauseMs;
    this.#log.warn({ err: error }, 'no new snapshot of the state could be written; it is tried again');
  }

  async #drop(old: readonly string[]): Promise<void> {
    for (const file of old) await this.#files.rm(file, { force: true });
  }
}
