import { existsSync, readdirSync, statSync } from 'node:fs';
import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../desk/kernel/ports.ts';
import { archiveTexts } from './archive-files.ts';
import { type FileSystem, flushFolder, nodeFiles, readIfThere, writeNew } from './durable-file.ts';
import { readRunningJournal, UnreadableStateError, writeSnapshot } from './journal-files.ts';
import { freeAsideName } from './leftovers.ts';
import { LockedError } from './lock.ts';
import { migrate, schemaVersion } from './migrations.ts';
import { type Dump, loadRows } from './rows.ts';

/** Everything that is kept of a community but its pictures and keys: what is backed up, restored and moved. */
export interface Kept {
  readonly dump: Dump;
  /** The archive, by the names of its files (archive-files.ts). */
  readonly archive: Readonly<Record<string, string>>;
}

/** Where the journal of a community lies in the folder of its state. */
export const journalFolder = (folder: string) => join(folder, 'journal');
/** Where its archive does. */
export const archiveFolder = (folder: string) => join(journalFolder(folder), 'archive');
const ready = 'journal.restored-';
const aside = 'journal.before-restore-';

/** What is kept in a folder; the bot may be running. Undefined: nothing. @throws UnreadableStateError */
export async function readKept(folder: string): Promise<Kept | undefined> {
  const place = journalFolder(folder);
  // The state first: a row that moves to the archive meanwhile is then in both, never in none.
  const found = await readRunningJournal(place);
  return found && { dump: found.dump, archive: await archiveTexts(archiveFolder(folder)) };
}

/**
 * Puts a state in the place of the one in `folder`, which is put aside. Killed at any moment of it, the next start finds the old one whole,
 * or the new one. The folder's lock has to be held.
 * @param now names what is put aside
 */
export async function replaceKept(folder: string, kept: Kept, now: Date, files: FileSystem = nodeFiles): Promise<void> {
  await writeKept(folder, kept, files);
  const stamp = freeAsideName(await readdir(folder), now, (each) => aside + each).slice(aside.length);
  await files.rename(`${journalFolder(folder)}.new`, join(folder, ready + stamp));
  await flushFolder(folder, files);
  await finishReplacing(folder, files);
}

/** Finishes what a process that was killed had begun to put in place. */
export async function finishReplacing(folder: string, files: FileSystem = nodeFiles): Promise<void> {
  const names = await readdir(folder);
  const begun = names.find((name) => name.startsWith(ready));
  if (begun === undefined) return;
  const place = journalFolder(folder);
  if (names.includes('journal')) await files.rename(place, join(folder, aside + begun.slice(ready.length)));
  await files.rename(join(folder, begun), place);
  await flushFolder(folder, files);
}

/** How much of a state there is, in bytes; undefined: none. @param before where version 0.2 kept it */
export function bytesOfState(folder: string, before?: string): number | undefined {
  const journal = journalFolder(folder);
  if (existsSync(journal))
    return readdirSync(journal, { withFileTypes: true }).reduce(
      (sum, file) => sum + (file.isFile() ? statSync(join(journal, file.name)).size : 0),
      0,
    );
  const old = [folder, before ?? folder].map((each) => join(each, 'state.json')).find((path) => existsSync(path));
  return old === undefined ? undefined : statSync(old).size;
}

/** What was put aside, by name, oldest first. */
export const putAside = async (folder: string) => (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(aside)).sort();

/** A state of version 0.1 or 0.2, one file, in `folder` or else in `before`. @throws UnreadableStateError */
export async function readOldKept(
  folder: string,
  before: string | undefined,
  log?: Log,
): Promise<(Kept & { readonly from: string }) | undefined> {
  for (const from of [folder, ...(before === undefined ? [] : [before])]) {
    const dump = await readOld(from, log);
    if (dump) return { dump, archive: await archiveTexts(join(from, 'archive')), from };
  }
  return undefined;
}

/**
 * A state of version 0.1 or 0.2 becomes a journal, where there is none yet. The old files are left as they were.
 * @throws UnreadableStateError · NewerStateError · LockedError when a bot of before still runs
 */
export async function takeOverOld(folder: string, before: string | undefined, log: Log, files: FileSystem): Promise<void> {
  if ((await readdir(folder)).includes('journal')) return;
  const old = await readOldKept(folder, before, log);
  if (!old) return;
  const { from } = old;
  refuseRunning(join(from, 'lock'), await readIfThere(join(from, 'lock')));
  await writeKept(folder, old, files);
  // Keys, pictures, the login.
  const isOfState = /^(?:state\.json.*|archive.*|lock|owner)$/;
  if (from !== folder) {
    for (const name of await readdir(from))
      if (!isOfState.test(name)) await cp(join(from, name), join(folder, name), { recursive: true, preserveTimestamps: true });
  }
  await files.rename(`${journalFolder(folder)}.new`, journalFolder(folder));
  await flushFolder(folder, files);
  log.warn({ from, to: folder }, 'the state of an older version was taken over; its files are left as they were, with everything in them');
}

/** Writes a state beside the one that is there, flushed. */
async function writeKept(folder: string, { dump, archive }: Kept, files: FileSystem): Promise<void> {
  const place = `${journalFolder(folder)}.new`;
  await files.rm(place, { recursive: true, force: true });
  await mkdir(join(place, 'archive'), { recursive: true, mode: 0o700 });
  for (const [name, text] of Object.entries(archive)) await writeNew(join(place, 'archive', name), text, files);
  await flushFolder(join(place, 'archive'), files);
  const whole = loadRows(migrate(dump)).whole();
  await writeSnapshot(place, 1, { whole, schema: schemaVersion, checksum: 0 }, files);
}

/** The state in one file, as versions 0.1 and 0.2 kept it; the file of the commit before when that one is torn. */
async function readOld(folder: string, log: Log | undefined): Promise<Dump | undefined> {
  const path = join(folder, 'state.json');
  const [current, previous] = [await readIfThere(path), await readIfThere(`${path}.previous`)];
  if (current === undefined && previous === undefined) return undefined;
  const dump = dumpIn(current);
  if (dump) return dump;
  const older = dumpIn(previous);
  if (!older) throw new UnreadableStateError(path, 'it cannot be read, nor the one before it');
  log?.error({ path }, 'the state file is missing or torn: starting from the previous one; what was committed last may be gone');
  return older;
}

function dumpIn(text: string | undefined): Dump | undefined {
  try {
    const dump: Partial<Dump> = JSON.parse(text ?? '');
    return typeof dump.version === 'number' && typeof dump.tables === 'object' && typeof dump.counters === 'object'
      ? (dump as Dump)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Version 0.2 knew its owner by the number of its process, and removed the file when it ended. */
function refuseRunning(path: string, text: string | undefined): void {
  const pid = /^\{"pid":(\d+),"at":/.exec(text ?? '')?.[1];
  if (pid === undefined || Number(pid) === process.pid) return;
  try {
    process.kill(Number(pid), 0);
  } catch {
    return;
  }
  throw new LockedError(path, `process ${pid}`);
}
