import { type FileSystem, nodeFiles } from '../src/adapters/store/durable-file.ts';
import { writtenBy } from '../test/support/written.ts';

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
        const [datasync, sync] = [handle.datasync.bind(handle), handle.sync.bind(handle)];
        const flushed = (flush: () => Promise<void>) => async () => {
          if (!isBeside(path)) counted.flushes++;
          await flush();
        };
        writtenBy(handle, async (bytes, write, at) => {
          counted[isBeside(path) ? 'snapshots' : 'appended'] += bytes.length;
          // What is written at its place is on disk when it is done.
          if (at !== undefined && nodeFiles.dsync !== 0) counted.flushes++;
          await write(bytes);
        });
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
