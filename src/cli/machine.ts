import { existsSync, readdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { newestBackup, readBackup } from '../adapters/store/backup.ts';
import { lockFile } from '../adapters/store/journal.ts';
import { bytesOfState } from '../adapters/store/kept-files.ts';
import { ownerOfLock } from '../adapters/store/lock.ts';
import { type Finding, finding } from '../desk/keeping/health.ts';
import type { Say } from '../desk/kernel/say.ts';
import { plusDays, spokenDay } from '../domain/time/clock-time.ts';
import type { Community } from './community.ts';
import { type DatabaseSettings, ownerIn } from './database.ts';
import { wordsFor } from './host-words.ts';

/** What of the computer the bot depends on. */
export interface Machine {
  readonly say: Say;
  readonly now: Date;
  readonly community: Community;
  /** The folder of the backups. */
  readonly backups: string;
  /** Where the fonts of pictures lie. */
  readonly fonts: string;
}

const megabyte = 1024 ** 2;
/** Below so much no picture or backup is safe; below so much more somebody should clear up. */
const diskLeast = 200 * megabyte;
const diskEnough = 1024 * megabyte;
/** All of it is held in memory, several times as large. */
const stateEnough = 100 * megabyte;

/** How the computer stands. */
export async function machineHealth(machine: Machine): Promise<Finding[]> {
  return [...(await state(machine)), ...(await disk(machine)), ...fontFiles(machine), ...(await backup(machine))];
}

async function state({ say, community }: Machine): Promise<Finding[]> {
  if (community.database) return stateIn(community.database, community.id, say);
  const bytes = bytesOfState(community.folder, community.before);
  const size = bytes === undefined ? '' : (bytes / megabyte).toFixed(1);
  return [
    running(ownerOfLock(lockFile(community.folder)), say),
    bytes === undefined
      ? finding('state', 'look', say('doctor.noState'))
      : finding('state', bytes > stateEnough ? 'look' : 'well', say(bytes > stateEnough ? 'doctor.stateBig' : 'doctor.state', { size })),
  ];
}

const running = (owner: string | undefined, say: Say) =>
  owner === undefined ? finding('running', 'look', say('doctor.notRunning')) : finding('running', 'well', say('doctor.running', { owner }));

async function stateIn(database: DatabaseSettings, community: string, say: Say): Promise<Finding[]> {
  try {
    const { owner, server } = await ownerIn(database, community);
    return [running(owner, say), finding('state', 'well', say('doctor.database', { server }))];
  } catch (error) {
    return [finding('state', 'broken', wordsFor(error, say) ?? say('doctor.stateBad', { what: (error as Error).message }))];
  }
}

async function disk({ say, community: { folder } }: Machine): Promise<Finding[]> {
  const there = [folder, join(folder, '..'), '.'].find((each) => existsSync(each)) ?? '.';
  const { bavail, bsize } = await statfs(there);
  const free = bavail * bsize;
  const size = (free / megabyte / 1024).toFixed(1);
  if (free < diskEnough) return [finding('disk', free < diskLeast ? 'broken' : 'look', say('doctor.diskFull', { size }))];
  return [finding('disk', 'well', say('doctor.disk', { size }))];
}

/** Without its font a picture would have no words in it. */
function fontFiles({ say, fonts: folder }: Machine): Finding[] {
  const found = existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.ttf'));
  return [found ? finding('fonts', 'well', say('doctor.fonts')) : finding('fonts', 'look', say('doctor.noFonts', { folder }))];
}

/** The daily backup is made at night: two days without one are one too many. */
const backupDays = 2;

async function backup({ say, now, community: { id, folder, before }, backups }: Machine): Promise<Finding[]> {
  const last = await newestBackup(backups, id);
  if (last === undefined) return bytesOfState(folder, before) !== undefined ? [finding('backup', 'look', say('doctor.noBackup'))] : [];
  const date = spokenDay(last.madeAt);
  try {
    await readBackup(last.path);
  } catch {
    return [finding('backup', 'look', say('doctor.backupBad', { file: last.path }))];
  }
  return last.madeAt < plusDays(now, -backupDays)
    ? [finding('backup', 'look', say('doctor.backupOld', { date }))]
    : [finding('backup', 'well', say('doctor.backup', { date, file: last.path }))];
}
