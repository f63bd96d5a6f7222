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

  test('somebody in danger under schema 4 is an alarm under their number, and no question of an appeal is put to them any more', () => {
    const at = '2026-11-23T02:00:00.000Z';
    const later = '2026-11-23T03:00:00.000Z';
    const appeal = (id: string, category: string, more: object) => ({
      id,
      category,
      state: 'registered',
      what: '我不想活了',
      person: '秦姐',
      files: ['a.jpg'],
      followers: [],
      createdAt: at,
      history: [{ at, actor: '秦姐', move: 'register', to: 'registered' }],
      ...more,
    });
    const tables = {
      appeals: [
        appeal('SQ261123-0018', 'action.emergency', {
          state: 'resolved',
          handler: '小周',
          result: '劝好了',
          history: [
            { at, actor: '秦姐', move: 'register', to: 'registered' },
            { at: later, actor: '小周', move: 'accept', to: 'accepted' },
            { at: later, actor: '小周', move: 'resolve', to: 'resolved', text: '劝好了' },
          ],
        }),
        appeal('SQ261123-0026', 'action.emergency', { room: 'g' }),
        appeal('SQ261123-0039', 'appeal.streetlight', { what: '路灯不亮' }),
      ],
      alarms: [
        { id: 'SQ261123-0026', appeal: 'SQ261123-0026', nextAt: later, pages: 2 },
        { id: 'g/刘哥', asked: { person: '刘哥', emergency: 'gas', text: '有股味' }, nextAt: later, pages: 0 },
      ],
      questions: [
        { id: '秦姐', stack: [{ question: { kind: 'rating', appeal: 'SQ261123-0018' }, expiresAt: later, owed: true, rank: 1 }] },
        { id: '刘哥', stack: [{ question: { kind: 'danger', emergency: 'gas', text: '有股味' }, expiresAt: later, owed: true, rank: 9 }] },
      ],
      undos: [{ id: '小周', at: later, before: [{ appeal: { id: 'SQ261123-0018' }, steps: 2 }], told: [] }],
    };
    const now = migrate({ version: 4, counters: {}, tables } as unknown as Dump).tables;
    expect(now.appeals?.map(({ id }) => id)).toEqual(['SQ261123-0039']);
    expect(now.alarms).toMatchObject([
      { id: 'SQ261123-0018', state: 'over', kinds: ['unknown'], takers: ['小周'], result: '劝好了', overAt: later },
      { id: 'SQ261123-0026', state: 'called', room: 'g', nextAt: later, pages: 2, takers: [] },
    ]);
    const [ended] = now.alarms as unknown as { history: { move: string }[] }[];
    expect(ended?.history.map(({ move }) => move)).toEqual(['call', 'tell', 'hear', 'close']);
    expect(now.suspicions).toEqual([{ id: 'g/刘哥', person: '刘哥', room: 'g', kind: 'gas', text: '有股味', nextAt: later }]);
    expect(now.questions?.map(({ id }) => id)).toEqual(['刘哥']);
    expect(now.undos).toBeUndefined();
  });

  test('what was of the only account there was until schema 5 is that of WeChat', () => {
    const bindings = [{ id: 'simulator/person/zhang' }, { id: 'wechat/room/@@1' }];
    const switches = [{ id: 'limited' }, { id: 'broadcasts' }, { id: 'duty' }];
    const now = migrate({ version: 5, counters: {}, tables: { bindings, switches, deliveries: [{ id: 'd' }] } }).tables;
    expect(now.bindings?.map(({ id }) => id)).toEqual(['wechat/person/zhang', 'wechat/room/@@1']);
    expect(now.switches?.map(({ id }) => id)).toEqual(['limited/wechat', 'broadcasts/wechat', 'duty']);
    expect(now.deliveries).toEqual([{ id: 'd', account: 'wechat' }]);
  });

  test('the shipped ones bring every older schema to this one', () => {
    for (let version = 1; version <= schemaVersion; version++) expect(migrate(dump(version)).version).toBe(migrations.length + 1);
  });
});
