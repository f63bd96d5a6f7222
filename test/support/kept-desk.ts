import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournalStore } from '../../src/adapters/store/journal.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import type { Line } from '../../src/cli/converse.ts';
import { openTestDesk, written } from './desk.ts';

/** A desk whose store lies on the disk. */
export async function openKeptDesk() {
  const folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-kept-'));
  const store = await openJournalStore({ folder, log: silentLog });
  /** The files that were removed. */
  const removed: string[] = [];
  const { app, ...desk } = await openTestDesk({
    store,
    files: { remove: async (file) => void removed.push(file), list: async () => [] },
    media: join(folder, 'media'),
  });
  return {
    store,
    removed,
    app,
    /** @returns what is said after one line, to whom or where, one a line */
    say: async (from: string, text: string, more: Line = {}) => written(await desk.say(from, text, more)).join('\n'),
    /** Everything that lies on the disk, as text; what was drawn is none, nor are check sums and lengths of lines. */
    onDisk() {
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
        (entry) => entry.isFile() && !entry.name.endsWith('.png'),
      );
      // … nor the room behind the lines of a journal.
      const checks = /^[0-9a-f]{8} \d+ |"checksum":\d+|\0+/gm;
      return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8').replace(checks, '')).join('\n');
    },
    async close() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export type KeptDesk = Awaited<ReturnType<typeof openKeptDesk>>;
