import { mkdir } from 'node:fs/promises';
import type { Later } from '../../desk/keeping/restored.ts';
import type { Transaction } from '../../desk/kernel/ports.ts';
import type { Audit, Binding } from '../../desk/kernel/rows.ts';
import { textArchive } from './archive-files.ts';
import { archivedRowsIn } from './archive-lines.ts';
import { BackupError, newerBackups, type ReadBackup, readBackup } from './backup.ts';
import { type FileSystem, nodeFiles } from './durable-file.ts';
import { createEngine } from './engine.ts';
import { lockFile } from './journal.ts';
import { finishReplacing, type Kept, putAside, readKept, replaceKept } from './kept-files.ts';
import { migrate, schemaVersion } from './migrations.ts';
import { asList, type Dump, dumpOf, loadRows, misfit } from './rows.ts';

/** So far go on the counters of numbers that may have been given after the backup, when nobody knows up to which. */
const skipped = 500;

/** What the states tell that followed a backup. */
export interface Known extends Later {
  /** None of them went on from the backup, or it cannot be read: what was done since is not known. */
  readonly isUnknown: boolean;
}

export interface Restoring {
  /** Puts aside what is there. */
  readonly replace: boolean;
  readonly now: Date;
  /** The counters of the numbers that are told to people today. */
  readonly counters: readonly string[];
  /** Counters that number rows of the state itself: they stay as they are in the backup, where a gap would look like a row that was cut out. */
  readonly ownCounters: readonly string[];
  /** The acts of the trail that `change` wants to know of those that were done after the backup. */
  readonly acts: readonly string[];
  /** What is changed in the state before it is in place. @param later what is known of the time after the backup was made */
  change(tx: Transaction, later: Known): Promise<void>;
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
    await replaceKept(folder, await restored(path, backup, there === 'unreadable' ? undefined : there, restoring), restoring.now, files);
    return there === undefined ? undefined : (await putAside(folder)).at(-1);
  } finally {
    unlock();
  }
}

/** A backup as it is put in place. @param path its file @param there the state that was there, if one was that can be read */
export async function restored(
  path: string,
  { kept, madeAt }: ReadBackup,
  there: Kept | undefined,
  { change, counters, ownCounters, acts }: Pick<Restoring, 'counters' | 'ownCounters' | 'acts' | 'change'>,
): Promise<Kept> {
  const old = migrate(kept.dump);
  const isKnown = wentOn(old.counters, there?.dump.counters);
  const later = [...(there ? [there] : []), ...(isKnown ? [] : await newerBackups(path, madeAt))].map((state) => laterOf(state, acts));
  const known = { acts: later.flatMap((each) => each.acts), bindings: later.flatMap((each) => each.bindings), isUnknown: !isKnown };
  const rows = loadRows({ ...old, counters: countersPast(old.counters, there?.dump.counters, isKnown ? [] : counters, ownCounters) });
  const archive = textArchive(kept.archive);
  const store = createEngine(rows, archive);
  await store.transaction((tx) => change(tx, known));
  await store.close();
  return { dump: dumpOf(rows.whole(), schemaVersion), archive: archive.texts };
}

/** What a state tells of the time after a backup. It may be of a newer program: what cannot be read is left out. */
function laterOf({ dump, archive }: Kept, acts: readonly string[]): Later {
  const readable = <Row>(table: string, rows: readonly unknown[]) => rows.filter((row) => misfit(table, row) === undefined) as Row[];
  const archived = Object.entries(archive).flatMap(([name, text]) =>
    name.startsWith('audit-') ? acts.flatMap((act) => archivedRowsIn(Buffer.from(text), name, JSON.stringify(act))) : [],
  );
  return {
    acts: readable<Audit>('audit', [...archived, ...asList(dump.tables.audit ?? [])]).filter(({ act }) => acts.includes(act)),
    bindings: readable<Binding>('bindings', asList(dump.tables.bindings ?? [])),
  };
}

/** Whether a state went on from a backup: no counter has gone back. */
function wentOn(backup: Dump['counters'], there: Dump['counters'] = {}): boolean {
  return Object.keys(there).length > 0 && Object.entries(backup).every(([name, value]) => (there[name] ?? 0) >= value);
}

/**
 * Counters from which no number is given twice. The state that was there tells how far they had gone.
 * @param unknown those that skip so many as nobody gives on one day, since it did not go on from the backup
 */
function countersPast(
  backup: Dump['counters'],
  there: Dump['counters'] | undefined,
  unknown: readonly string[],
  own: readonly string[],
): Record<string, number> {
  const past: Record<string, number> = { ...backup };
  for (const [name, value] of Object.entries(there ?? {})) if (!own.includes(name)) past[name] = Math.max(past[name] ?? 0, value);
  for (const name of unknown) past[name] = (past[name] ?? 0) + skipped;
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
