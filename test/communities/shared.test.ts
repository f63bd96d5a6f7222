import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { oneOfEach } from '../../src/adapters/content/one-of-each.ts';
import { watchFolder } from '../../src/adapters/content/watched.ts';
import { onceEach, onceForAll } from '../../src/cli/shared.ts';

test('what several hold is made once; what could not be made is tried again', () => {
  const shared = oneOfEach<object>();
  let made = 0;
  const make = () => ({ count: ++made });
  const one = shared('a', make);
  expect(shared('a', make)).toBe(one);
  expect(shared('b', make)).not.toBe(one);
  expect(shared('c', () => undefined)).toBeUndefined();
  expect(shared('c', make)).toEqual({ count: 3 });
});

test('what several wait for is told once: 正在学 of one folder, though each of its communities begins to learn', () => {
  const tell = onceEach();
  const told: string[] = [];
  for (const key of ['state', 'state', 'other', 'state']) tell(key, () => told.push(key));
  expect(told).toEqual(['state', 'other']);
});

/** Work that is finished from outside. */
function work() {
  const begun: { finish: (value: string) => void; ended: AbortSignal }[] = [];
  const begin = (ended: AbortSignal) =>
    new Promise<string>((finish, fail) => {
      begun.push({ finish, ended });
      ended.addEventListener('abort', () => fail(ended.reason));
    });
  return { begun, begin };
}
const settle = () => new Promise((done) => setImmediate(done));

test('work that several want is done once, other work after it, and whoever no longer wants it does not end it for the rest', async () => {
  const join = onceForAll<string>();
  const { begun, begin } = work();
  const [mine, theirs] = [new AbortController(), new AbortController()];
  const first = join('same', begin, mine.signal);
  const second = join('same', begin, theirs.signal);
  const other = join('other', begin, new AbortController().signal);
  await settle();
  expect(begun).toHaveLength(1);
  mine.abort(new Error('superseded'));
  await expect(first).rejects.toThrow('superseded');
  expect(begun[0]?.ended.aborted).toBe(false);
  begun[0]?.finish('learnt');
  expect(await second).toBe('learnt');
  await settle();
  expect(begun).toHaveLength(2);
  begun[1]?.finish('learnt too');
  expect(await other).toBe('learnt too');
});

test('work that nobody wants any more is ended, and begun anew when it is wanted again', async () => {
  const join = onceForAll<string>();
  const { begun, begin } = work();
  const mine = new AbortController();
  const first = join('same', begin, mine.signal);
  await settle();
  mine.abort(new Error('superseded'));
  await expect(first).rejects.toThrow('superseded');
  expect(begun[0]?.ended.aborted).toBe(true);
  const again = join('same', begin, new AbortController().signal);
  await settle();
  begun[1]?.finish('learnt');
  expect(await again).toBe('learnt');
});

test('a folder that several watch tells each of them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-watched-'));
  const watchers = [0, 1].map(() => {
    let end: () => void = () => undefined;
    const told = new Promise<void>((done) => {
      end = watchFolder(folder, done);
    });
    return { told, end };
  });
  writeFileSync(join(folder, 'file'), '');
  await Promise.all(watchers.map(({ told }) => told));
  for (const { end } of watchers) end();
  rmSync(folder, { recursive: true });
});
