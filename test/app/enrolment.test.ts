import { describe, expect, test } from '@jest/globals';
import type { Line } from '../../src/cli/converse.ts';
import { newDirectorCode } from '../../src/desk/people/enrolment.ts';
import { openTestDesk, readBy } from '../support/desk.ts';

async function desk() {
  const { app, store, ...opened } = await openTestDesk({ staff: [], staffRooms: [], rooms: [], at: null });
  const code = await newDirectorCode(store, app.ids, app.clock.now());
  if (code === undefined) throw new Error('no code was made');
  const say = async (from: string, text: string, more: Line = {}) =>
    (await opened.say(from, text, more)).map((heard) => heard.text ?? '').join('\n');
  const role = (id: string) => store.transaction(async (tx) => (await tx.get('people', id))?.role);
  return { app, code, say, role, store };
}

describe('the code of the first director', () => {
  test('makes whoever sends it privately the director, once', async () => {
    const { app, code, say, role, store } = await desk();
    expect(await say('李主任', code.toLowerCase())).toContain('您现在是主任了');
    expect(await role('李主任')).toBe('director');
    await say('小明', code);
    expect(await role('小明')).toBeUndefined();
    expect(await newDirectorCode(store, app.ids, app.clock.now())).toBeUndefined();
  });

  test('does nothing in a group', async () => {
    const { code, say, role } = await desk();
    await say('小明', `@小桥 ${code}`, { room: '居民群' });
    expect(await role('小明')).toBeUndefined();
  });

  test('expires after a day', async () => {
    const { code, say, role } = await desk();
    await say('小明', code, { at: '2026-11-24T10:01:00+08:00' });
    expect(await role('小明')).toBeUndefined();
  });

  test('is void after five wrong ones, and none of them is answered differently', async () => {
    const { code, say, role } = await desk();
    const wrong = code.replace(/./, (first) => (first === 'A' ? 'B' : 'A'));
    const first = await say('小明', wrong);
    expect(first).not.toContain('主任');
    for (let times = 1; times < 5; times++) await say('小明', wrong);
    await say('小明', code);
    expect(await role('小明')).toBeUndefined();
  });
});

test('whoever is blocked becomes no colleague by a code that was not made out for them, and the director hears of it', async () => {
  const { say } = await openTestDesk();
  await say('小明', '你好');
  await say('李主任', '/拉黑 @小明 3天 原因:骂人');
  const code = /口令：(\w{8})/.exec(readBy('李主任', await say('李主任', '/员工 加 小孙')))?.[1] ?? '';
  const told = await say('小明', code);
  expect(readBy('小明', told)).toContain('要他自己');
  expect(readBy('李主任', told)).toContain('小明');
  expect(readBy('小明', await say('小明', '/待办'))).toBe('');
  expect(readBy('小孙', await say('小孙', code))).toContain('小孙');
});
