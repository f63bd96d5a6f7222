import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openCopy, openJournalStore } from '../../src/adapters/store/journal.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { Mortal } from '../crash/mortal.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'taken-over-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const before = () => join(root, 'wechat');
const folder = () => join(root, 'main');
const state = readFileSync('test/store/states/0.1.state', 'utf8');
const open = () => openJournalStore({ folder: folder(), before: before(), log: silentLog });

/** The folder of a bot of version 0.2. */
function old(): void {
  mkdirSync(join(before(), 'archive'), { recursive: true });
  mkdirSync(join(before(), 'media'));
  for (const [name, text] of [
    ['state.json', state],
    ['state.json.previous', '{}'],
    ['keys', 'key'],
    ['media/a.jpg', 'picture'],
    ['archive/unanswered-2026-10.jsonl', '\n{"id":"q","text":"q","at":"2026-10-01T00:00:00.000Z","count":1}\n'],
  ] as const)
    writeFileSync(join(before(), name), text);
}
const onDisk = (place: string) =>
  readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => `${each.name} ${readFileSync(join(each.parentPath, each.name), 'utf8')}`)
    .sort();

test('a state of before is taken over with archive, keys and pictures; the old folder is left as it was', async () => {
  old();
  const was = onDisk(before());
  const store = await open();
  await store.transaction(async (tx) => {
    expect(await tx.count('people')).toBe(JSON.parse(state).tables.people.length);
    expect(await tx.archived('unanswered', '2026-10')).toHaveLength(1);
    await tx.put('people', { id: 'new', name: 'new', reachable: true });
  });
  await store.close();
  expect(readFileSync(join(folder(), 'media/a.jpg'), 'utf8')).toBe('picture');
  expect(readFileSync(join(folder(), 'keys'), 'utf8')).toBe('key');
  expect(onDisk(before())).toEqual(was);
  const again = await open();
  expect(await again.transaction((tx) => tx.get('people', 'new'))).toBeDefined();
  await again.close();
});

test('looked at before it was taken over it is found where it lies', async () => {
  old();
  const store = await openCopy(folder(), before());
  expect(await store.transaction(async (tx) => (await tx.archived('unanswered', '2026-10')).length)).toBe(1);
});

test('in its own folder it becomes a journal there', async () => {
  mkdirSync(folder());
  writeFileSync(join(folder(), 'state.json'), state);
  await (await openJournalStore({ folder: folder(), log: silentLog })).close();
  expect(readFileSync(join(folder(), 'state.json'), 'utf8')).toBe(state);
  expect(readdirSync(join(folder(), 'journal')).sort()).toEqual(['1.journal', '1.snapshot', 'archive']);
});

test('a bot of before that still runs keeps it', async () => {
  old();
  writeFileSync(join(before(), 'lock'), JSON.stringify({ pid: process.ppid, at: Date.now() }));
  await expect(open()).rejects.toThrow(`process ${process.ppid}`);
});

test('one that is torn: the one of the commit before is taken, loudly; when neither can be read nothing is made', async () => {
  old();
  writeFileSync(join(before(), 'state.json.previous'), state);
  writeFileSync(join(before(), 'state.json'), state.slice(0, 60));
  const loud: string[] = [];
  const store = await openJournalStore({
    folder: folder(),
    before: before(),
    log: { ...silentLog, error: (_, message) => loud.push(message) },
  });
  expect(await store.transaction((tx) => tx.count('people'))).toBeGreaterThan(0);
  expect(loud.join()).toContain('previous');
  await store.close();
  rmSync(folder(), { recursive: true });
  writeFileSync(join(before(), 'state.json.previous'), '{"version":1,');
  await expect(open()).rejects.toThrow('state.json');
  expect(readdirSync(folder()).filter((name) => name.startsWith('journal'))).toEqual([]);
});

test('killed at any point of it, the next start takes over all of it', async () => {
  old();
  for (let killed = true, point = 1; killed; point++) {
    const world = join(root, `world${point}`);
    const mortal = new Mortal(point);
    const first = openJournalStore({ folder: world, before: before(), log: silentLog, files: mortal.files() });
    killed = (await Promise.race([first.then((store) => store.close()), mortal.died])) === 'died';
    const store = await openJournalStore({ folder: world, before: before(), log: silentLog });
    await store.transaction(async (tx) => {
      expect(await tx.count('people')).toBe(JSON.parse(state).tables.people.length);
      expect(await tx.archived('unanswered', '2026-10')).toHaveLength(1);
    });
    await store.close();
    expect(readFileSync(join(world, 'keys'), 'utf8')).toBe('key');
  }
});
