import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type FileSystem, nodeFiles } from '../../src/adapters/store/durable-file.ts';
import { openLowdbStore } from '../../src/adapters/store/lowdb.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { steadyIds } from '../../src/adapters/system/system.ts';
import { openDesk } from '../../src/cli/desk.ts';
import type { App } from '../../src/desk/kernel/desk.ts';
import type { Store } from '../../src/desk/kernel/ports.ts';
import { shippedContent } from '../support/content.ts';

let folder: string;
let full: boolean;
let store: Store;
let app: App;
let said: string[];
let count = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-full-'));
  full = false;
  said = [];
  const files: FileSystem = {
    ...nodeFiles,
    open: (async (...how: Parameters<FileSystem['open']>) => {
      if (full) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      return nodeFiles.open(...how);
    }) as FileSystem['open'],
  };
  store = await openLowdbStore({ folder, log: silentLog, files });
  app = openDesk({
    store,
    channel: { send: async ({ text }) => void said.push(text) },
    content: shippedContent(),
    clock: { now: () => new Date('2026-11-23T02:00:00Z') },
    ids: steadyIds(),
  });
  await store.transaction((tx) => tx.put('people', { id: '张奶奶', name: '张奶奶', reachable: true }));
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

async function say(text: string): Promise<string> {
  said.length = 0;
  await app.hear({ id: `m${++count}`, person: '张奶奶', text, kind: 'text', addressed: true });
  await app.outbox.pump().catch(() => undefined);
  return said.join('\n');
}

describe('when the disk is full', () => {
  test('the resident hears that it was not taken down, and nothing is kept in memory either', async () => {
    full = true;
    expect(await say('3栋2单元楼道灯不亮')).toContain('没有记下来');
    expect(await store.transaction((tx) => tx.find('appeals'))).toEqual([]);
  });

  test('danger still gets its card', async () => {
    full = true;
    expect(await say('屋头有煤气味')).toContain('119');
  });

  test('it goes on as soon as there is room, and no number was lost', async () => {
    full = true;
    await say('3栋2单元楼道灯不亮');
    full = false;
    expect(await say('3栋2单元楼道灯不亮')).toContain('SQ261123-001');
    expect(JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')).tables.appeals).toHaveLength(1);
  });
});
