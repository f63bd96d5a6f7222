import { describe, expect, test } from '@jest/globals';
import { createBreath } from '../../src/adapters/store/breath.ts';
import { type Batch, createEngine, type Disk } from '../../src/adapters/store/engine.ts';
import { emptyDump, loadRows } from '../../src/adapters/store/rows.ts';
import type { Transaction } from '../../src/desk/kernel/ports.ts';

const person = (id: string, name = id) => ({ id, name, reachable: true });

/** A disk whose writes wait until they are let go, or fail. */
function slowDisk() {
  const writes: { readonly batch: Batch; readonly done: () => void; readonly fail: () => void }[] = [];
  const disk: Disk = {
    commit: (batch) =>
      new Promise<void>((resolve, reject) => {
        writes.push({ batch, done: resolve, fail: () => reject(new Error('no space left')) });
      }),
    readArchive: async () => [],
    archiveMonths: async () => [],
    close: async () => undefined,
  };
  return { disk, writes };
}

/** Lets everything that can go on do so: the store may breathe in between. */
const settled = async () => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

describe('a write that fails', () => {
  test('takes back what ran on top of it meanwhile, too, and tells both', async () => {
    const { disk, writes } = slowDisk();
    const store = createEngine(loadRows(emptyDump(0)), disk);
    const first = store.transaction((tx) => tx.put('people', person('a', 'first')));
    await settled();
    // The first is being written; the second is built on what it has changed.
    const second = store.transaction(async (tx) => {
      const known = await tx.get('people', 'a');
      await tx.put('people', person('b', `after ${known?.name}`));
    });
    await settled();
    writes[0]?.fail();
    await expect(first).rejects.toThrow('no space left');
    await expect(second).rejects.toThrow('no space left');
    expect(await store.transaction((tx) => tx.find('people'))).toEqual([]);
    const third = store.transaction((tx) => tx.put('people', person('c')));
    await settled();
    expect(writes[1]?.batch.changes.rows).toEqual([['people', 'c', JSON.stringify(person('c'))]]);
    writes[1]?.done();
    await third;
  });

  test('lets nothing of it be done that waits for the commit', async () => {
    const { disk, writes } = slowDisk();
    const store = createEngine(loadRows(emptyDump(0)), disk);
    const done: string[] = [];
    const note = (word: string) => (tx: Transaction) => {
      tx.afterCommit(() => done.push(word));
      return tx.put('people', person(word));
    };
    const failed = store.transaction(note('failed'));
    await settled();
    expect(done).toEqual([]);
    writes[0]?.fail();
    await expect(failed).rejects.toThrow();
    const kept = store.transaction(note('kept'));
    await settled();
    writes[1]?.done();
    await kept;
    expect(done).toEqual(['kept']);
  });
});

describe('what a disk is given', () => {
  test('is each row that was changed, once, as it is at last, and what is gone', async () => {
    const { disk, writes } = slowDisk();
    const store = createEngine(loadRows({ version: 0, counters: {}, tables: { people: [person('a'), person('b')] } }), disk);
    const done = store.transaction(async (tx) => {
      await tx.put('people', person('a', 'once'));
      await tx.put('people', person('a', 'twice'));
      await tx.remove('people', 'b');
      await tx.next('n');
      await tx.next('n');
    });
    await settled();
    expect(writes[0]?.batch).toEqual({
      changes: {
        rows: [
          ['people', 'a', JSON.stringify(person('a', 'twice'))],
          ['people', 'b', undefined],
        ],
        counters: { n: 2 },
      },
      archived: [],
      amendments: [],
      wipes: false,
    });
    writes[0]?.done();
    await done;
  });

  test('is everything too, when it wants that, as it is with just these changes', async () => {
    const { disk, writes } = slowDisk();
    const store = createEngine(loadRows(emptyDump(0)), { ...disk, wantsWhole: () => true });
    const first = store.transaction((tx) => tx.put('people', person('a')));
    await settled();
    const second = store.transaction((tx) => tx.put('people', person('b')));
    await settled();
    expect(writes[0]?.batch.whole?.tables).toEqual([['people', [person('a')]]]);
    writes[0]?.done();
    await first;
    await settled();
    expect(writes[1]?.batch.whole?.tables).toEqual([['people', [person('a'), person('b')]]]);
    writes[1]?.done();
    await second;
  });
});

test('a burst of transactions, and a long one, let other things happen in between', async () => {
  let ms = 0;
  // Each look at the clock is 3 ms later.
  const breathe = createBreath(() => {
    ms += 3;
    return ms;
  });
  const { disk } = slowDisk();
  const store = createEngine(loadRows(emptyDump(0)), { ...disk, commit: async () => undefined }, breathe);
  let turns = 0;
  let over = false;
  const turn = () => {
    turns++;
    if (!over) setImmediate(turn);
  };
  setImmediate(turn);
  await Promise.all(Array.from({ length: 100 }, (_, index) => store.transaction((tx) => tx.put('people', person(String(index))))));
  const inBurst = turns;
  await store.transaction(async (tx) => {
    for (let index = 0; index < 100; index++) await tx.put('people', person(String(index)));
  });
  over = true;
  expect({ inBurst: inBurst >= 10, inOne: turns - inBurst >= 10 }).toEqual({ inBurst: true, inOne: true });
});
