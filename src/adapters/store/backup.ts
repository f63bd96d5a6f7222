import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import type { BackupMade, Backups } from '../../desk/kernel/ports.ts';
import { clockTime, dateAfter, fromShanghai, inShanghai, plusDays } from '../../domain/time/clock-time.ts';
import { archiveName } from './archive-files.ts';
import { flushFolder, writeNew } from './durable-file.ts';
import { type Kept, readKept } from './kept-files.ts';
import { forgetAside, forgetHalfMade, freeAsideName } from './leftovers.ts';
import { migrate } from './migrations.ts';
import { type Dump, dumpText, loadRows } from './rows.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** How long copies are kept. */
const keptDays = 14;
const format = 'lianxinqiao-backup/1';
const ending = '.backup.gz';

const backupSchema = z.strictObject({
  format: z.literal(format),
  madeAt: z.iso.datetime(),
  /** The dump of the state. */
  state: z.string(),
  /** The archive files, by name. */
  archive: z.record(z.string().regex(archiveName), z.string()),
  /** SHA-256 over state and archive. */
  sum: z.string(),
});
type Backup = z.output<typeof backupSchema>;

/** A backup that cannot be used, or that would overwrite something. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** Whose backups they are. */
export interface BackedUp {
  /** What their names begin with. */
  readonly name: string;
  /** What those of a version before began with. */
  readonly before?: string;
  /** Everything that is kept now; undefined: nothing yet. */
  read(): Promise<Kept | undefined>;
  /** The folder in which a restore puts aside what was there. */
  readonly aside?: string;
}

/** The journal of a community as what is backed up; the bot may be running. */
export function journalToBackUp(folder: string, name: string, before?: string): BackedUp {
  return {
    name,
    ...(before === undefined ? {} : { before }),
    read: () => readKept(folder),
    aside: folder,
  };
}

/**
 * Copies, each one file in `target`. Pictures are not in them: they lie beside the state as files. One is made after
 * the other: the nightly one and one that somebody asks for at that moment have the same name.
 */
export function createBackups({ name, before, read, aside }: BackedUp, target: string): Backups {
  let last: Promise<unknown> = Promise.resolve();
  return {
    make(at) {
      const made = last.then(() => copy(at));
      last = made.catch(() => undefined);
      return made;
    },
    goneOn: (at) => dateAfter(inShanghai(at).date, keptDays + 1),
  };

  async function copy(at: Date): Promise<BackupMade> {
    await mkdir(target, { recursive: true, mode: 0o700 });
    await forgetHalfMade(target, name);
    const clock = inShanghai(at);
    const file = `${name}-${clock.date}-${clockTime(clock).replace(':', '')}${ending}`;
    const kept = await read();
    if (kept === undefined) throw new BackupError(`${name} holds no state yet`);
    const path = join(target, `${file}.new`);
    await write(path, kept, at);
    const made = { name: file, rows: (await readBackup(path)).rows, bytes: (await stat(path)).size };
    await rename(path, join(target, file));
    await flushFolder(target);
    const oldest = inShanghai(plusDays(at, -keptDays)).date;
    await forgetOld(target, [name, ...(before === undefined ? [] : [before])], oldest);
    for (const folder of [target, ...(aside === undefined ? [] : [aside])]) await forgetAside(folder, oldest);
    return made;
  }
}

/**
 * Puts what is kept of a community aside as a file in `target`, before something else comes in its place. It need not be of a version
 * that this program reads: going back to an older program goes through here.
 * @returns the name of the file, which is no backup's and goes when it is as old as one may be
 */
export async function putAsideIn(target: string, name: string, kept: Kept, at: Date): Promise<string> {
  await mkdir(target, { recursive: true, mode: 0o700 });
  const names = await readdir(target);
  const file = freeAsideName(names, at, (stamp) => `${name}.before-restore-${stamp}${ending}`);
  const path = join(target, `${file}.new`);
  await write(path, kept, at);
  await readWhole(path);
  await rename(path, join(target, file));
  await flushFolder(target);
  return file;
}

async function write(path: string, { dump, archive }: Kept, at: Date): Promise<void> {
  const state = dumpText(dump);
  const content: Backup = { format, madeAt: at.toISOString(), state, archive, sum: sumOf(state, archive) };
  await writeNew(path, [await pack(JSON.stringify(content))]);
}

/** The backup in `target` that was made last, of those whose names begin so. */
export async function newestBackup(target: string, name: string): Promise<{ readonly path: string; readonly madeAt: Date } | undefined> {
  const files = (await readdir(target).catch(() => [])).filter((file) => dayOf(file, name) !== undefined);
  const file = files.sort().at(-1);
  const [, date = '', hour, minute] = /-(\d{4}-\d{2}-\d{2})-(\d{2})(\d{2})\./.exec(file ?? '') ?? [];
  return file === undefined ? undefined : { path: join(target, file), madeAt: fromShanghai(date, `${hour}:${minute}`) };
}

/** A backup that was read. */
export interface ReadBackup {
  readonly kept: Kept;
  readonly rows: number;
  readonly madeAt: Date;
}

/** What is in the backups of the same community in the same folder that were made after one, as far as they are whole. @param path the file of that one */
export async function newerBackups(path: string, madeAt: Date): Promise<Kept[]> {
  const [folder, whose] = [dirname(path), nameOfBackup(basename(path))];
  const names = whose === undefined ? [] : (await readdir(folder)).filter((file) => nameOfBackup(file) === whose).sort();
  const kept: Kept[] = [];
  for (const name of names) {
    const newer = await readBackup(join(folder, name)).catch(() => undefined);
    if (newer && newer.madeAt > madeAt) kept.push(newer.kept);
  }
  return kept;
}

/** Reads a backup back as a restore would. @throws BackupError when it is not whole */
export async function readBackup(path: string): Promise<ReadBackup> {
  const { state, archive, madeAt } = await readWhole(path);
  try {
    const dump: Dump = migrate(JSON.parse(state));
    loadRows(dump);
    const rows = Object.values(dump.tables).reduce((count, each) => count + each.length, 0);
    return { kept: { dump, archive }, rows, madeAt: new Date(madeAt) };
  } catch (error) {
    throw new BackupError(`${path} is no whole backup: ${(error as Error).message}`);
  }
}

/** A backup that is as it was written, of whatever version. @throws BackupError */
async function readWhole(path: string): Promise<Backup> {
  try {
    const backup = backupSchema.parse(JSON.parse((await unpack(await readFile(path))).toString('utf8')));
    if (sumOf(backup.state, backup.archive) !== backup.sum) throw new Error('its check sum does not fit');
    return backup;
  } catch (error) {
    throw new BackupError(`${path} is no whole backup: ${(error as Error).message}`);
  }
}

async function forgetOld(target: string, names: readonly string[], oldest: string): Promise<void> {
  for (const file of await readdir(target)) {
    const date = names.map((name) => dayOf(file, name)).find((day) => day !== undefined);
    if (date !== undefined && date < oldest) await rm(join(target, file));
  }
}

const fileName = /^(.+)-(\d{4}-\d{2}-\d{2})-\d{4}\.backup\.gz$/;
const asideName = /^(.+)\.before-restore-\d{14}\.backup\.gz$/;

/** Whose state is in a file, by its name: of a backup, or of what a restore put aside; undefined for any other file. */
export function nameOfBackup(file: string): string | undefined {
  return (fileName.exec(file) ?? asideName.exec(file))?.[1];
}

/** The day of a backup of this name, by that of its file; undefined for any other file. */
function dayOf(file: string, name: string): string | undefined {
  const [, whose, day] = fileName.exec(file) ?? [];
  return whose === name ? day : undefined;
}

function sumOf(state: string, archive: Readonly<Record<string, string>>): string {
  return createHash('sha256')
    .update(JSON.stringify([state, Object.entries(archive).sort(([a], [b]) => (a < b ? -1 : 1))]))
    .digest('hex');
}
