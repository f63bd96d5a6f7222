import { describe, expect, test } from '@jest/globals';
import { migrate, migrations, schemaVersion } from '../../src/store/migrations.ts';
import type { Dump } from '../../src/store/rows.ts';

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

  test('the shipped ones bring every older schema to this one', () => {
    for (let version = 1; version <= schemaVersion; version++) expect(migrate(dump(version)).version).toBe(migrations.length + 1);
  });
});
