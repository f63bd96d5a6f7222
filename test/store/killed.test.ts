import { closeSync, existsSync, mkdtempSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type FileSystem, nodeFiles } from '../../src/adapters/store/durable-file.ts';
import { openJournalStore } from '../../src/adapters/store/journal.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { writtenBy } from '../support/written.ts';

const forever = () => new Promise<never>(() => undefined);

/** What of a file is flushed: so many bytes, but for what was written since into these. */
interface Flushed {
  written: number;
  safe: number;
  unsafe: { readonly at: number; readonly length: number }[];
}

/** What was not flushed is not there: the file is as long as it was, and where it was written into there are zeros. */
function lose(path: string, { safe, unsafe }: Flushed): void {
  truncateSync(path, safe);
  const file = openSync(path, 'r+');
  for (const { at, length } of unsafe) if (at < safe) writeSync(file, Buffer.alloc(Math.min(length, safe - at)), 0, undefined, at);
  closeSync(file);
}

/**
 * The files of a process that dies after so many steps: each byte that is written is one, and each flush, rename and removal.
 * `loses`: with it the power goes, and what was not flushed is lost.
 */
function mortalFiles(steps: number, loses: boolean) {
  let left = steps;
  let died: () => void = () => undefined;
  let dead = false;
  const held = new Set<() => unknown>();
  const flushed = new Map<string, Flushed>();
  const death = new Promise<'died'>((resolve) => {
    died = () => resolve('died');
  });
  /** Takes so many steps, or as many as there are left. */
  async function go<T>(wanted: number, work: (taken: number) => Promise<T>): Promise<T> {
    if (dead) return forever();
    const taken = Math.min(wanted, left);
    left -= taken;
    if (taken === wanted) return work(taken);
    dead = true;
    if (wanted > 1) await work(taken);
    for (const giveBack of held) await giveBack();
    if (loses) for (const [path, state] of flushed) lose(path, state);
    died();
    return forever();
  }
  const files: FileSystem = {
    dsync: 0,
    open: (async (path: string, flags?: string, mode?: number) => {
      if (dead) return forever();
      const handle = await open(path, flags, mode);
      if (flags === 'r') return handle;
      const [close, flush] = [handle.close.bind(handle), handle.datasync.bind(handle)];
      const { size } = await handle.stat();
      const state: Flushed = { written: size, safe: size, unsafe: [] };
      flushed.set(path, state);
      held.add(close);
      handle.close = async () => {
        if (dead) return forever();
        held.delete(close);
        await close();
      };
      writtenBy(handle, (bytes, write, at = state.written) => {
        return go(bytes.length, async (taken) => {
          if (taken === 0) return;
          state.unsafe.push({ at, length: taken });
          state.written = Math.max(state.written, at + taken);
          await write(bytes.subarray(0, taken));
        });
      });
      handle.datasync = () =>
        go(1, async () => {
          await flush();
          state.safe = state.written;
          state.unsafe = [];
        });
      handle.sync = handle.datasync;
      return handle;
    }) as FileSystem['open'],
    rename: (from, to) =>
      go(1, async () => {
        await nodeFiles.rename(from, to);
        const state = flushed.get(String(from));
        if (state) flushed.set(String(to), state);
        flushed.delete(String(from));
      }),
    rm: (path, how) =>
      go(1, async () => {
        await nodeFiles.rm(path, how);
        flushed.delete(String(path));
      }),
    async lock(path) {
      const unlock = await nodeFiles.lock(path);
      held.add(unlock);
      return () => {
        if (held.delete(unlock)) unlock();
      };
    },
  };
  return { files, death };
}

/** A few commits, with snapshots in between: a deletion asks for one. @returns what was acknowledged */
async function live(folder: string, { files, death }: ReturnType<typeof mortalFiles>): Promise<{ acknowledged: number[]; died: boolean }> {
  const acknowledged: number[] = [];
  const life = async () => {
    const store = await openJournalStore({ folder, log: silentLog, files });
    for (let number = 1; number <= 3; number++) {
      const given = await store.transaction(async (tx) => {
        await tx.put('people', { id: `${number}`, name: '张', reachable: true });
        if (number === 2) await tx.amendArchive('people', ['nobody'], () => undefined);
        return tx.next('n');
      });
      acknowledged.push(given);
    }
    await store.close();
    return 'lived' as const;
  };
  return { died: (await Promise.race([life(), death])) === 'died', acknowledged };
}

test.each([
  ['the process is killed', false],
  ['the power fails', true],
])(
  'when %s at any byte of commits and snapshots, what was acknowledged is there, and nothing is there twice or by halves',
  async (_, loses) => {
    let [steps, lives] = [0, 0];
    for (let died = true; died; lives++) {
      const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'killed-'));
      const life = await live(folder, mortalFiles(steps, loses));
      ({ died } = life);
      const store = await openJournalStore({ folder, log: silentLog });
      const [people, next] = await store.transaction(
        async (tx) => [(await tx.find('people')).map(({ id }) => Number(id)), await tx.next('n')] as const,
      );
      await store.close();
      // One more may have reached the disk before its end could be told.
      expect([life.acknowledged.length, life.acknowledged.length + 1]).toContain(people.length);
      expect(people).toEqual(Array.from({ length: people.length }, (_, index) => index + 1));
      expect(next).toBe(people.length + 1);
      rmSync(folder, { recursive: true });
      steps++;
    }
    expect(lives).toBeGreaterThan(400);
  },
);
