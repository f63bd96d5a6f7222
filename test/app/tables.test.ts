import { describe, expect, test } from '@jest/globals';
import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { housekeep } from '../../src/desk/keeping/housekeeping.ts';
import { type AnyRow, eachTable, leftOf } from '../../src/desk/kernel/table.ts';
import { tables } from '../../src/desk/parts.ts';
import { joinPersons } from '../../src/desk/people/joining.ts';
import { sampleOf } from '../support/sample-rows.ts';

const at = '2026-11-23T02:00:00.000Z';
const now = new Date(at);
const every = eachTable(tables).map(([name, table]) => ({ name, table }));
/** A row with everything that there may be, and an id of its own where that is no person's. */
function sample(name: string, who: string, file = 'nothing.jpg'): AnyRow {
  const table = every.find((each) => each.name === name)?.table;
  const row = sampleOf(table?.row, { who, file, at }) as AnyRow;
  return row.id === 'some words' ? { ...row, id: `${name}-1` } : row;
}

/** The tables in which people stand. */
const ofPeople = every.filter(({ name, table }) => table.mentions.all(sample(name, 'somebody')).has('somebody'));

describe('every table', () => {
  test.each(every)('$name takes a row with everything that there may be', ({ name, table }) => {
    expect(table.row.safeParse(sample(name, 'somebody')).error).toBeUndefined();
  });

  test.each(every)('$name says where it is archived, if it is', ({ table: { kept, archive } }) => {
    if (kept !== 'always' && kept.some(({ archived }) => archived)) expect(archive).toBeDefined();
  });

  test.each(every)('$name is looked up by fields that its rows have', ({ name, table }) => {
    const fields = Object.keys(sample(name, 'somebody'));
    for (const { equal, order } of table.indexes ?? [])
      expect(fields).toEqual(expect.arrayContaining([...equal, ...(order ? [order] : [])]));
  });
});

describe('one person under two ids', () => {
  test('stands under the older one everywhere, and nowhere under the newer', async () => {
    const store = openMemoryStore();
    await store.transaction(async (tx) => {
      await tx.put('people', { id: 'older', name: '张奶奶', reachable: false });
      for (const { name } of ofPeople) await tx.put(name, sample(name, 'newer'));
      await tx.archive('deliveries', 'newer', '2026-11');
    });
    await store.transaction((tx) => joinPersons(tx, now, 'newer', 'older'));
    await store.transaction(async (tx) => {
      for (const { name } of ofPeople) {
        expect([name, await tx.mentioning(name, 'newer')]).toEqual([name, []]);
        if (name !== 'deliveries') expect([name, (await tx.mentioning(name, 'older')).length]).toEqual([name, 1]);
      }
      expect(await tx.archived('deliveries', '2026-11', '"newer"')).toEqual([]);
      expect(await tx.archived('deliveries', '2026-11', '"older"')).toHaveLength(1);
    });
  });
});

describe('somebody whose data is deleted', () => {
  /** Tables in which somebody stands as one who works here, or who is to be left alone: ids that outlive them, and no words of theirs. */
  const ids = ['answerChanges', 'bindings', 'blocks', 'editions', 'localFacts', 'newsItems', 'switches', 'traffic'];

  test('is left in those tables only that hold nothing of theirs but the id', () => {
    const stays = ofPeople.filter(({ table }) => table.deletion === 'stays').map(({ name }) => name);
    expect(stays.sort()).toEqual(ids);
  });

  test.each(ofPeople.filter(({ table, name }) => table.deletion !== 'stays' && name !== 'people'))(
    'leaves no words and no files in $name',
    ({ name, table }) => {
      const left = leftOf(table, sample(name, 'somebody', 'theirs.jpg'), 'somebody');
      expect(JSON.stringify(left ?? {})).not.toMatch(/theirs\.jpg|"(?:text|what|place|result|onBehalfOf)":"some words"/u);
    },
  );
});

describe('a file', () => {
  const holding = every.filter(
    ({ table, name }) => name !== 'received' && table.mentions.files(sample(name, 'somebody', 'lamp.jpg')).size > 0,
  );

  test.each(holding)('that stands in $name is not removed', async ({ name }) => {
    const store = openMemoryStore();
    const discarded = async (hours: number) =>
      store.transaction(async (tx) => {
        await housekeep(tx, new Date(now.getTime() + hours * 3_600_000));
        return (await tx.find('discards')).map(({ id }) => id);
      });
    await store.transaction(async (tx) => {
      await tx.put('received', { id: 'lamp.jpg', at: '2026-11-21T02:00:00.000Z' });
      await tx.put('received', { id: 'nothing.jpg', at: '2026-11-21T02:00:00.000Z' });
      await tx.put(name, sample(name, 'somebody', 'lamp.jpg'));
    });
    expect(await discarded(-1)).toEqual(['nothing.jpg']);
  });
});
