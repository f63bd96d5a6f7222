import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createBackups, readBackup, restoreBackup } from '../../src/adapters/store/backup.ts';
import { openLowdbStore } from '../../src/adapters/store/lowdb.ts';
import { silentLog } from '../../src/adapters/system/log.ts';

let root: string;
const folder = () => join(root, 'wechat');
const target = () => join(root, 'backups');
const at = new Date('2026-11-23T19:30:00Z');
const open = () => openLowdbStore({ folder: folder(), log: silentLog });
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
    expect(await createBackups(folder(), target()).make(at)).toMatchObject({ name: 'wechat-2026-11-24-0330.backup.gz', rows: 1 });
    expect(readdirSync(target())).toEqual(['wechat-2026-11-24-0330.backup.gz']);
  });

  test('asked for while another is made, in the same minute, is made all the same', async () => {
    const backups = createBackups(folder(), target());
    const made = await Promise.all([backups.make(at), backups.make(at), backups.make(at)]);
    expect(made.map(({ rows }) => rows)).toEqual([1, 1, 1]);
    expect(readdirSync(target())).toEqual(['wechat-2026-11-24-0330.backup.gz']);
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
    expect((await createBackups(folder(), target()).make(at)).rows).toBe(1);
  });

  test('is kept for fourteen days', async () => {
    const backups = createBackups(folder(), target());
    for (let day = 0; day < 20; day++) await backups.make(new Date(at.getTime() + day * 86_400_000));
    expect(readdirSync(target())).toHaveLength(15);
    expect(readdirSync(target())[0]).toContain('2026-11-29');
  });

  test('brings everything back in another folder, archive and all', async () => {
    const { name } = await createBackups(folder(), target()).make(at);
    rmSync(folder(), { recursive: true });
    expect(await restoreBackup(join(target(), name), folder(), false, at)).toBeUndefined();
    const store = await open();
    const found = await store.transaction(async (tx) => [await tx.get('people', '张奶奶'), await tx.archived('unanswered', '2026-10')]);
    expect(found).toEqual([person('张奶奶'), [expect.objectContaining({ id: 'q' })]]);
    await store.close();
  });

  test('never overwrites silently, and puts aside what was there', async () => {
    const { name } = await createBackups(folder(), target()).make(at);
    const before = readFileSync(join(folder(), 'state.json'), 'utf8');
    await expect(restoreBackup(join(target(), name), folder(), false, at)).rejects.toThrow('--replace');
    const aside = await restoreBackup(join(target(), name), folder(), true, at);
    expect(readFileSync(join(folder(), `state.json${aside}`), 'utf8')).toBe(before);
  });

  test('is not restored under a running bot', async () => {
    const { name } = await createBackups(folder(), target()).make(at);
    // Another living process: our own pid in the lock would be taken for a predecessor's.
    writeFileSync(join(folder(), 'lock'), JSON.stringify({ pid: process.ppid, at: Date.now() }));
    await expect(restoreBackup(join(target(), name), folder(), true, at)).rejects.toThrow('stop it first');
  });

  test.each([
    ['half a file', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['something else', () => Buffer.from('hello')],
    ['a changed one', (bytes: Buffer) => gzipSync(gunzipSync(bytes).toString().replace('张奶奶', '李奶奶'))],
  ])('%s is refused', async (_, spoil) => {
    const { name } = await createBackups(folder(), target()).make(at);
    const path = join(target(), name);
    writeFileSync(path, spoil(readFileSync(path)));
    await expect(readBackup(path)).rejects.toThrow('no whole backup');
  });
});
