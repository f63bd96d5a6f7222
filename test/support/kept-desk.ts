import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLowdbStore } from '../../src/adapters/store/lowdb.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { type Ended, type Line, openStage, type Said } from '../../src/cli/converse.ts';
import { shippedContent } from './content.ts';

/** A desk whose store lies on the disk, on Monday 2026-11-23 at 10:00, with 李主任 and 小周 on the staff. */
export async function openKeptDesk() {
  const folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-kept-'));
  const store = await openLowdbStore({ folder, log: silentLog });
  const heard: (Said | Ended)[] = [];
  /** The files that were removed. */
  const removed: string[] = [];
  const stage = await openStage({
    store,
    content: shippedContent(),
    files: { remove: async (file) => void removed.push(file) },
    media: join(folder, 'media'),
    print: (line) => heard.push(line),
    staff: [
      { name: '李主任', role: 'director' },
      { name: '小周', role: 'worker' },
    ],
    staffRooms: ['工作群'],
    rooms: ['居民群'],
  });
  await stage.take({ at: '2026-11-23T10:00:00+08:00' });
  return {
    store,
    removed,
    app: stage.app,
    /** @returns what is said after one line, to whom or where, one a line */
    async say(from: string, text: string, more: Line = {}) {
      heard.length = 0;
      await stage.take({ from, text, ...more });
      return heard.flatMap((line) => ('kind' in line ? [`${line.room ?? line.to}：${line.text ?? ''}`] : [])).join('\n');
    },
    /** Everything that lies on the disk, as text. */
    onDisk() {
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n');
    },
    async close() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export type KeptDesk = Awaited<ReturnType<typeof openKeptDesk>>;
