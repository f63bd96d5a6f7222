import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import type { BackupMade, Backups } from '../../desk/kernel/ports.ts';
import { clockTime, dateAfter, fromShanghai, inShanghai, plusDays } from '../../domain/time/clock-time.ts';
import { archiveName } from './archive-files.ts';
import { writeNew } from './durable-file.ts';
import { type Kept, readKept } from './kept-files.ts';
import { forgetAside, forgetHalfMade } from './leftovers.ts';
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
    const path = join(target, file);
    const kept = await read();
    if (kept === undefined) throw new BackupError(`${name} holds no state yet`);
    const [state, { archive }] = [dumpText(kept.dump), kept];
    const content: Backup = { format, madeAt: at.toISOString(), state, archive, sum: sumOf(state, archive) };
    await writeNew(`${path}.new`, [await pack(JSON.stringify(content))]);
    const made = await verify(`${path}.new`, file);
    await rename(`${path}.new`, path);
    const oldest = inShanghai(plusDays(at, -keptDays)).date;
    await forgetOld(target, [name, ...(before === undefined ? [] : [before])], oldest);
    if (aside !== undefined) await forgetAside(aside, oldest);
    return made;
  }
}

/** A moment in the name of what is put aside at it: yyyyMMddHHmmss, UTC. */
export function stampOf(moment: Date): string {
  return moment
    .toISOString()
    .replace(/[^0-9]/g, '')
    .slice(0, 14);
}

/** The backup in `target` that was made last, of those whose names begin so. */
export async function newestBackup(target: string, name: string): Promise<{ readonly path: string; readonly madeAt: Date } | undefined> {
  const files = (await readdir(target).catch(() => [])).filter((file) => dayOf(file, name) !== undefined);
  const file = files.sort().at(-1);
  const [, date = '', hour, minute] = /-(\d{4}-\d{2}-\d{2})-(\d{2})(\d{2})\./.exec(file ?? '') ?? [];
  return file === undefined ? undefined : { path: join(target, file), madeAt: fromShanghai(date, `${hour}:${minute}`) };
}

/** Reads a backup back as a restore would. @throws BackupError when it is not whole */
export async function readBackup(path: string): Promise<{ readonly kept: Kept; readonly rows: number }> {
  try {
    const backup = backupSchema.parse(JSON.parse((await unpack(await readFile(path))).toString('utf8')));
    if (sumOf(backup.state, backup.archive) !== backup.sum) throw new Error('its check sum does not fit');
    const dump: Dump = migrate(JSON.parse(backup.state));
    loadRows(dump);
    return { kept: { dump, archive: backup.archive }, rows: Object.values(dump.tables).reduce((count, rows) => count + rows.length, 0) };
  } catch (error) {
    throw new BackupError(`${path} is no whole backup: ${(error as Error).message}`);
  }
}

async function verify(path: string, name: string): Promise<BackupMade> {
  const { rows } = await readBackup(path);
  return { name, rows, bytes: (await stat(path)).size };
}

async function forgetOld(target: string, names: readonly string[], oldest: string): Promise<void> {
  for (const file of await readdir(target)) {
    const date = names.map((name) => dayOf(file, name)).find((day) => day !== undefined);
    if (date !== undefined && date < oldest) await rm(join(target, file));
  }
}

const fileName = /^(.+)-(\d{4}-\d{2}-\d{2})-\d{4}\.backup\.gz$/;

/** Whose backup a file is, by its name; undefined for any other file. */
export function nameOfBackup(file: string): string | undefined {
  return fileName.exec(file)?.[1];
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
