import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Appeal } from '../../src/desk/appeals/rows.ts';
import { commands } from '../../src/desk/parts.ts';
import { appealStates, legalMoves } from '../../src/domain/appeals/appeal.ts';
import { shippedContent } from '../support/content.ts';
import { openTestDesk, readBy } from '../support/desk.ts';

const number = 'SQ261123-0018';

/** A desk with one appeal, a worker and a director; `say` gives what its speaker reads. */
async function desk(at = '2026-11-23T10:00:00+08:00') {
  const { stage, store, all, ...opened } = await openTestDesk({ rooms: [], at });
  const say = async (from: string, text: string) => readBy(from, await opened.say(from, text));
  await stage.take({ from: '张奶奶', text: '3栋2单元楼道灯不亮' });
  const appeals = () => store.transaction((tx) => tx.find('appeals'));
  const put = (appeal: Appeal) => store.transaction((tx) => tx.put('appeals', appeal));
  return { ...opened, stage, store, say, appeals, put, all };
}

const words = () => shippedContent().current().commands;

describe('the declaration of a command', () => {
  test.each(commands.map(({ id }) => id))('%s has a verb, a usage, an English name and an example that it understands', async (id) => {
    const { verb, aliases, example } = words().get(id) ?? { verb: '', aliases: [], example: '' };
    expect(verb).not.toBe('');
    expect(aliases.some((alias) => /^[a-z ]+$/.test(alias))).toBe(true);
    expect(example.startsWith(`/${verb}`)).toBe(true);
    const { say } = await desk();
    expect(await say('李主任', `/帮助 ${verb}`)).toContain(example);
    // The example leads to its command, not to "no such command".
    const answer = await say('李主任', example);
    expect(answer).not.toContain('没有这个命令');
    expect(answer).not.toBe('');
  });
});

test('/帮助 is one screen of a phone, also for a director', async () => {
  const { say } = await desk();
  // Some 22 characters stand in a line, some 30 lines on a screen.
  const lines = (await say('李主任', '/帮助')).split('\n').map((line) => Math.ceil(line.length / 22));
  expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(30);
});

describe('command × state', () => {
  const moving = commands.filter(({ move }) => move !== undefined);
  const cases = appealStates.flatMap((state) =>
    moving.map(({ id, move = 'note' }) => ({ state, id, legal: legalMoves(state).includes(move) })),
  );

  const rest: Record<string, string> = { merge: '到 SQ261123-0026', assign: '@小周 先去看看', extend: '3天 原因:等配件' };

  test.each(cases)('$id on $state: legal $legal', async ({ state, id, legal }) => {
    const { say, appeals, put } = await desk();
    const [appeal] = await appeals();
    if (!appeal) throw new Error('no appeal was filed');
    await put({ ...appeal, state });
    await put({ ...appeal, id: 'SQ261123-0026', state: 'accepted' });
    const verb = words().get(id)?.verb ?? '';
    const answer = await say('李主任', `/${verb} ${number} ${rest[id] ?? '换了灯泡'}`);
    const [after] = await appeals();
    if (legal) expect(answer).not.toContain('这一步做不了');
    else {
      expect(answer).toContain('这一步做不了');
      expect(answer).toContain('现在可以：');
      expect(after).toEqual({ ...appeal, state });
    }
  });
});

describe('whatever is typed after a slash', () => {
  const junk = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom(
      '😀',
      '　',
      'SQ261123-0018',
      'SQ999999-9999',
      '0018',
      '@小周',
      '@不存在',
      '期:周五',
      '期:31号',
      '3天',
      '-1天',
      '9999999天',
      '原因:',
      '到',
      '确认 AA',
    ),
    fc.constantFrom(
      '__proto__',
      '{"role":"director"}',
      "'; DROP TABLE",
      '<script>',
      '=1+1',
      '../../etc/passwd',
      '\u202e\u0000',
      '/办结 1 x',
    ),
    fc.constant('长'.repeat(10_000)),
  );
  const verbs = [...words().values()].flatMap(({ verb, aliases }) => [verb, ...aliases]).concat('没有的', '', 'DROP');
  const line = fc
    .tuple(fc.constantFrom('/', '／', ' / '), fc.constantFrom(...verbs), fc.array(junk, { maxLength: 4 }))
    .map(([slash, verb, rest]) => `${slash}${verb} ${rest.join(' ')}`);

  test('is answered, and leaves no half act: the state is that before, or that of a legal move', async () => {
    await fc.assert(
      fc.asyncProperty(line, fc.constantFrom('小周', '李主任'), async (text, who) => {
        const { stage, appeals, heardOf } = await desk();
        const [before] = await appeals();
        const said = await heardOf(() => stage.take({ from: who, text }));
        expect(said.length).toBeGreaterThan(0);
        for (const { text: told = '' } of said) expect(told).not.toMatch(/undefined|\[object|TypeError|at \//);
        const after = (await appeals()).find(({ id }) => id === before?.id);
        expect(after?.history.slice(0, before?.history.length)).toEqual(before?.history);
      }),
      { numRuns: 150, seed: 20261124 },
    );
  }, 120_000);

  test('does nothing at all for a resident but show the menu', async () => {
    await fc.assert(
      fc.asyncProperty(line, async (text) => {
        const { stage, store, appeals } = await desk();
        const before = await appeals();
        await stage.take({ from: '路人', text });
        expect((await appeals()).filter(({ id }) => id === number)).toEqual(before);
        expect(await store.transaction((tx) => tx.find('people', { role: 'director' }))).toHaveLength(1);
      }),
      { numRuns: 60, seed: 20261124 },
    );
  });
});

test('two who act on one appeal at the same moment: one does, the other is told', async () => {
  const { stage, appeals, heardOf } = await desk();
  const message = (person: string) => ({ id: person, person, text: `/受理 ${number}`, kind: 'text' as const, addressed: true });
  const said = await heardOf(() => Promise.all([stage.app.hear(message('小周')), stage.app.hear(message('李主任'))]));
  expect(said.filter(({ text }) => text?.includes('好了'))).toHaveLength(1);
  expect(said.filter(({ text }) => text?.includes('这一步做不了'))).toHaveLength(1);
  expect(said.filter(({ to }) => to === '张奶奶')).toHaveLength(1);
  const [appeal] = await appeals();
  expect(appeal?.history).toHaveLength(2);
});

test('a deadline in a year whose holidays are not known is refused aloud, and the receipt names days instead of a date', async () => {
  const { say, all } = await desk('2026-12-30T10:00:00+08:00');
  expect(all.map(({ text }) => text).join()).toContain('5 个工作日');
  expect(all.map(({ text }) => text).join()).toContain('calendar.yaml');
  expect(await say('李主任', '/延期 SQ261230-0015 5天 原因:等配件')).toContain('calendar.yaml');
});

test('every act and every refusal is in the audit trail, by ids and without words', async () => {
  const { say, store } = await desk();
  await say('小周', `/受理 ${number}`);
  await say('小周', '/员工 加 @张奶奶 主任');
  await say('李主任', '/值班 @小周');
  const audit = await store.transaction((tx) => tx.find('audit'));
  expect(audit).toContainEqual(expect.objectContaining({ actor: '小周', act: 'accept', target: number, allowed: true }));
  expect(audit).toContainEqual(expect.objectContaining({ actor: '小周', act: 'staff.add', allowed: false }));
  expect(audit).toContainEqual(expect.objectContaining({ actor: '李主任', act: 'duty', target: '小周', allowed: true }));
  expect(JSON.stringify(audit)).not.toContain('灯');
});

test('authority never comes from a name: whoever calls themselves a member of staff is none', async () => {
  const { stage, store, say } = await desk();
  await store.transaction((tx) => tx.put('people', { id: 'impostor', name: '李主任', reachable: true }));
  await stage.app.hear({ id: 'x', person: 'impostor', text: '/员工 加 @张奶奶 主任', kind: 'text', addressed: true });
  expect(await store.transaction((tx) => tx.get('people', '张奶奶'))).not.toHaveProperty('role');
  // Where a colleague is meant, a resident of that name is passed over.
  await say('李主任', '/值班 @李主任');
  expect(await store.transaction((tx) => tx.get('switches', 'duty'))).toMatchObject({ person: '李主任' });
});
