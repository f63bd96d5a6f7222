import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What of the file system a durable file needs; a test may let any of it fail. */
export interface FileSystem {
  readonly open: typeof open;
  readonly rename: typeof rename;
  readonly link: typeof link;
  readonly rm: typeof rm;
}

export const nodeFiles: FileSystem = { open, rename, link, rm };

export const previousOf = (path: string) => `${path}.previous`;

/**
 * Replaces a file so that at every moment there is a whole one: a temporary file is written and flushed, the file that was
 * there is kept beside it as `.previous` (unless it holds what must be gone), the temporary file is renamed over it, and the
 * folder is flushed where the platform can (Windows cannot).
 */
export async function replaceFile(path: string, text: string, files: FileSystem = nodeFiles, keep = true): Promise<void> {
  const temporary = `${path}.new`;
  const handle = await files.open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (keep) await keepPrevious(path, files);
  await files.rename(temporary, path);
  await flushFolder(dirname(path), files);
}

/** Adds to the end of a file and flushes it. */
export async function appendFile(path: string, text: string, files: FileSystem = nodeFiles): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const handle = await files.open(path, 'a', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The text of a file; undefined when there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A hard link, so that the file itself is never missing; on file systems without links it is missing for an instant. */
async function keepPrevious(path: string, files: FileSystem): Promise<void> {
  const kept = previousOf(path);
  const passing = `${kept}.new`;
  try {
    await files.rm(passing, { force: true });
    await files.link(path, passing);
    await files.rename(passing, kept);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EXDEV') throw error;
    await files.rename(path, kept);
  }
}

async function flushFolder(folder: string, files: FileSystem): Promise<void> {
  try {
    const handle = await files.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EPERM' && code !== 'EISDIR' && code !== 'EINVAL' && code !== 'EACCES') throw error;
  }
}
