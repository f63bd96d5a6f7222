import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inShanghai } from '../../domain/time/clock-time.ts';

/** A backup that a crash left half made, with whose it is. */
const halfMade = /^(.+)-\d{4}-\d{2}-\d{2}-\d{4}\.backup\.gz\.new$/;
/** What a restore, or a start after a crash, has put aside: `state.json.before-restore-20261126031500`, `state.json.torn-1795662900000`. */
const putAside = /\.(?:before-restore-(\d{4})(\d{2})(\d{2})\d{6}|torn-(\d{13}))$/;

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
