import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createBackups, journalToBackUp, readBackup, stampOf } from '../../src/adapters/store/backup.ts';
import { openJournalStore } from '../../src/adapters/store/journal.ts';
import { readKept } from '../../src/adapters/store/kept-files.ts';
import { restoreBackup } from '../../src/adapters/store/restore.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { Mortal } from '../crash/mortal.ts';

let root: string;
const folder = () => join(root, 'main');
const target = () => join(root, 'backups');
const at = new Date('2026-11-23T19:30:00Z');
const open = () => openJournalStore({ folder: folder(), log: silentLog });
const restore = (path: string, replace = false, counters: string[] = []) =>
  restoreBackup(path, folder(), { replace, now: at, counters, change: async () => undefined });
const person = (id: string) => ({ id, name: id, reachable: true });

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'lianxinqiao-backup-'));
  const store = await open();
  await store.transaction(async (tx) => {
    await tx.put('people', person('张奶奶'));
    await tx.put('unanswered', { id: 'q', text: 'q', at: at.toISOString(), count: 1 });
    await tx.archive('unanswered', 'q', '2026-10');
  });
  await store.close();
});

afterEach(() => rmSync(root, { recursive: true }));

describe('a backup', () => {
  test('is one file, read back when it is made', async () => {
    expect(await createBackups(journalToBackUp(folder(), 'main', 'wechat'), target()).make(at)).toMatchObject({
      name: 'main-2026-11-24-0330.backup.gz',
      rows: 1,
    });
    expect(readdirSync(target())).toEqual(['main-2026-11-24-0330.backup.gz']);
  });

  test('asked for while another is made, in the same minute, is made all the same', async () => {
    const backups = createBackups(journalToBackUp(folder(), 'main', 'wechat'), target());
    const made = await Promise.all([backups.make(at), backups.make(at), backups.make(at)]);
    expect(made.map(({ rows }) => rows)).toEqual([1, 1, 1]);
    expect(readdirSync(target())).toEqual(['main-2026-11-24-0330.backup.gz']);
  });

  test('holds the archive of every table, whatever its name', async () => {
    const store = await open();
    await store.transaction(async (tx) => {
      await tx.put('newsItems', {
        id: 'n',
        title: '',
        text: '',
        category: '',
        date: '2026-10-01',
        files: [],
        by: '',
        at: at.toISOString(),
      });
      await tx.archive('newsItems', 'n', '2026-10');
    });
    await store.close();
    expect((await createBackups(journalToBackUp(folder(), 'main', 'wechat'), target()).make(at)).rows).toBe(1);
  });

  test('is kept for fourteen days', async () => {
    const backups = createBackups(journalToBackUp(folder(), 'main', 'wechat'), target());
    for (let day = 0; day < 20; day++) await backups.make(new Date(at.getTime() + day * 86_400_000));
    expect(readdirSync(target())).toHaveLength(15);
    expect(readdirSync(target())[0]).toContain('2026-11-29');
  });

  test('brings everything back in another folder, archive and all', async () => {
    const { name } = await createBackups(journalToBackUp(folder(), 'main', 'wechat'), target()).make(at);
    rmSync(folder(), { recursive: true });
    expect(await restore(join(target(), name))).toBeUndefined();
    const store = await open();
    const found = await store.transaction(async (tx) => [await tx.get('people', '张奶奶'), await tx.archived('unanswered', '2026-10')]);
    expect(found).toEqual([person('张奶奶'), [expect.objectContaining({ id: 'q' })]]);
    await store.close();
  });

  test('never overwrites silently, and puts aside what was there', async () => {
    const { name } = await createBackups(journalToBackUp(folder(), 'main', 'wechat'), target()).make(at);
    const before = await readKept(folder());
    await expect(restore(join(target(), name))).rejects.toThrow('--replace');
    mkdirSync(join(root, 'aside'));
    const aside = await restore(join(target(), name), true);
    renameSync(join(folder(), aside ?? ''), join(root, 'aside', 'journal'));
    expect(await readKept(join(root, 'aside'))).toEqual(before);
  });

  test('is not restored under a running bot', async () => {
    const { name } = await createBackups(journalToBackUp(folder(), 'main', 'wechat'), target()).make(at);
    const store = await open();
    await expect(restore(join(target(), name), true)).rejects.toThrow('stop it first');
    await store.close();
  });

  test('of a bot that runs is whole', async () => {
    const store = await open();
    await store.transaction((tx) => tx.put('people', person('小刘')));
    expect((await createBackups(journalToBackUp(folder(), 'main'), target()).make(at)).rows).toBe(2);
    await store.close();
  });

  test('leaves nothing for longer than fourteen days: no backup of before, no half one, nothing that a restore put aside', async () => {
    const backups = createBackups(journalToBackUp(folder(), 'main', 'wechat'), target());
    const { name } = await backups.make(at);
    await restore(join(target(), name), true);
    for (const old of ['wechat-2026-11-24-0330.backup.gz', 'main-2026-11-24-0331.backup.gz.new']) writeFileSync(join(target(), old), '');
    await backups.make(new Date(at.getTime() + 13 * 86_400_000));
    expect(readdirSync(folder())).toContain(`journal.before-restore-${stampOf(at)}`);
    await backups.make(new Date(at.getTime() + 16 * 86_400_000));
    expect(readdirSync(folder()).filter((each) => each.includes('before-restore'))).toEqual([]);
    expect(readdirSync(target()).filter((each) => each.includes('2026-11-24'))).toEqual([]);
  });

  test.each([
    ['half a file', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['something else', () => Buffer.from('hello')],
    ['a changed one', (bytes: Buffer) => gzipSync(gunzipSync(bytes).toString().replace('张奶奶', '李奶奶'))],
  ])('%s is refused', async (_, spoil) => {
    const { name } = await createBackups(journalToBackUp(folder(), 'main', 'wechat'), target()).make(at);
    const path = join(target(), name);
    writeFileSync(path, spoil(readFileSync(path)));
    await expect(readBackup(path)).rejects.toThrow('no whole backup');
  });
});

describe('numbers after a restore', () => {
  const counters = ['appeal/261124'];
  const count = async (times: number) => {
    const store = await open();
    const given: number[] = [];
    for (let time = 0; time < times; time++) given.push(await store.transaction((tx) => tx.next('appeal/261124')));
    await store.close();
    return given;
  };

  test('go on where the state that was there stood', async () => {
    await count(3);
    const { name } = await createBackups(journalToBackUp(folder(), 'main'), target()).make(at);
    await count(4);
    await restore(join(target(), name), true, counters);
    expect(await count(1)).toEqual([8]);
  });

  test.each([
    ['gone', () => rmSync(folder(), { recursive: true })],
    ['unreadable', () => writeFileSync(join(folder(), 'journal/1.snapshot'), 'hello\n')],
  ])('are past all that were given that day when it is %s', async (_, lose) => {
    await count(3);
    const { name } = await createBackups(journalToBackUp(folder(), 'main'), target()).make(at);
    lose();
    await restore(join(target(), name), true, counters);
    expect(await count(1)).toEqual([504]);
  });

  test('are past them too when the bot had begun anew in between', async () => {
    await count(3);
    const { name } = await createBackups(journalToBackUp(folder(), 'main'), target()).make(at);
    rmSync(folder(), { recursive: true });
    await count(1);
    await restore(join(target(), name), true, counters);
    expect(await count(1)).toEqual([504]);
  });
});

describe('killed at every point of a restore', () => {
  test('the next start finds the state of before whole, or the restored one', async () => {
    const { name } = await createBackups(journalToBackUp(folder(), 'main'), target()).make(at);
    const store = await open();
    await store.transaction((tx) => tx.put('people', person('小刘')));
    await store.close();
    const path = join(target(), name);
    const names = new Set<string>();
    let points = 0;
    for (let killed = true; killed; points++) {
      const world = join(root, `world${points}`);
      cpSync(folder(), world, { recursive: true });
      const mortal = new Mortal(points + 1);
      const restoring = { replace: true, now: at, counters: [], change: async () => undefined };
      const ended = await Promise.race([restoreBackup(path, world, restoring, mortal.files()).then(() => 'done'), mortal.died]);
      killed = ended === 'died';
      const next = await openJournalStore({ folder: world, log: silentLog });
      const people = await next.transaction(async (tx) => [await tx.find('people'), await tx.archived('unanswered', '2026-10')]);
      names.add(JSON.stringify(people.map((rows) => rows.map(({ id }) => id))));
      await next.close();
    }
    expect(points).toBeGreaterThan(10);
    expect([...names].sort()).toEqual(['[["小刘","张奶奶"],["q"]]', '[["张奶奶"],["q"]]']);
  });
});
