import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { nodeFiles } from '../../src/adapters/store/durable-file.ts';
import { LockedError } from '../../src/adapters/store/lock.ts';
import { openLowdbStore, UnreadableStateError } from '../../src/adapters/store/lowdb.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { storeContract } from './contract.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const log = silentLog;
const path = () => join(folder, 'state.json');
const hear = (id: string) => ({ id, at: '2026-11-23T00:00:00.000Z' });

storeContract('lowdb', {
  open: () => openLowdbStore({ folder, log }),
  async reopen(store) {
    await store.close();
    return openLowdbStore({ folder, log });
  },
});

describe('lowdb on disk', () => {
  test('a transaction that resolved is in the file', async () => {
    const store = await openLowdbStore({ folder, log });
    await store.transaction((tx) => tx.insert('heard', hear('a')));
    expect(JSON.parse(readFileSync(path(), 'utf8')).tables.heard).toEqual([hear('a')]);
    await store.close();
  });

  test('many transactions at once need few writes', async () => {
    let writes = 0;
    const counting: typeof rename = async (from, to) => {
      if (String(to) === path()) writes++;
      await rename(from, to);
    };
    const store = await openLowdbStore({ folder, log, files: { ...nodeFiles, rename: counting } });
    await Promise.all(Array.from({ length: 200 }, (_, index) => store.transaction((tx) => tx.insert('heard', hear(String(index))))));
    expect(writes).toBeLessThan(10);
    await store.close();
  });

  test('a write that fails fails its transactions, and memory equals disk', async () => {
    let full = false;
    const failing: typeof open = async (...args) => {
      if (full) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      return open(...args);
    };
    const store = await openLowdbStore({ folder, log, files: { ...nodeFiles, open: failing } });
    await store.transaction((tx) => tx.insert('heard', hear('before')));
    full = true;
    const tries = await Promise.allSettled(['a', 'b', 'c'].map((id) => store.transaction((tx) => tx.insert('heard', hear(id)))));
    expect(tries.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    full = false;
    expect(await store.transaction((tx) => tx.find('heard'))).toEqual([hear('before')]);
    await store.transaction((tx) => tx.insert('heard', hear('after')));
    await store.close();
    expect(JSON.parse(readFileSync(path(), 'utf8')).tables.heard.map(({ id }: { id: string }) => id)).toEqual(['before', 'after']);
  });

  test('a torn file: the previous one is taken, loudly, and the torn one is kept', async () => {
    const store = await openLowdbStore({ folder, log });
    await store.transaction((tx) => tx.insert('heard', hear('first')));
    await store.transaction((tx) => tx.insert('heard', hear('second')));
    await store.close();
    writeFileSync(path(), readFileSync(path(), 'utf8').slice(0, 60));
    const loud: string[] = [];
    const again = await openLowdbStore({ folder, log: { ...log, error: (_, message) => loud.push(message) } });
    expect((await again.transaction((tx) => tx.find('heard'))).map(({ id }) => id)).toEqual(['first']);
    expect(loud.join()).toContain('previous');
    await again.close();
  });

  test('when neither file can be read it does not start empty over them', async () => {
    writeFileSync(path(), '{"version":1,');
    await expect(openLowdbStore({ folder, log })).rejects.toThrow(UnreadableStateError);
    expect(readFileSync(path(), 'utf8')).toBe('{"version":1,');
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });

  test('a state written by a newer program is refused, not touched', async () => {
    writeFileSync(path(), '{"version":999,"counters":{},"tables":{}}');
    await expect(openLowdbStore({ folder, log })).rejects.toThrow('newer version');
  });
});

/** The number of a thread of this process, where the system tells it; otherwise one that nobody has. */
function threadOfOurs(): number {
  const tasks = existsSync('/proc/self/task') ? readdirSync('/proc/self/task').map(Number) : [];
  return tasks.find((id) => id !== process.pid) ?? 2 ** 22 + 1;
}

describe('the lock', () => {
  const holder = (pid: number, at: number) => writeFileSync(join(folder, 'lock'), JSON.stringify({ pid, at }));

  test('a second living process is refused in words', async () => {
    // The parent of this test process lives, and is not this process.
    holder(process.ppid, Date.now());
    await expect(openLowdbStore({ folder, log })).rejects.toThrow(LockedError);
  });

  test.each([
    ['a process that was killed', 2 ** 22 + 1, () => Date.now()],
    ['a process from before the machine was started', process.ppid, () => 0],
    ['our predecessor with the same pid, as in a container', process.pid, () => Date.now()],
    ['a process whose number one of our threads has now', threadOfOurs(), () => Date.now()],
  ])('the lock of %s is taken over', async (_, pid, at) => {
    holder(pid, at());
    const store = await openLowdbStore({ folder, log });
    await store.close();
  });
});
