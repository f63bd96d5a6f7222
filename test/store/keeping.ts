import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type BackedUp, createBackups, nameOfBackup, readBackup } from '../../src/adapters/store/backup.ts';
import type { Kept } from '../../src/adapters/store/kept-files.ts';
import { contentOf } from '../../src/adapters/store/moving.ts';
import type { Restoring } from '../../src/adapters/store/restore.ts';
import { passingVault } from '../../src/adapters/system/vault.ts';
import { actsOfForgetting, ownCounters } from '../../src/desk/keeping/restored.ts';
import { append, verifyAudit } from '../../src/desk/kernel/audit.ts';
import type { Store } from '../../src/desk/kernel/ports.ts';
import type { Audit } from '../../src/desk/kernel/rows.ts';
import { eachTable } from '../../src/desk/kernel/table.ts';
import { sampleOf } from '../support/sample-rows.ts';

/** A community somewhere, with nothing in it yet. */
export interface Place {
  open(): Promise<Store>;
  readonly backedUp: BackedUp;
  /** @param killAt kill it at this of its points, which count from 1 @returns 'killed', or what was put aside */
  restore(path: string, restoring: Restoring, killAt?: number): Promise<'killed' | { readonly aside: string | undefined }>;
  /** What a restore has put aside. */
  aside(name: string): Promise<Kept | undefined>;
  /** Everything that is kept is gone, as when the disk is. */
  lose(): Promise<void>;
}

/** @param root a folder for this test alone @param target the folder of the backups */
export type MakePlace = (root: string, target: string) => Place | Promise<Place>;

const at = new Date('2026-11-23T19:30:00Z');
const name = 'main-2026-11-24-0330.backup.gz';
const person = (id: string) => ({ id, name: id, reachable: true });
const days = (count: number) => new Date(at.getTime() + count * 86_400_000);

/** What is promised of backups and of a restore, wherever the state lies. Names say the rule. */
export function keepingContract(title: string, makePlace: MakePlace): void {
  let root: string;
  let place: Place;
  const target = () => join(root, 'backups');
  const backups = () => createBackups(place.backedUp, target());
  const restoring = (more: Partial<Restoring> = {}): Restoring => ({
    replace: true,
    now: at,
    counters: [],
    ownCounters,
    acts: actsOfForgetting,
    change: async () => undefined,
    ...more,
  });
  const restore = (path = join(target(), name), more: Partial<Restoring> = {}) => place.restore(path, restoring(more));
  const within = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
    const store = await place.open();
    return work(store).finally(() => store.close());
  };
  const fill = (store: Store) =>
    store.transaction(async (tx) => {
      await tx.put('people', person('张奶奶'));
      await tx.put('unanswered', { id: 'q', text: 'q', at: at.toISOString(), count: 1 });
      await tx.archive('unanswered', 'q', '2026-10');
    });
  const content = (store: Store) =>
    store.transaction(async (tx) => [
      (await tx.find('people')).map(({ id }) => id),
      (await tx.archived('unanswered', '2026-10')).map(({ id }) => id),
    ]);

  describe(`keeping: ${title}`, () => {
    beforeEach(async () => {
      root = mkdtempSync(join(tmpdir(), 'lianxinqiao-keeping-'));
      place = await makePlace(root, target());
      await within(fill);
    });
    afterEach(() => rmSync(root, { recursive: true }));

    describe('a backup', () => {
      test('is one file, read back when it is made', async () => {
        expect(await backups().make(at)).toMatchObject({ name, rows: 1 });
        expect(readdirSync(target())).toEqual([name]);
      });

      test('asked for while another is made, in the same minute, is made all the same', async () => {
        const all = backups();
        const made = await Promise.all([all.make(at), all.make(at), all.make(at)]);
        expect(made.map(({ rows }) => rows)).toEqual([1, 1, 1]);
        expect(readdirSync(target())).toEqual([name]);
      });

      test('of a bot that runs is whole', async () => {
        await within(async (store) => {
          await store.transaction((tx) => tx.put('people', person('小刘')));
          expect((await backups().make(at)).rows).toBe(2);
        });
      });

      test('holds every table and its archive, and all of it comes back', async () => {
        const everything = (store: Store) =>
          store.transaction(async (tx) => {
            const found: Record<string, unknown> = {};
            for (const [table] of eachTable(tx.tables)) found[table] = [await tx.find(table), await tx.archived(table, '2026-11')];
            return found;
          });
        const before = await within(async (store) => {
          await store.transaction(async (tx) => {
            for (const [table, { row }] of eachTable(tx.tables)) {
              const sample = sampleOf(row, { who: 'p', file: 'f.jpg', at: at.toISOString() }) as { id: string };
              await tx.put(table, sample as never);
              await tx.archive(table, sample.id, '2026-11');
              await tx.put(table, sample as never);
            }
          });
          return everything(store);
        });
        await backups().make(at);
        await place.lose();
        expect(await restore()).toEqual({ aside: undefined });
        expect(await within(everything)).toEqual(before);
      });

      test('is kept for fourteen days', async () => {
        const all = backups();
        for (let day = 0; day < 20; day++) await all.make(days(day));
        expect(readdirSync(target())).toHaveLength(15);
        expect(readdirSync(target())[0]).toContain('2026-11-29');
      });

      test.each([
        ['half a file', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
        ['something else', () => Buffer.from('hello')],
        ['a changed one', (bytes: Buffer) => gzipSync(gunzipSync(bytes).toString().replace('张奶奶', '李奶奶'))],
      ])('%s is refused, and what is there stays', async (_, spoil) => {
        await backups().make(at);
        const path = join(target(), name);
        writeFileSync(path, spoil(readFileSync(path)));
        await expect(restore()).rejects.toThrow('no whole backup');
        expect(await within(content)).toEqual([['张奶奶'], ['q']]);
      });
    });

    describe('a restore', () => {
      test('never overwrites silently, and puts aside what was there', async () => {
        await backups().make(at);
        await within((store) => store.transaction((tx) => tx.put('people', person('小刘'))));
        const before = await place.backedUp.read();
        await expect(restore(undefined, { replace: false })).rejects.toThrow('--replace');
        const { aside = '' } = (await restore()) as { aside: string };
        expect(await within(content)).toEqual([['张奶奶'], ['q']]);
        const kept = await place.aside(aside);
        expect(before && kept && contentOf(kept)).toEqual(before && contentOf(before));
      });

      test('overwrites neither the backup that it reads nor what was put aside before, though all is done within a minute', async () => {
        await backups().make(at);
        const bytes = readFileSync(join(target(), name));
        const names: unknown[] = [];
        for (const id of ['a', 'b']) {
          await within((store) => store.transaction((tx) => tx.put('people', person(id))));
          names.push(await restore());
        }
        const asides = names.map((each) => (each as { aside: string }).aside);
        const people = (kept: Kept | undefined) => kept?.dump.tables.people?.map(({ id }) => id).sort();
        expect(people(await place.aside(asides[0] ?? ''))).toEqual(['a', '张奶奶']);
        expect(people(await place.aside(asides[1] ?? ''))).toEqual(['b', '张奶奶']);
        expect(readFileSync(join(target(), name))).toEqual(bytes);
      });

      test('leaves nothing for longer than fourteen days', async () => {
        const all = backups();
        await all.make(at);
        const { aside = '' } = (await restore()) as { aside: string };
        await all.make(days(13));
        expect(await place.aside(aside)).toBeDefined();
        await all.make(days(16));
        expect(readdirSync(root, { recursive: true }).filter((each) => String(each).includes('before-restore'))).toEqual([]);
        expect(readdirSync(target()).filter((each) => each.includes('2026-11-24'))).toEqual([]);
      });

      test('is not made under a running bot', async () => {
        await backups().make(at);
        await within(async () => {
          await expect(restore()).rejects.toThrow('stop it first');
        });
      });

      test('goes on with the trail of acts where the backup stood, without a gap that would look like an act that was cut out', async () => {
        const vault = passingVault();
        const act = (store: Store, count: number) =>
          store.transaction(async (tx) => {
            for (let i = 0; i < count; i++) await append({ tx, now: at, vault }, { actor: 'a', act: `act ${i}`, allowed: true } as Audit);
          });
        await within((store) => act(store, 3));
        await backups().make(at);
        await within((store) => act(store, 4));
        await restore();
        await within(async (store) => {
          await act(store, 2);
          const trail = await store.transaction((tx) => verifyAudit({ tx, vault }));
          expect(trail).toEqual({ acts: 5, head: expect.any(String) });
        });
      });

      test('killed at every point of it leaves the state of before whole, or the restored one', async () => {
        await backups().make(at);
        const path = join(target(), name);
        const found = new Set<string>();
        let points = 0;
        for (let killed = true; killed; points++) {
          const folder = join(root, `world${points}`);
          mkdirSync(folder);
          place = await makePlace(folder, join(folder, 'backups'));
          await within(async (store) => {
            await fill(store);
            await store.transaction((tx) => tx.put('people', person('小刘')));
          });
          killed = (await place.restore(path, restoring(), points + 1)) === 'killed';
          found.add(JSON.stringify(await within(content)));
        }
        expect(points).toBeGreaterThan(5);
        expect([...found].sort()).toEqual(['[["小刘","张奶奶"],["q"]]', '[["张奶奶"],["q"]]']);
      });
    });

    describe('numbers after a restore', () => {
      const counter = 'appeal/261124';
      const give = (times: number) =>
        within(async (store) => {
          const given: number[] = [];
          for (let time = 0; time < times; time++) given.push(await store.transaction((tx) => tx.next(counter)));
          return given;
        });

      test('go on where the state that was there stood', async () => {
        await give(3);
        await backups().make(at);
        await give(4);
        await restore(undefined, { counters: [counter] });
        expect(await give(1)).toEqual([8]);
      });

      test('are past all that were given that day when it is gone', async () => {
        await give(3);
        await backups().make(at);
        await place.lose();
        await restore(undefined, { counters: [counter] });
        expect(await give(1)).toEqual([504]);
      });

      test('are past them too when the bot had begun anew in between', async () => {
        await give(3);
        await backups().make(at);
        await place.lose();
        await give(1);
        await restore(undefined, { counters: [counter] });
        expect(await give(1)).toEqual([504]);
      });
    });

    test('whose state is in a file is told by its name, also of what was put aside: it goes in no other community’s place', async () => {
      await backups().make(at);
      await restore();
      for (const file of readdirSync(target())) expect([file, nameOfBackup(file)]).toEqual([file, 'main']);
      expect((await readBackup(join(target(), name))).madeAt).toEqual(at);
    });
  });
}
