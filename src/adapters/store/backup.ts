import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import type { BackupMade, Backups } from '../../desk/kernel/ports.ts';
import { clockTime, dateAfter, fromShanghai, inShanghai, plusDays } from '../../domain/time/clock-time.ts';
import { previousOf, readIfThere, replaceFile } from './durable-file.ts';
import { forgetAside, forgetHalfMade } from './leftovers.ts';
import { takeLock } from './lock.ts';
import { migrate } from './migrations.ts';
import { type Dump, loadRows } from './rows.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** How long copies are kept. */
const keptDays = 14;
const format = 'lianxinqiao-backup/1';
const ending = '.backup.gz';

const backupSchema = z.strictObject({
  format: z.literal(format),
  madeAt: z.iso.datetime(),
  /** The state file as it was. */
  state: z.string(),
  /** The archive files, by name. */
  archive: z.record(z.string().regex(/^[A-Za-z-]+-\d{4}-\d{2}\.jsonl$/), z.string()),
  /** SHA-256 over state and archive. */
  sum: z.string(),
});
type Backup = z.output<typeof backupSchema>;

/** A backup that cannot be used, or that would overwrite something. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/**
 * Copies of the state in `folder`, each one file in `target`. Pictures are not in them: they lie in the folder as files. One is made after
 * the other: the nightly one and one that somebody asks for at that moment have the same name.
 */
export function createBackups(folder: string, target: string): Backups {
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
    await forgetHalfMade(target, basename(folder));
    const clock = inShanghai(at);
    const name = `${basename(folder)}-${clock.date}-${clockTime(clock).replace(':', '')}${ending}`;
    const path = join(target, name);
    // The state first: a row that moves to the archive meanwhile is then in both, never in none.
    const state = await readIfThere(join(folder, 'state.json'));
    if (state === undefined) throw new BackupError(`${folder} holds no state yet`);
    const archive = await readArchive(join(folder, 'archive'));
    const content: Backup = { format, madeAt: at.toISOString(), state, archive, sum: sumOf(state, archive) };
    await writeFile(`${path}.new`, await pack(JSON.stringify(content)), { mode: 0o600, flush: true });
    const made = await verify(`${path}.new`, name);
    await rename(`${path}.new`, path);
    await forgetOld(target, basename(folder), at);
    await forgetAside(folder, inShanghai(plusDays(at, -keptDays)).date);
    return made;
  }
}

/** The backup in `target` of the state in `folder` that was made last. */
export async function newestBackup(target: string, folder: string): Promise<{ readonly path: string; readonly madeAt: Date } | undefined> {
  const names = (await readdir(target).catch(() => [])).filter((name) => name.startsWith(`${basename(folder)}-`) && name.endsWith(ending));
  const name = names.sort().at(-1);
  const [, date = '', hour, minute] = /-(\d{4}-\d{2}-\d{2})-(\d{2})(\d{2})\./.exec(name ?? '') ?? [];
  return name === undefined ? undefined : { path: join(target, name), madeAt: fromShanghai(date, `${hour}:${minute}`) };
}

/** Reads a backup back as a restore would. @throws BackupError when it is not whole */
export async function readBackup(path: string): Promise<{ readonly backup: Backup; readonly rows: number }> {
  try {
    const backup = backupSchema.parse(JSON.parse((await unpack(await readFile(path))).toString('utf8')));
    if (sumOf(backup.state, backup.archive) !== backup.sum) throw new Error('its check sum does not fit');
    const dump: Dump = migrate(JSON.parse(backup.state));
    loadRows(dump);
    return { backup, rows: Object.values(dump.tables).reduce((count, rows) => count + rows.length, 0) };
  } catch (error) {
    throw new BackupError(`${path} is no whole backup: ${(error as Error).message}`);
  }
}

/**
 * Puts a backup in the place of the state in `folder`. What was there is moved aside, never deleted; without `replace` it is
 * not touched and the backup refused.
 * @throws LockedError when a bot works on it · BackupError
 * @returns the ending of what was moved aside, if anything was
 */
export async function restoreBackup(path: string, folder: string, replace: boolean, now: Date): Promise<string | undefined> {
  const { backup } = await readBackup(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unlock = takeLock(join(folder, 'lock'));
  try {
    const state = join(folder, 'state.json');
    const there = (await readIfThere(state)) !== undefined || (await readIfThere(previousOf(state))) !== undefined;
    if (there && !replace) throw new BackupError(`${folder} holds a state already; add --replace to put it aside`);
    const aside = `.before-restore-${now
      .toISOString()
      .replace(/[^0-9]/g, '')
      .slice(0, 14)}`;
    if (there) for (const each of [state, previousOf(state), join(folder, 'archive')]) await moveAside(each, aside);
    await mkdir(join(folder, 'archive'), { recursive: true, mode: 0o700 });
    for (const [name, text] of Object.entries(backup.archive))
      await writeFile(join(folder, 'archive', name), text, { mode: 0o600, flush: true });
    await replaceFile(state, backup.state);
    return there ? aside : undefined;
  } finally {
    unlock();
  }
}

async function verify(path: string, name: string): Promise<BackupMade> {
  const { rows } = await readBackup(path);
  return { name, rows, bytes: (await stat(path)).size };
}

async function readArchive(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.jsonl')).sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)));
}

async function forgetOld(target: string, channel: string, at: Date): Promise<void> {
  const oldest = inShanghai(plusDays(at, -keptDays)).date;
  for (const name of await readdir(target)) {
    const date = name.startsWith(`${channel}-`) && name.endsWith(ending) ? name.slice(channel.length + 1, channel.length + 11) : undefined;
    if (date !== undefined && date < oldest) await rm(join(target, name));
  }
}

async function moveAside(path: string, suffix: string): Promise<void> {
  await rename(path, path + suffix).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

function sumOf(state: string, archive: Readonly<Record<string, string>>): string {
  return createHash('sha256')
    .update(JSON.stringify([state, Object.entries(archive).sort(([a], [b]) => (a < b ? -1 : 1))]))
    .digest('hex');
}
