import { describe, expect, test } from '@jest/globals';
import { migrate, migrations, schemaVersion } from '../../src/adapters/store/migrations.ts';
import type { Dump } from '../../src/adapters/store/rows.ts';

const dump = (version: number): Dump => ({ version, counters: {}, tables: { people: [{ id: 'a' }] } });
const note = (word: string) => (old: Dump) => ({ ...old, tables: { ...old.tables, [word]: [] } });

describe('migrations', () => {
  const steps = [note('second'), note('third')];

  test.each([
    [1, ['people', 'second', 'third']],
    [2, ['people', 'third']],
    [3, ['people']],
  ])('from schema %i every later step is taken, in order', (version, tables) => {
    const now = migrate(dump(version), steps);
    expect(now.version).toBe(3);
    expect(Object.keys(now.tables)).toEqual(tables);
  });

  test('a newer state is refused', () => {
    expect(() => migrate(dump(4), steps)).toThrow('newer version');
  });

  test('an appeal of schema 1 gets a clock that keeps its promise', () => {
    const appeal = { id: 'SQ261123-0018', createdAt: '2026-11-23T02:00:00.000Z', dueOn: '2026-11-30' };
    const [migrated] = migrate({ version: 1, counters: {}, tables: { appeals: [appeal] } }).tables.appeals ?? [];
    expect(migrated).toMatchObject({ round: 1, startedAt: appeal.createdAt, answerBy: '2026-11-30T09:30:00.000Z', followers: [] });
  });

  test('what was done today under schema 3 is not done again', () => {
    const chores = ['digest/2026-11-23', 'unanswered/2026-11-23', 'retention/2026-11'].map((id) => ({
      id,
      at: '2026-11-23T01:00:00.000Z',
    }));
    const { marks, chores: left } = migrate({ version: 3, counters: {}, tables: { chores } } as Dump).tables;
    expect(left).toBeUndefined();
    expect(marks).toEqual([
      { id: 'digest/2026-11-23', until: '2026-11-30T01:00:00.000Z' },
      { id: 'askedOften/2026-11-23', until: '2026-11-30T01:00:00.000Z' },
      { id: 'retention/2026-11', until: '2027-01-22T01:00:00.000Z' },
    ]);
  });

  test('the shipped ones bring every older schema to this one', () => {
    for (let version = 1; version <= schemaVersion; version++) expect(migrate(dump(version)).version).toBe(migrations.length + 1);
  });
});
