import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { papersFolder } from '../../desk/kernel/papers.ts';

/** They hold what residents wrote: kept until whoever asked has surely got them (a delivery waits for 90 days at most), then forgotten. */
const keptDays = 100;

/** Keeps a file under that name, making it only when it is not there yet. @returns its path below the media folder: apart from what came from residents */
export async function keepFile(media: string, name: string, make: () => Promise<string | Uint8Array>): Promise<string> {
  const folder = join(media, papersFolder);
  const path = join(folder, name);
  const now = new Date();
  try {
    await utimes(path, now, now);
  } catch {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await forgetOld(folder, now);
    const unfinished = join(folder, `.${randomUUID()}`);
    await writeFile(unfinished, await make(), { mode: 0o600 });
    await rename(unfinished, path);
  }
  return `${papersFolder}${name}`;
}

async function forgetOld(folder: string, now: Date): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const made = await stat(path).catch(() => undefined);
    if (made && now.getTime() - made.mtimeMs > keptDays * 24 * 3_600_000) await rm(path, { force: true });
  }
}
