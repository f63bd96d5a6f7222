import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { countedFiles } from '../../bench/counted.ts';
import { type FileSystem, nodeFiles } from '../../src/adapters/store/durable-file.ts';
import { openCopy, openJournalStore } from '../../src/adapters/store/journal.ts';
import { UnreadableStateError } from '../../src/adapters/store/journal-files.ts';
import { readKept } from '../../src/adapters/store/kept-files.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import type { Store } from '../../src/desk/kernel/ports.ts';
import { generator } from '../support/chance.ts';
import { writtenBy } from '../support/written.ts';
import { storeContract } from './contract.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const log = silentLog;
const open = (files?: FileSystem) => openJournalStore({ folder, log, ...(files ? { files } : {}) });
const file = (name: string) => join(folder, 'journal', name);
const hear = (id: string) => ({ id, at: '2026-11-23T00:00:00.000Z' });
const heardIn = (store: Store) => store.transaction(async (tx) => (await tx.find('heard')).map(({ id }) => id));

storeContract('journal', {
  open: () => open(),
  async reopen(store) {
    await store.close();
    return open();
  },
});

/** A store in which these were heard, one commit each, closed again. */
async function heard(...ids: string[]): Promise<void> {
  const store = await open();
  for (const id of ids) await store.transaction((tx) => tx.insert('heard', hear(id)));
  await store.close();
}

/** Files that count what is written, or fail, by the path. */
function watched(over: { write?: (path: string, bytes: Buffer) => void; sync?: (path: string) => void }): FileSystem {
  return {
    ...nodeFiles,
    // What is written is flushed by itself where files cannot be opened so.
    dsync: 0,
    open: (async (...how: Parameters<FileSystem['open']>) => {
      const handle = await nodeFiles.open(...how);
      const [flush, path] = [handle.datasync.bind(handle), String(how[0])];
      writtenBy(handle, async (bytes, write) => {
        over.write?.(path, bytes);
        await write(bytes);
      });
      handle.datasync = async () => {
        over.sync?.(path);
        await flush();
      };
      return handle;
    }) as FileSystem['open'],
  };
}

describe('a commit', () => {
  test('is one line at the end of a file, flushed before the transaction resolves', async () => {
    const done: string[] = [];
    const files = watched({
      write: (path) => done.push(`write ${path.split('/').at(-1)}`),
      sync: (path) => done.push(`sync ${path.split('/').at(-1)}`),
    });
    const store = await open(files);
    done.length = 0;
    await store.transaction((tx) => tx.insert('heard', hear('a')));
    expect(done.slice(-2)).toEqual(['write 1.journal', 'sync 1.journal']);
    expect(readFileSync(file('1.journal'), 'utf8')).toMatch(/^[0-9a-f]{8} \d+ \{"put":\{"heard":\[\{"id":"a",.*\}\n\0*$/);
    await store.close();
  });

  test('costs as much in a large state as in a small one', async () => {
    const lengths: number[] = [];
    const store = await open(watched({ write: (path, bytes) => path.endsWith('.journal') && lengths.push(bytes.length) }));
    await store.transaction((tx) => tx.put('people', { id: 'a', name: 'a', reachable: true }));
    await store.transaction(async (tx) => {
      for (let index = 0; index < 2000; index++) await tx.put('heard', hear(String(index)));
    });
    await store.transaction((tx) => tx.put('people', { id: 'b', name: 'b', reachable: true }));
    expect(lengths[2]).toBe(lengths[0]);
    await store.close();
  });

  test('holds many transactions that come at once', async () => {
    let writes = 0;
    const store = await open(watched({ write: (path) => path.endsWith('.journal') && writes++ }));
    await Promise.all(Array.from({ length: 200 }, (_, index) => store.transaction((tx) => tx.insert('heard', hear(String(index))))));
    expect(writes).toBeLessThan(10);
    await store.close();
  });

  test.each(['write', 'sync'] as const)(
    'whose %s fails leaves nothing, neither in memory nor on disk, and the next one is kept',
    async (what) => {
      let full = false;
      const fail = () => {
        if (full) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      };
      const store = await open(watched({ [what]: fail }));
      await store.transaction((tx) => tx.insert('heard', hear('before')));
      full = true;
      const tries = await Promise.allSettled(['a', 'b', 'c'].map((id) => store.transaction((tx) => tx.insert('heard', hear(id)))));
      expect(tries.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
      full = false;
      expect(await heardIn(store)).toEqual(['before']);
      await store.transaction((tx) => tx.insert('heard', hear('after')));
      await store.close();
      expect(await heardIn(await openCopy(folder))).toEqual(['after', 'before']);
    },
  );
});

describe('a snapshot', () => {
  const long = (store: Store, words: number) =>
    store.transaction((tx) => tx.put('unanswered', { id: 'q', text: '字'.repeat(words), at: hear('').at, count: 1 }));

  test('is written when the journal has become long, and the journal before goes', async () => {
    const store = await open();
    for (let time = 0; time < 5; time++) await long(store, 100_000 + time);
    await store.close();
    expect(readdirSync(join(folder, 'journal')).sort()).toEqual(['2.journal', '2.snapshot', 'archive']);
    const again = await open();
    expect((await again.transaction((tx) => tx.get('unanswered', 'q')))?.text).toHaveLength(100_004);
    await again.close();
  });

  test.each([1, 2, 3])(
    'comes so seldom that three times as much is written as is appended, whatever comes, at every moment (seed %i)',
    async (seed) => {
      const random = generator(seed);
      const counted = countedFiles();
      const begin = () => openJournalStore({ folder, log, files: counted.files });
      let store = await begin();
      const before = counted.snapshots;
      for (let step = 0; step < 150; step++) {
        const id = `q${Math.floor(random() * 60)}`;
        await store.transaction(async (tx) => {
          if (random() < 0.2) await tx.remove('unanswered', id);
          else await tx.put('unanswered', { id, text: '字'.repeat(random() * 40_000), at: hear('').at, count: 1 });
        });
        if (random() < 0.1) {
          await store.close();
          store = await begin();
        }
        expect(counted.snapshots - before).toBeLessThanOrEqual(2 * counted.appended);
      }
      await store.close();
      expect(counted.snapshots - before).toBeGreaterThan(0.2 * counted.appended);
    },
  );

  test('that cannot be written costs no commit', async () => {
    const warned: string[] = [];
    const files = watched({
      write(path) {
        if (path.endsWith('.new')) throw new Error('no space left');
      },
    });
    await (await open()).close();
    const store = await openJournalStore({ folder, log: { ...log, warn: (_, message) => warned.push(message) }, files });
    for (let time = 0; time < 6; time++) await long(store, 100_000 + time);
    await store.close();
    expect(warned).toHaveLength(1);
    const again = await open();
    expect((await again.transaction((tx) => tx.get('unanswered', 'q')))?.text).toHaveLength(100_005);
    await again.close();
  });

  test('is written at once when somebody has their data deleted: the journal forgets it too', async () => {
    const store = await open();
    await store.transaction((tx) => tx.put('people', { id: 'a', name: '张奶奶', reachable: true }));
    await store.transaction(async (tx) => {
      await tx.remove('people', 'a');
      await tx.amendArchive('people', ['a'], () => undefined);
    });
    await store.close();
    const onDisk = readdirSync(join(folder, 'journal'), { withFileTypes: true }).filter((each) => each.isFile());
    expect(onDisk.map(({ name }) => readFileSync(file(name), 'utf8')).join()).not.toContain('张奶奶');
  });
});

describe('what was damaged', () => {
  test('at its end, while it was written, is dropped aloud: it was never acknowledged', async () => {
    await heard('a', 'b', 'c');
    const { length } = readFileSync(file('1.journal'));
    truncateSync(file('1.journal'), length - 3);
    const loud: string[] = [];
    const store = await openJournalStore({ folder, log: { ...log, error: (_, message) => loud.push(message) } });
    expect(await heardIn(store)).toEqual(['a', 'b']);
    expect(loud).toEqual([expect.stringContaining('cut off')]);
    await store.transaction((tx) => tx.insert('heard', hear('d')));
    await store.close();
    expect(await heardIn(await openCopy(folder))).toEqual(['a', 'b', 'd']);
  });

  test('is none where only the room for lines to come stands behind them, and a copy of a running state has the lines', async () => {
    const store = await open();
    await store.transaction((tx) => tx.insert('heard', hear('a')));
    // As a process leaves it that is killed.
    const left = readFileSync(file('1.journal'));
    expect(left.at(-1)).toBe(0);
    expect(await heardIn(await openCopy(folder))).toEqual(['a']);
    await store.close();
    expect(readFileSync(file('1.journal')).at(-1)).toBe('\n'.charCodeAt(0));
    writeFileSync(file('1.journal'), left);
    const loud: string[] = [];
    const next = await openJournalStore({ folder, log: { ...log, error: (_, message) => loud.push(message) } });
    await next.transaction((tx) => tx.insert('heard', hear('b')));
    await next.close();
    expect(loud).toEqual([]);
    expect(await heardIn(await openCopy(folder))).toEqual(['a', 'b']);
  });

  test('by a power cut that lost one sector of the last line is dropped too, however little of it stood in there', async () => {
    const sector = 512;
    for (let length = 1; length <= 40; length++) {
      const store = await open();
      for (const id of ['a'.repeat(400 + length), 'b', 'c'.repeat(sector)]) await store.transaction((tx) => tx.insert('heard', hear(id)));
      await store.close();
      const bytes = readFileSync(file('1.journal'));
      const begin = bytes.lastIndexOf('\n', bytes.length - 2) + 1;
      const next = Math.ceil((begin + 1) / sector) * sector;
      writeFileSync(file('1.journal'), bytes.fill(0, begin, next));
      expect(await heardIn(await openCopy(folder))).toEqual(['a'.repeat(400 + length), 'b']);
      rmSync(join(folder, 'journal'), { recursive: true });
    }
  });

  test('by a power cut that left a hole is dropped aloud too', async () => {
    await heard('a', 'b');
    appendFileSync(file('1.journal'), Buffer.concat([Buffer.from('12345678 99 {"put"'), Buffer.alloc(60), Buffer.from('}\n')]));
    const store = await open();
    expect(await heardIn(store)).toEqual(['a', 'b']);
    await store.close();
  });

  test.each([
    ['in the middle of the journal', '1.journal', 'line 2', (text: string) => text.replace('"b"', '"B"')],
    ['in its last line, which was acknowledged', '1.journal', 'line 3', (text: string) => text.replace('"c"', '"C"')],
    ['since a line is missing', '1.journal', 'line 2', (text: string) => text.replace(/.*"b".*\n/, '')],
    ['since lines have changed places', '1.journal', 'line 1', (text: string) => text.split('\n').reverse().join('\n').trim().concat('\n')],
    ['in the snapshot', '1.snapshot', 'line 1', (text: string) => text.replace('counters', 'Counters')],
    ['since the snapshot ends early', '1.snapshot', 'line 2', (text: string) => `${text.split('\n')[0]}\n`],
  ])('%s is refused by file and line, with the way out, and left as it is', async (_, name, line, spoil) => {
    await heard('a', 'b', 'c');
    const spoilt = spoil(readFileSync(file(name), 'utf8'));
    writeFileSync(file(name), spoilt);
    const opened = open();
    await expect(opened).rejects.toThrow(UnreadableStateError);
    await expect(opened).rejects.toThrow(`${file(name)}, ${line}`);
    await expect(opened).rejects.toThrow('restore');
    expect(readFileSync(file(name), 'utf8')).toBe(spoilt);
  });

  test('so far that a file is missing is refused, and never taken for an empty state', async () => {
    await heard('a');
    rmSync(file('1.snapshot'));
    await expect(open()).rejects.toThrow('1.snapshot');
  });

  test('by one flipped bit anywhere is noticed', async () => {
    await heard('a', 'b', 'c');
    const before = await readKept(folder);
    const random = generator(7);
    const whole = Object.fromEntries(['1.snapshot', '1.journal'].map((name) => [name, readFileSync(file(name))]));
    const unnoticed: string[] = [];
    for (let flip = 0; flip < 300; flip++) {
      const name = random() < 0.5 ? '1.snapshot' : '1.journal';
      const bytes = Buffer.from(whole[name] ?? '');
      const bit = Math.floor(random() * bytes.length * 8);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      writeFileSync(file(name), bytes);
      const kept = await readKept(folder).catch(() => 'refused');
      if (kept !== 'refused' && JSON.stringify(kept) !== JSON.stringify(before)) unnoticed.push(`${name}, bit ${bit}`);
      writeFileSync(file(name), whole[name] ?? '');
    }
    expect(unnoticed).toEqual([]);
  });

  test('in a state written by a newer program is not looked for: it is refused', async () => {
    writeFileSync(join(folder, 'state.json'), '{"version":999,"counters":{},"tables":{}}');
    await expect(open()).rejects.toThrow('newer version');
    expect(existsSync(join(folder, 'journal'))).toBe(false);
  });
});

describe('the lock', () => {
  test('keeps a second one out, in words that name the first', async () => {
    const store = await open();
    await expect(open()).rejects.toThrow(`held by process ${process.pid}`);
    await store.close();
    await (await open()).close();
  });

  test.each([
    ['an empty file', ''],
    ['the number of a process that lives, and is not ours', JSON.stringify({ pid: process.ppid, at: Date.now() })],
    ['a time ahead', JSON.stringify({ pid: process.pid, at: Date.now() + 1e9 })],
  ])('believes the kernel and no file: %s keeps nobody out', async (_, text) => {
    await heard('a');
    writeFileSync(join(folder, 'lock'), text);
    await (await open()).close();
  });

  /** With numbers of processes of its own, as a container has. */
  const apart = ['--user', '--map-root-user', '--pid', '--fork', '--kill-child=SIGKILL'];
  const canBeApart = spawnSync('unshare', [...apart, 'true']).status === 0;

  (canBeApart ? test : test.skip)('keeps out who has the folder in another container, and is free when that one is killed', async () => {
    await heard('a');
    const typescript = ['--import', new URL('../wechat/child/typescript.js', import.meta.url).href];
    const holder = fileURLToPath(new URL('child/holder.ts', import.meta.url));
    const child = spawn('unshare', [...apart, process.execPath, ...typescript, holder, join(folder, 'lock')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await expect(open()).rejects.toThrow('is running on this state');
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    await ended;
    await (await open()).close();
  });

  test('is given back when the state cannot be opened', async () => {
    await heard('a');
    rmSync(file('1.snapshot'));
    await expect(open()).rejects.toThrow('missing');
    await expect(open()).rejects.toThrow('missing');
  });
});
