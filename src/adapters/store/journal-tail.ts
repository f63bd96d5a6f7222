import { dirname } from 'node:path';
import { checkedLine } from './checked-lines.ts';
import { type FileSystem, flushFolder } from './durable-file.ts';

/** The end of a journal, to which lines are added. */
export interface Tail {
  /** Resolves when the line would survive a power cut; when it rejects, the line is gone, or goes before the next one is written. */
  add(json: string): Promise<void>;
  /** The checksum of the last line. */
  readonly checksum: number;
  /** So long the file is. */
  readonly bytes: number;
  close(): Promise<void>;
}

/** What of a file is whole. */
export interface End {
  readonly bytes: number;
  readonly checksum: number;
  /** So many bytes follow that are of no whole line. */
  readonly cutOff: number;
}

export async function openTail(path: string, end: End, files: FileSystem): Promise<Tail> {
  const handle = await files.open(path, 'a', 0o600);
  let { bytes, checksum } = end;
  let isClean = end.cutOff === 0;
  const clean = async () => {
    if (isClean) return;
    await handle.truncate(bytes);
    await handle.datasync();
    isClean = true;
  };
  try {
    await clean();
    // A commit is found again only when its file is.
    await flushFolder(dirname(path), files);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return {
    async add(json) {
      const line = checkedLine(json, checksum);
      await clean();
      isClean = false;
      try {
        await handle.writeFile(line.bytes);
        await handle.datasync();
      } catch (error) {
        // At once: a process that is killed before the next commit leaves nothing that was refused.
        await clean().catch(() => undefined);
        throw error;
      }
      isClean = true;
      bytes += line.bytes.length;
      checksum = line.checksum;
    },
    get checksum() {
      return checksum;
    },
    get bytes() {
      return bytes;
    },
    close: () => handle.close(),
  };
}
