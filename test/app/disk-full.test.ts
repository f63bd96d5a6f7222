import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type FileSystem, nodeFiles } from '../../src/adapters/store/durable-file.ts';
import { openJournalStore } from '../../src/adapters/store/journal.ts';
import { readKept } from '../../src/adapters/store/kept-files.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { steadyIds } from '../../src/adapters/system/system.ts';
import { openDesk } from '../../src/cli/desk.ts';
import type { Saying } from '../../src/desk/kernel/accounts.ts';
import type { App } from '../../src/desk/kernel/desk.ts';
import type { Store } from '../../src/desk/kernel/ports.ts';
import { accountThat } from '../support/account.ts';
import { shippedContent } from '../support/content.ts';
import { writtenBy } from '../support/written.ts';

let folder: string;
let full: boolean;
let store: Store;
let app: App;
let said: string[];
let sent: Saying[];
let count = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-full-'));
  full = false;
  said = [];
  sent = [];
  const files: FileSystem = {
    ...nodeFiles,
    open: (async (...how: Parameters<FileSystem['open']>) => {
      const noSpace = () => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      if (full) throw noSpace();
      const handle = await nodeFiles.open(...how);
      // What fits is written before the disk says no.
      writtenBy(handle, async (bytes, write) => {
        await write(full ? bytes.subarray(0, 20) : bytes);
        if (full) throw noSpace();
      });
      return handle;
    }) as FileSystem['open'],
  };
  store = await openJournalStore({ folder, log: silentLog, files });
  app = openDesk({
    store,
    accounts: [
      accountThat((saying) => {
        said.push(saying.text);
        sent.push(saying);
      }),
    ],
    content: shippedContent(),
    clock: { now: () => new Date('2026-11-23T02:00:00Z') },
    ids: steadyIds(),
  });
  await store.transaction(async (tx) => {
    await tx.put('people', { id: '张奶奶', name: '张奶奶', reachable: true });
    await tx.put('people', { id: '小周', name: '小周', role: 'worker', reachable: true });
  });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const hear = (person: string, text: string) => app.hear({ id: `m${++count}`, person, text, kind: 'text', addressed: true });

async function say(text: string, person = '张奶奶'): Promise<string> {
  said.length = 0;
  await hear(person, text);
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
    await store.transaction((tx) => tx.remove('people', '小周'));
    full = true;
    const told = await say('屋头有煤气味');
    expect(told).toContain('119');
    expect(told).toContain('也叫不到社区的人');
  });

  test('staff who can be looked up are called all the same, past the store, and the card says so; of what is restricted the group reads no word', async () => {
    await store.transaction(async (tx) => {
      await tx.put('rooms', { id: '工作群', name: '工作群', kind: 'staff', speaks: 'addressed' });
      await tx.put('people', { id: '李主任', name: '李主任', role: 'director', reachable: true });
    });
    full = true;
    const told = await say('屋头有煤气味');
    expect(told).toContain('【紧急】燃气泄漏');
    expect(told).toContain('没能记下来，不过已经喊了社区的人');
    await say('我不想活了，药在手边');
    expect(
      sent
        .filter(({ to }) => 'room' in to)
        .map(({ text }) => text)
        .join('\n'),
    ).not.toContain('药在手边');
    expect(
      sent
        .filter(({ to }) => !('room' in to) && to.person === '李主任')
        .map(({ text }) => text)
        .join('\n'),
    ).toContain('药在手边');
  });

  test('what staff filled in and could not be kept is never said, neither then nor later', async () => {
    await say('/本地 填', '小周');
    full = true;
    said.length = 0;
    // Both are taken before the disk says no: the second has seen what the first has written.
    await Promise.all([hear('小周', '0858-1111111'), hear('张奶奶', '社区在哪里')]);
    expect(said).toHaveLength(2);
    expect(said.join()).not.toContain('1111111');
    full = false;
    expect(await say('0858-2222222', '小周')).toContain('记下了：0858-2222222');
    await say('好了', '小周');
    expect(await say('1', '小周')).toContain('公布了 1 条');
    expect(await say('社区在哪里')).toContain('0858-2222222');
  });

  test('it goes on as soon as there is room, and no number was lost', async () => {
    full = true;
    await say('3栋2单元楼道灯不亮');
    full = false;
    expect(await say('3栋2单元楼道灯不亮')).toContain('SQ261123-001');
    expect((await readKept(folder))?.dump.tables.appeals).toHaveLength(1);
  });
});
