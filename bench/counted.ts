import { type FileSystem, nodeFiles } from '../src/adapters/store/durable-file.ts';

/** What is written to disk. */
export interface Counted {
  readonly files: FileSystem;
  /** Bytes added to journals and the archive. */
  appended: number;
  /** Bytes of snapshots. */
  snapshots: number;
  /** Flushes of files that hold commits; those of snapshots are beside the turns. */
  flushes: number;
}

/** Files whose writes are counted. */
export function countedFiles(): Counted {
  const isBeside = (path: string) => path.endsWith('.new');
  const counted: Counted = {
    appended: 0,
    snapshots: 0,
    flushes: 0,
    files: {
      ...nodeFiles,
      open: (async (...how: Parameters<FileSystem['open']>) => {
        const handle = await nodeFiles.open(...how);
        const path = String(how[0]);
        const [write, datasync, sync] = [handle.writeFile.bind(handle), handle.datasync.bind(handle), handle.sync.bind(handle)];
        const flushed = (flush: () => Promise<void>) => async () => {
          if (!isBeside(path)) counted.flushes++;
          await flush();
        };
        handle.writeFile = async (text) => {
          counted[isBeside(path) ? 'snapshots' : 'appended'] += Buffer.byteLength(text as Buffer);
          await write(text);
        };
        handle.datasync = flushed(datasync);
        handle.sync = flushed(sync);
        return handle;
      }) as FileSystem['open'],
    },
  };
  return counted;
}

/** What of it was written since. */
export function since({ appended, snapshots, flushes }: Omit<Counted, 'files'>): (now: Counted) => Omit<Counted, 'files'> {
  return (now) => ({ appended: now.appended - appended, snapshots: now.snapshots - snapshots, flushes: now.flushes - flushes });
}
