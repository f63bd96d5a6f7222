import { constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkedLine } from './checked-lines.ts';
import { type FileSystem, flushFolder } from './durable-file.ts';

/** The end of a journal, to which lines are added. */
export interface Tail {
  /** Resolves when the line would survive a power cut; when it rejects, the line is gone, or goes before the next one is written. */
  add(json: string): Promise<void>;
  /** The checksum of the last line. */
  readonly checksum: number;
  /** So long the file is, without the room behind its lines. */
  readonly bytes: number;
  close(): Promise<void>;
}

/** What of a file is whole. */
export interface End {
  readonly bytes: number;
  readonly checksum: number;
  /** So many bytes follow that are of no whole line. */
  readonly cutOff: number;
  /** … and so many are room. */
  readonly room: number;
}

/**
 * A file is made so much longer than its lines: a line that makes it no longer costs less, since the file system need not write down a new length
 * with each. What is not written yet reads as zeros.
 */
const ahead = 256 * 1024;

/** A journal as it was read, without the room behind its lines: text has no zeros. */
export function withoutRoom(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.subarray(0, end);
}

export async function openTail(path: string, end: End, files: FileSystem): Promise<Tail> {
  const handle = await files.open(path, constants.O_RDWR | constants.O_CREAT | files.dsync, 0o600);
  let { bytes, checksum } = end;
  /** The room ends there; undefined: what stands behind the lines has to be cut off first. */
  let reserved = end.cutOff === 0 ? bytes + end.room : undefined;
  const flush = async () => {
    if (files.dsync === 0) await handle.datasync();
  };
  const write = async (what: Buffer, at: number) => {
    for (let done = 0; done < what.length; ) done += (await handle.write(what, done, what.length - done, at + done)).bytesWritten;
    await flush();
  };
  const clean = async (): Promise<number> => {
    await handle.truncate(bytes);
    await handle.datasync();
    return bytes;
  };
  try {
    reserved ??= await clean();
    // A commit is found again only when its file is.
    await flushFolder(dirname(path), files);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return {
    async add(json) {
      const line = checkedLine(json, checksum);
      let ends = reserved ?? (await clean());
      reserved = undefined;
      try {
        if (bytes + line.bytes.length > ends) {
          ends = bytes + line.bytes.length + ahead;
          await handle.truncate(ends);
        }
        await write(line.bytes, bytes);
      } catch (error) {
        // At once: a process that is killed before the next commit leaves nothing that was refused.
        reserved = await clean().catch(() => undefined);
        throw error;
      }
      reserved = ends;
      bytes += line.bytes.length;
      checksum = line.checksum;
    },
    get checksum() {
      return checksum;
    },
    get bytes() {
      return bytes;
    },
    async close() {
      // A copy of the folder need not carry the room.
      await handle.truncate(bytes).catch(() => undefined);
      await handle.close();
    },
  };
}
