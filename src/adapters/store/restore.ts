import { mkdir } from 'node:fs/promises';
import type { Transaction } from '../../desk/kernel/ports.ts';
import { BackupError, readBackup } from './backup.ts';
import { type FileSystem, nodeFiles } from './durable-file.ts';
import { createEngine } from './engine.ts';
import { lockFile } from './journal.ts';
import { finishReplacing, type Kept, putAside, readKept, replaceKept } from './kept-files.ts';
import { createMemoryDisk } from './memory.ts';
import { migrate, schemaVersion } from './migrations.ts';
import { type Dump, dumpOf, loadRows } from './rows.ts';

/** So far go on the counters of numbers that may have been given after the backup, when nobody knows up to which. */
const skipped = 500;

export interface Restoring {
  /** Puts aside what is there. */
  readonly replace: boolean;
  readonly now: Date;
  /** The counters of the numbers that are told to people today. */
  readonly counters: readonly string[];
  /** Counters that number rows of the state itself: they stay as they are in the backup, where a gap would look like a row that was cut out. */
  readonly ownCounters: readonly string[];
  /** What is changed in the state before it is in place. */
  change(tx: Transaction): Promise<void>;
}

/**
 * Puts a backup in the place of the state in `folder`. What was there is moved aside, never deleted; without `replace` it is
 * not touched and the backup refused. Killed at any moment of it, the next start finds the old state whole, or the restored one.
 * @throws LockedError when a bot works on it · BackupError
 * @returns the name of what was moved aside, if anything was
 */
export async function restoreBackup(
  path: string,
  folder: string,
  restoring: Restoring,
  files: FileSystem = nodeFiles,
): Promise<string | undefined> {
  const backup = await readBackup(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unlock = await files.lock(lockFile(folder));
  try {
    await finishReplacing(folder, files);
    const there = await stateThere(folder);
    if (there !== undefined && !restoring.replace) throw new BackupError(`${folder} holds a state already; add --replace to put it aside`);
    await replaceKept(folder, await restored(backup.kept, there === 'unreadable' ? undefined : there, restoring), restoring.now, files);
    return there === undefined ? undefined : (await putAside(folder)).at(-1);
  } finally {
    unlock();
  }
}

/** A backup as it is put in place. @param there the state that was there, if one was that can be read */
export async function restored(
  { dump, archive }: Kept,
  there: Kept | undefined,
  { change, ...counting }: Pick<Restoring, 'counters' | 'ownCounters' | 'change'>,
): Promise<Kept> {
  const old = migrate(dump);
  const rows = loadRows({ ...old, counters: countersPast(old.counters, there?.dump.counters, counting) });
  const store = createEngine(rows, createMemoryDisk());
  await store.transaction(change);
  await store.close();
  return { dump: dumpOf(rows.whole(), schemaVersion), archive };
}

/**
 * Counters from which no number is given twice. The state that was there tells how far they had gone, when it is one that went on from the backup;
 * otherwise those of today skip so many as nobody gives on one day.
 */
function countersPast(
  backup: Dump['counters'],
  there: Dump['counters'] | undefined,
  { counters: today, ownCounters }: Pick<Restoring, 'counters' | 'ownCounters'>,
): Record<string, number> {
  const past: Record<string, number> = { ...backup };
  const wentOn =
    there !== undefined && Object.keys(there).length > 0 && Object.entries(backup).every(([name, value]) => (there[name] ?? 0) >= value);
  for (const [name, value] of Object.entries(there ?? {})) if (!ownCounters.includes(name)) past[name] = Math.max(past[name] ?? 0, value);
  if (!wentOn) for (const name of today) past[name] = (past[name] ?? 0) + skipped;
  return past;
}

async function stateThere(folder: string): Promise<Kept | 'unreadable' | undefined> {
  try {
    return await readKept(folder);
  } catch {
    // That may be why it is restored.
    return 'unreadable';
  }
}
