import { describe, expect, test } from '@jest/globals';
import type { Store, Transaction } from '../../src/desk/kernel/ports.ts';
import type { Person } from '../../src/desk/kernel/rows.ts';
import { eachTable } from '../../src/desk/kernel/table.ts';

const person = (id: string, name = id): Person => ({ id, name, reachable: true });
const second = (second: string) => `2026-11-23T02:00:0${second}.000Z`;

export interface Engine {
  /** A store over an empty state. */
  open(): Promise<Store>;
  /** Closes and opens it again, over what it has on disk; absent for engines that keep nothing. */
  reopen?(store: Store): Promise<Store>;
}

async function everythingIn(store: Store) {
  return store.transaction(async (tx) => {
    const found: Record<string, unknown> = {};
    for (const [name] of eachTable(tx.tables)) {
      const archived = (await tx.archivedMonths(name)).map(async (month) => [month, await tx.archived(name, month)] as const);
      found[name] = [await tx.find(name), await Promise.all(archived)];
    }
    return found;
  });
}

/** What every engine promises. Names say the rule. */
export function storeContract(name: string, engine: Engine): void {
  const within = async (work: (store: Store) => Promise<void>) => {
    let store = await engine.open();
    try {
      await work(store);
      if (!engine.reopen) return;
      // Whatever was done: what is kept is what was there.
      const before = await everythingIn(store);
      store = await engine.reopen(store);
      expect(await everythingIn(store)).toEqual(before);
    } finally {
      await store.close();
    }
  };
  const rule = (title: string, work: (store: Store) => Promise<void>) => test(title, () => within(work));

  describe(`store contract: ${name}`, () => {
    rule('what is put is there, and what was never put is not', async (store) => {
      await store.transaction((tx) => tx.put('people', person('a', '张奶奶 👵')));
      await store.transaction(async (tx) => {
        expect(await tx.get('people', 'a')).toEqual(person('a', '张奶奶 👵'));
        expect(await tx.get('people', 'b')).toBeUndefined();
      });
    });

    rule('rows are copies on the way in, and cannot be changed on the way out', async (store) => {
      const given = person('a');
      await store.transaction((tx) => tx.put('people', given));
      given.name = 'changed after put';
      await store.transaction(async (tx) => {
        const taken = await tx.get('people', 'a');
        expect(taken?.name).toBe('a');
        expect(() => Object.assign(taken ?? {}, { name: 'changed after get' })).toThrow(TypeError);
        const [found] = await tx.find('people', { id: 'a' });
        expect(() => Object.assign(found ?? {}, { name: 'changed after find' })).toThrow(TypeError);
        expect((await tx.get('people', 'a'))?.name).toBe('a');
      });
    });

    rule('insert happens once, whoever comes first', async (store) => {
      const tries = await Promise.all(['a', 'b', 'c'].map((name) => store.transaction((tx) => tx.insert('people', person('one', name)))));
      expect(tries.filter(Boolean)).toHaveLength(1);
      const kept = await store.transaction((tx) => tx.get('people', 'one'));
      expect(kept?.name).toBe('a');
    });

    rule('a transaction that fails leaves nothing, neither rows nor counts', async (store) => {
      await store.transaction((tx) => tx.put('people', person('a', 'before')));
      const failing = store.transaction(async (tx) => {
        await tx.put('people', person('a', 'after'));
        await tx.insert('people', person('b'));
        await tx.remove('people', 'a');
        await tx.next('count');
        throw new Error('on purpose');
      });
      await expect(failing).rejects.toThrow('on purpose');
      await store.transaction(async (tx) => {
        expect(await tx.find('people')).toEqual([person('a', 'before')]);
        expect(await tx.next('count')).toBe(1);
      });
    });

    rule('no update is lost when many change the same row at once', async (store) => {
      const add = async (tx: Transaction) => {
        const row = (await tx.get('conversations', 'c')) ?? { id: 'c', misses: 0 };
        await Promise.resolve();
        await tx.put('conversations', { ...row, misses: row.misses + 1 });
      };
      await Promise.all(Array.from({ length: 50 }, () => store.transaction(add)));
      expect((await store.transaction((tx) => tx.get('conversations', 'c')))?.misses).toBe(50);
    });

    rule('counts have no gaps and no repeats', async (store) => {
      const counted = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          store
            .transaction(async (tx) => {
              const value = await tx.next('n');
              if (index % 4 === 3) throw new Error('taken back');
              return value;
            })
            .catch(() => 0),
        ),
      );
      expect(counted.filter((value) => value > 0).sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    });

    rule('find compares, orders and limits', async (store) => {
      await store.transaction(async (tx) => {
        for (const [id, at] of [
          ['a', '3'],
          ['b', '1'],
          ['c', '2'],
          ['d', '2'],
        ] as const)
          await tx.put('heard', { id, at: second(at) });
      });
      await store.transaction(async (tx) => {
        const ids = async (...args: Parameters<typeof tx.find<'heard'>> extends [unknown, ...infer R] ? R : never) =>
          (await tx.find('heard', ...args)).map(({ id }) => id);
        expect(await ids()).toEqual(['a', 'b', 'c', 'd']);
        expect(await ids({ at: second('2') })).toEqual(['c', 'd']);
        expect(await ids({ at: [second('1'), second('3')] })).toEqual(['a', 'b']);
        expect(await ids({ at: { atLeast: second('2') } })).toEqual(['a', 'c', 'd']);
        expect(await ids({ at: { atMost: second('2'), atLeast: second('2') } })).toEqual(['c', 'd']);
        expect(await ids({}, { by: 'at' })).toEqual(['b', 'c', 'd', 'a']);
        expect(await ids({}, { by: 'at', descending: true, limit: 2 })).toEqual(['a', 'c']);
      });
    });

    rule('what is removed is gone, once', async (store) => {
      await store.transaction((tx) => tx.put('people', person('a')));
      expect(await store.transaction((tx) => tx.remove('people', 'a'))).toBe(true);
      expect(await store.transaction((tx) => tx.remove('people', 'a'))).toBe(false);
    });

    rule('what is archived leaves the state and can be read by its month', async (store) => {
      await store.transaction((tx) => tx.put('people', person('a')));
      expect(await store.transaction((tx) => tx.archive('people', 'a', '2026-11'))).toBe(true);
      await store.transaction(async (tx) => {
        expect(await tx.get('people', 'a')).toBeUndefined();
        expect(await tx.archived('people', '2026-11')).toEqual([person('a')]);
        expect(await tx.archived('people', '2026-10')).toEqual([]);
      });
    });

    rule('what is archived can be changed and dropped by what stands in it, with the transaction that says so', async (store) => {
      await store.transaction(async (tx) => {
        for (const id of ['a', 'b', 'c']) await tx.put('people', person(id, `人${id}`));
        await tx.archive('people', 'a', '2026-10');
        await tx.archive('people', 'b', '2026-11');
        await tx.archive('people', 'c', '2026-11');
      });
      await store.transaction((tx) => tx.amendArchive('people', ['无', '人b'], () => undefined));
      await store.transaction((tx) => tx.amendArchive('people', ['人a'], (row) => ({ ...row, name: '' })));
      const failing = store.transaction(async (tx) => {
        await tx.amendArchive('people', ['人c'], () => undefined);
        throw new Error('on purpose');
      });
      await expect(failing).rejects.toThrow('on purpose');
      await store.transaction(async (tx) => {
        expect(await tx.archivedMonths('people')).toEqual(expect.arrayContaining(['2026-10', '2026-11']));
        expect(await tx.archived('people', '2026-10')).toEqual([person('a', '')]);
        expect(await tx.archived('people', '2026-11')).toEqual([person('c', '人c')]);
        expect(await tx.archivedMonths('heard')).toEqual([]);
      });
    });

    rule('what is archived and dropped in one breath is dropped', async (store) => {
      await store.transaction((tx) => tx.put('people', person('a')));
      await Promise.all([
        store.transaction((tx) => tx.archive('people', 'a', '2026-11')),
        store.transaction((tx) => tx.amendArchive('people', ['"a"'], () => undefined)),
      ]);
      expect(await store.transaction((tx) => tx.archived('people', '2026-11'))).toEqual([]);
    });

    rule('what would not come back from JSON is refused, by its place', async (store) => {
      const strange = [new Date(0), () => 1, undefined, Number.NaN, Number.POSITIVE_INFINITY, 1n, new Map()];
      for (const value of strange) {
        const row = { ...person('a'), name: value } as never;
        await expect(store.transaction((tx) => tx.put('people', row))).rejects.toThrow('people/a.name');
      }
      expect(await store.transaction((tx) => tx.find('people'))).toEqual([]);
    });

    const { reopen } = engine;
    if (reopen) {
      test('everything is there after it was closed and opened again', async () => {
        const first = await engine.open();
        await first.transaction(async (tx) => {
          await tx.put('people', person('a', '换行\n"引号" 😀'));
          await tx.next('n');
        });
        const second = await reopen(first);
        await second.transaction(async (tx) => {
          expect(await tx.get('people', 'a')).toEqual(person('a', '换行\n"引号" 😀'));
          expect(await tx.next('n')).toBe(2);
        });
        await second.close();
      });
    }
  });
}
