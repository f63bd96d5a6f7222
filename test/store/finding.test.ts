import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { compare, meets } from '../../src/adapters/store/conditions.ts';
import { SortedList } from '../../src/adapters/store/sorted-list.ts';
import { createTableRows } from '../../src/adapters/store/table-rows.ts';
import { anything, personId } from '../../src/desk/kernel/fields.ts';
import { mentionsOf } from '../../src/desk/kernel/mentions.ts';
import { type AnyRow, type Table, table } from '../../src/desk/kernel/table.ts';

interface Copy {
  readonly id: string;
  readonly state: string;
  readonly kind?: string;
  readonly sequence?: number;
  readonly person?: string;
}

const state = fc.constantFrom('queued', 'sent', 'failed');
const kind = fc.constantFrom('reply', 'notice');
const sequence = fc.integer({ min: 0, max: 9 });
const person = fc.constantFrom('a', 'b', 'c');
const copy: fc.Arbitrary<Copy> = fc
  .record({
    id: fc.integer({ min: 0, max: 30 }).map(String),
    state,
    kind: fc.option(kind),
    sequence: fc.option(sequence),
    person: fc.option(person),
  })
  .map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as Copy);
const oneOrSome = <T>(each: fc.Arbitrary<T>) => fc.oneof(each, fc.uniqueArray(each, { minLength: 1, maxLength: 2 }));
const bounds = fc.oneof(
  oneOrSome(sequence),
  fc.record({ atLeast: sequence, atMost: sequence }),
  fc.record({ atLeast: sequence }),
  fc.record({ atMost: sequence }),
);
const where = fc.record(
  { state: oneOrSome(state), kind: oneOrSome(kind), sequence: bounds, person: oneOrSome(person) },
  { requiredKeys: [] },
);
const order = fc.record(
  { by: fc.constantFrom('id', 'sequence', 'state'), descending: fc.boolean(), limit: fc.integer({ min: 1, max: 5 }) },
  { requiredKeys: [] },
);

const indexed = table<Copy>({
  row: anything as never,
  indexes: [
    { equal: ['state', 'kind'], order: 'sequence' },
    { equal: ['state'], order: 'sequence' },
    { equal: [], order: 'sequence' },
    { equal: ['person'] },
    { equal: [], order: 'id' },
  ],
  kept: 'always',
  deletion: 'stays',
}) as unknown as Table<AnyRow>;

describe('finding through indexes', () => {
  test('gives what looking at every row gives, in the same order, whatever was put, changed and removed before', () => {
    fc.assert(
      fc.property(
        // An index is made when it is first asked for: what it was made of changes afterwards.
        fc.array(fc.oneof(fc.tuple(copy, fc.boolean()), fc.record({ where, order })), { maxLength: 80 }),
        (steps) => {
          const rows = createTableRows(indexed);
          const known = new Map<string, Copy>();
          for (const step of steps) {
            if (Array.isArray(step)) {
              const [row, stays] = step;
              rows.set(row.id, stays ? row : undefined);
              if (stays) known.set(row.id, row);
              else known.delete(row.id);
              continue;
            }
            const {
              where: conditions,
              order: { by = 'id', descending = false, limit },
            } = step;
            const fitting = [...known.values()].filter((row) =>
              Object.entries(conditions).every(([field, each]) => meets(row[field as keyof Copy], each as never)),
            );
            const sorted = fitting.sort(
              (a, b) => (descending ? -1 : 1) * compare(a[by as keyof Copy], b[by as keyof Copy]) || compare(a.id, b.id),
            );
            const found = rows.find(conditions as never, { by: by as 'id', descending, ...(limit === undefined ? {} : { limit }) });
            expect(found).toEqual(limit === undefined ? sorted : sorted.slice(0, limit));
            expect(rows.count(conditions as never)).toBe(fitting.length);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('gives the rows in which somebody stands, and those no more in which they stood', () => {
    const rows = createTableRows({ ...indexed, mentions: mentionsOf(z.object({ person: personId })) });
    const put = (id: string, who: string) => rows.set(id, { id, state: '', person: who } as never);
    put('1', 'a');
    put('2', 'a');
    put('1', 'b');
    expect(rows.mentioning('a').map(({ id }) => id)).toEqual(['2']);
    put('3', 'b');
    rows.set('2', undefined);
    expect(rows.mentioning('a')).toEqual([]);
    expect(rows.mentioning('b').map(({ id }) => id)).toEqual(['1', '3']);
    put('3', 'b');
    rows.set('1', undefined);
    expect(rows.mentioning('b').map(({ id }) => id)).toEqual(['3']);
  });
});

describe('a long list in order', () => {
  test('is as if it had been sorted, however items come and go', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1500, maxLength: 3000 }),
        fc.infiniteStream(fc.boolean()),
        (items, keep) => {
          const list = new SortedList<number>((a, b) => a - b);
          const known = new Set<number>();
          for (const item of items) {
            if (known.has(item)) continue;
            known.add(item);
            list.add(item);
          }
          for (const item of items) {
            if (keep.next().value || !known.has(item)) continue;
            known.delete(item);
            list.remove(item);
          }
          const sorted = [...known].sort((a, b) => a - b);
          const all = list.between(
            () => false,
            () => false,
          );
          expect([...all.items(false)]).toEqual(sorted);
          expect([...all.items(true)]).toEqual(sorted.reverse());
          const some = list.between(
            (item) => item < 1000,
            (item) => item > 2000,
          );
          expect(some.count).toBe(sorted.filter((item) => item >= 1000 && item <= 2000).length);
          expect([...some.items(false)]).toHaveLength(some.count);
        },
      ),
      { numRuns: 20 },
    );
  });
});
