import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createBackups, journalToBackUp, readBackup } from '../../src/adapters/store/backup.ts';
import { checkedLine } from '../../src/adapters/store/checked-lines.ts';
import { openCopy, openJournalStore } from '../../src/adapters/store/journal.ts';
import { readKept } from '../../src/adapters/store/kept-files.ts';
import { migrate, schemaVersion } from '../../src/adapters/store/migrations.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import type { Store } from '../../src/desk/kernel/ports.ts';
import { type AnyRow, eachTable, type TableName } from '../../src/desk/kernel/table.ts';
import { tables } from '../../src/desk/parts.ts';
import { sampleOf } from '../support/sample-rows.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'damaged-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = () => join(folder, 'state.json');
const open = () => openJournalStore({ folder, log: silentLog });
const written = async () => (await readKept(folder))?.dump.tables;
const at = '2026-11-23T02:00:00.000Z';
const person = (id: string) => ({ id, name: id, reachable: true });

/** A store over a state in which these tables stand. */
function over(state: Readonly<Record<string, unknown>>): Promise<Store> {
  writeFileSync(path(), JSON.stringify({ version: schemaVersion, counters: {}, tables: state }));
  return open();
}
const damagedIn = (store: Store) => store.transaction((tx) => tx.find('damaged'));

describe('a row that cannot be read', () => {
  test.each(eachTable(tables).map(([name, { row }]) => ({ name, row })))(
    'of $name is put aside, and the others are there',
    async ({ name, row }) => {
      const good = { ...(sampleOf(row, { who: 'somebody', file: 'lamp.jpg', at }) as AnyRow), id: name === 'switches' ? 'duty' : 'good' };
      const bad = Object.fromEntries(Object.keys(good).map((field) => [field, field === 'id' ? 'bad' : null]));
      const store = await over({ [name]: [bad, good] });
      const damaged = await damagedIn(store);
      expect(damaged.filter(({ id }) => id !== 'good')).toMatchObject([{ id: `${name}/bad`, table: name, row: bad }]);
      expect((await store.transaction((tx) => tx.find(name))).map(({ id }) => id)).toContain(good.id);
      await store.close();
    },
  );

  test('is kept, whatever happens later, and put aside once', async () => {
    const bad = { id: 'a', name: 7, words: '原来的话' };
    const first = await over({ people: [bad, person('b')] });
    await first.transaction((tx) => tx.put('people', person('c')));
    await first.close();
    expect((await written())?.people).toEqual([person('b'), person('c')]);
    expect((await written())?.damaged).toMatchObject([{ id: 'people/a', row: bad }]);
    const second = await open();
    await second.transaction((tx) => tx.put('people', person('a')));
    expect(await damagedIn(second)).toHaveLength(1);
    await second.close();
    // Damaged once more, by a program that knew no better.
    const { dump } = (await readKept(folder)) ?? { dump: undefined };
    rmSync(join(folder, 'journal'), { recursive: true });
    writeFileSync(path(), JSON.stringify(dump).replace('"id":"a","name":"a"', '"id":"a","name":8'));
    const third = await open();
    expect((await damagedIn(third)).map(({ id }) => id)).toEqual(['people/a', 'people/a/2']);
    await third.close();
  });

  test.each([
    ['nothing', null, 'people/'],
    ['a word', 'hello', 'people/'],
    ['a list', [], 'people/'],
    ['without an id', { name: '张奶奶', reachable: true }, 'people/'],
    ['with a number as its id', { ...person('a'), id: 7 }, 'people/7'],
  ])('that is %s stops nothing', async (_, row, id) => {
    const store = await over({ people: [row, person('b')] });
    expect(await store.transaction((tx) => tx.find('people'))).toEqual([person('b')]);
    expect(await damagedIn(store)).toMatchObject([{ id, row }]);
    await store.close();
  });

  test('in the place of a whole table stops nothing', async () => {
    const store = await over({ people: { id: 'a' }, heard: [{ id: 'm', at }] });
    expect(await store.transaction((tx) => tx.count('heard'))).toBe(1);
    expect(await damagedIn(store)).toHaveLength(1);
    await store.close();
  });

  test('says what is wrong with it and none of its words', async () => {
    const store = await over({ people: [{ ...person('a'), reachable: '她的话', subscribedAt: '昨天说的' }] });
    expect(JSON.stringify((await damagedIn(store)).map(({ why }) => why))).not.toMatch(/[一-鿿]/u);
    await store.close();
  });

  test('is not made: what does not fit is refused when it is put', async () => {
    const store = await open();
    const put = store.transaction((tx) => tx.put('heard', { id: 'm', at: 'yesterday' }));
    await expect(put).rejects.toThrow('heard/m does not fit its table: at');
    await store.close();
  });

  test('is in a backup, and keeps none from being made or read', async () => {
    await (await over({ people: [person('a'), { id: 'b' }] })).close();
    const { name, rows } = await createBackups(journalToBackUp(folder, 'main'), join(folder, 'backups')).make(new Date(at));
    expect(rows).toBe(2);
    expect((await readBackup(join(folder, 'backups', name))).kept.dump.tables.damaged).toMatchObject([{ row: { id: 'b' } }]);
  });

  test('of the archive is passed over, and stays where it is', async () => {
    const store = await open();
    await store.transaction(async (tx) => {
      await tx.put('unanswered', { id: 'q', text: 'q', at, count: 1 });
      await tx.archive('unanswered', 'q', '2026-11');
    });
    const file = join(folder, 'journal/archive', 'unanswered-2026-11.jsonl');
    const lines = ['null', '{"id":"bad","text":7}'].map((json) => checkedLine(json, 0).bytes.toString());
    writeFileSync(file, `${readFileSync(file, 'utf8')}${lines.join('')}`);
    expect((await store.transaction((tx) => tx.archived('unanswered', '2026-11'))).map(({ id }) => id)).toEqual(['q']);
    expect(readFileSync(file, 'utf8')).toContain('"bad"');
    await store.close();
  });
});

describe('a state of version 0.1', () => {
  const old = () => JSON.parse(readFileSync('test/store/states/0.1.state', 'utf8'));

  test('is taken over whole', async () => {
    writeFileSync(path(), JSON.stringify(old()));
    const store = await openCopy(folder);
    expect(await damagedIn(store)).toEqual([]);
    const before: Record<string, { readonly id: string }[]> = old().tables;
    await store.transaction(async (tx) => {
      const ids = async (...names: TableName[]) => (await Promise.all(names.map((name) => tx.find(name)))).flat().map(({ id }) => id);
      for (const [name, rows] of Object.entries(before)) {
        if (['appeals', 'alarms', 'chores', 'pending'].includes(name)) continue;
        expect([name, (await ids(name as TableName)).sort()]).toEqual([name, rows.map(({ id }) => id).sort()]);
      }
      // Somebody in danger was an appeal.
      expect((await ids('appeals', 'alarms')).sort()).toEqual(before.appeals?.map(({ id }) => id).sort());
      // A confirmation waited three minutes: it is not taken over.
      expect((await tx.find('questions')).map(({ id }) => id)).toEqual(['冯姨', '周妈', '孙大爷', '王叔', '钱婶']);
      expect(await tx.count('marks')).toBe(before.chores?.length);
    });
  });

  test('of which some rows are damaged is taken over but for these', async () => {
    const state = old();
    for (const name of ['appeals', 'pending', 'chores', 'people']) state.tables[name].push(null, { id: 'bad', question: 7, at: [] });
    writeFileSync(path(), JSON.stringify(state));
    const store = await openCopy(folder);
    expect((await damagedIn(store)).map(({ id }) => id).sort()).toEqual([
      'appeals/',
      'appeals/bad',
      'chores/',
      'chores/bad',
      'pending/',
      'people/',
      'people/bad',
      'questions/bad',
    ]);
    expect(await store.transaction(async (tx) => (await tx.count('appeals')) + (await tx.count('alarms')))).toBe(
      old().tables.appeals.length,
    );
  });

  test('of schema 1 too: an appeal without its clock gets one', () => {
    const { tables: now } = migrate({ version: 1, counters: {}, tables: { appeals: [{ id: 'a' }, null as never] } });
    expect(now.appeals).toEqual([expect.objectContaining({ id: 'a', told: [] })]);
    expect(now.damaged).toEqual([expect.objectContaining({ id: 'appeals/', row: null })]);
  });
});
