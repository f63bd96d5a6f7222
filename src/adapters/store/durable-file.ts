import { constants, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { takeLock } from './lock.ts';

/** What of the file system a durable file needs; a test may let any of it fail. */
export interface FileSystem {
  readonly open: typeof open;
  readonly rename: typeof rename;
  readonly rm: typeof rm;
  readonly lock: typeof takeLock;
  /** With it a file is opened of which each write is on disk when it is done; 0 where there is no such thing, and files are flushed. */
  readonly dsync: number;
}

/** Elsewhere than on Linux the flag is missing, or promises less than a flush does (macOS keeps what was written in the disk's own memory). */
export const nodeFiles: FileSystem = { open, rename, rm, lock: takeLock, dsync: process.platform === 'linux' ? constants.O_DSYNC : 0 };

/**
 * Replaces a file so that at every moment there is a whole one: a temporary file is written and flushed, renamed over it, and the folder is
 * flushed where the platform can (Windows cannot).
 * @param parts the text, in as many parts as it comes
 */
export async function replaceFile(
  path: string,
  parts: string | Iterable<Buffer> | AsyncIterable<Buffer>,
  files: FileSystem = nodeFiles,
): Promise<void> {
  const temporary = `${path}.new`;
  await writeNew(temporary, parts, files);
  await files.rename(temporary, path);
  await flushFolder(dirname(path), files);
}

/** Writes a file, flushed. */
export async function writeNew(
  path: string,
  parts: string | Iterable<Buffer> | AsyncIterable<Buffer>,
  files: FileSystem = nodeFiles,
): Promise<void> {
  const handle = await files.open(path, 'w', 0o600);
  try {
    if (typeof parts === 'string') await handle.writeFile(parts);
    else for await (const part of parts) await handle.writeFile(part);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Adds to the end of a file and flushes it. */
export async function appendFile(path: string, text: Buffer, files: FileSystem = nodeFiles): Promise<void> {
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

/** Flushes the names in a folder. */
export async function flushFolder(folder: string, files: FileSystem = nodeFiles): Promise<void> {
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
