import { chmod, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Makes a folder that nobody else on the machine can read, and what lies in it neither: whoever reads the memory card of a login owns
 * the session. On Windows rights are not modes, and the folder is as private as the user's own.
 */
export async function makePrivate(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') return;
  process.umask(0o077);
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true })) if (entry.isFile()) await chmod(join(folder, entry.name), 0o600);
}
