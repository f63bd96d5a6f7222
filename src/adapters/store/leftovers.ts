import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inShanghai } from '../../domain/time/clock-time.ts';

/** A backup, or what was put aside as one, that a crash left half made, with whose it is. */
const halfMade = /^(.+)(?:-\d{4}-\d{2}-\d{2}-\d{4}|\.before-restore-\d{14})\.backup\.gz\.new$/;
/**
 * What a restore, or a start after a crash, has put aside: `journal.before-restore-20261126031500`, `main.before-restore-20261126031500.backup.gz`,
 * `state.json.torn-1795662900000`.
 */
const putAside = /\.(?:before-restore-(\d{4})(\d{2})(\d{2})\d{6}(?:\.backup\.gz)?|torn-(\d{13}))$/;

/** A moment in the name of what is put aside at it: yyyyMMddHHmmss, UTC. */
export function stampOf(moment: Date): string {
  return moment
    .toISOString()
    .replace(/[^0-9]/g, '')
    .slice(0, 14);
}

/** A name with the stamp of a moment, or of the next second at which there is none of this name yet: nothing that was put aside is overwritten. */
export function freeAsideName(names: readonly string[], moment: Date, nameOf: (stamp: string) => string): string {
  for (let time = moment.getTime(); ; time += 1000) {
    const name = nameOf(stampOf(new Date(time)));
    if (!names.includes(name)) return name;
  }
}

/** Removes half-made backups of a channel. Backups are made one after the other: whatever is there before one is begun is nobody's. */
export async function forgetHalfMade(target: string, channel: string): Promise<void> {
  const left = (await readdir(target)).filter((name) => halfMade.exec(name)?.[1] === channel);
  for (const name of left) await rm(join(target, name), { force: true });
}

/** Removes copies of a state that were put aside before a day (yyyy-MM-dd in Shanghai): they are kept as long as backups. */
export async function forgetAside(folder: string, oldest: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const day = dayOf(name);
    if (day !== undefined && day < oldest) await rm(join(folder, name), { recursive: true, force: true });
  }
}

function dayOf(name: string): string | undefined {
  const [, year, month, day, torn] = putAside.exec(name) ?? [];
  if (torn !== undefined) return inShanghai(new Date(Number(torn))).date;
  return year === undefined ? undefined : `${year}-${month}-${day}`;
}
