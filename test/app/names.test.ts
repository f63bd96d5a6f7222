import { describe, expect, test } from '@jest/globals';
import type { Line } from '../../src/cli/converse.ts';
import { openTestDesk, readBy, type TestDesk } from '../support/desk.ts';

/** A desk that these people have written to. */
async function desk(...people: string[]) {
  const opened = await openTestDesk();
  for (const person of people) await opened.say(person, '你好');
  const ask = async (from: string, text: string, more: Line = {}) => readBy(from, await opened.say(from, text, more));
  return { ...opened, ask, person: (id: string) => opened.store.transaction((tx) => tx.get('people', id)) };
}

const codeIn = (said: string) => /口令：(\w{8})/.exec(said)?.[1] ?? '';
const blocked = ({ store }: TestDesk) => store.transaction(async (tx) => (await tx.find('blocks')).map(({ id }) => id));

describe('a name is the longest that anybody is known by, or nobody’s', () => {
  test('a blank in a nickname does not make somebody of the shorter name blocked', async () => {
    const opened = await desk('王', '王 磊', '王 主任');
    expect(await opened.ask('李主任', '/拉黑 @王 磊 3天 原因:刷屏')).toContain('我不答 王 磊 的话');
    expect(await blocked(opened)).toEqual(['王 磊']);
  });

  test('nor director: what is given is a code, for the name that was written', async () => {
    const { ask, person } = await desk('王', '王 磊', '王 主任');
    const made = await ask('李主任', '/员工 加 @王 主任');
    expect(made).toContain('给 王 主任（经办）的口令');
    expect(await ask('王', '/待办')).not.toContain('没有');
    expect((await person('王'))?.role).toBeUndefined();
    await ask('王 主任', codeIn(made));
    expect(await person('王 主任')).toMatchObject({ role: 'worker', name: '王 主任' });
    expect((await person('王'))?.role).toBeUndefined();
  });

  test('nor assigned: words go to the colleague who was written, or to nobody', async () => {
    const opened = await openTestDesk({
      staff: [
        { name: '李主任', role: 'director' },
        { name: '小', role: 'worker' },
        { name: '小 周', role: 'worker' },
      ],
    });
    await opened.say('张三', '3栋2单元楼道灯不亮');
    await opened.say('李主任', '/派 0018 @小 周 明天去看');
    const appeal = await opened.store.transaction((tx) => tx.get('appeals', 'SQ261123-0018'));
    expect(appeal).toMatchObject({ handler: '小 周' });
    expect(appeal?.history.at(-1)?.text).toBe('小 周 明天去看');
    expect(readBy('李主任', await opened.say('李主任', '/派 0018 @小周周 明天去看'))).toContain('没有找到');
  });

  test('a nickname that was picked from the members of a group ends where WeChat says', async () => {
    const { ask, store } = await desk('王', '王 磊', '王 磊 3天');
    await ask('李主任', '/拉黑 @王 磊\u20053天 原因:刷屏');
    expect(await store.transaction((tx) => tx.find('blocks'))).toMatchObject([{ id: '王 磊', until: '2026-11-26T02:00:00.000Z' }]);
  });

  test('a name said without a sign, when it was asked for, is read whole too', async () => {
    const { ask } = await desk('王', '王 磊');
    await ask('小周', '/接管');
    expect(await ask('小周', '王 磊')).toContain('王 磊 交给您了');
  });

  test.each(['王\u200b磊', '王\u3000磊', '⺩磊', 'W磊'])('somebody called %j is not taken for 王磊 without a question', async (other) => {
    const { ask } = await desk('王磊', other);
    const asked = await ask('小周', '/接管 @王磊');
    expect(asked).toMatch(/不止一位|是这一位：王磊（/);
  });

  test.each([
    ['王磊', '王\u200b磊'],
    ['Amy', 'Аmy'],
    ['小刘', '小 刘'],
  ])('of %j and %j the one is meant whose row is said', async (one, other) => {
    const opened = await desk(one, other);
    const asked = await opened.ask('李主任', `/拉黑 @${one} 3天 原因:刷屏`);
    expect(asked).toContain('不止一位');
    expect(await blocked(opened)).toEqual([]);
    const row = asked.split('\n').findIndex((line) => line.includes(`2 ${other}（`)) > 0 ? '2' : '1';
    await opened.ask('李主任', row);
    expect(await blocked(opened)).toEqual([other]);
  });

  test('a row that was not shown, a later command or 取消 means nobody', async () => {
    const opened = await desk('王磊', '王 磊');
    await opened.ask('李主任', '/拉黑 @王磊 3天 原因:刷屏');
    await opened.ask('李主任', '7');
    await opened.ask('李主任', '/状态');
    await opened.ask('李主任', '1');
    await opened.ask('李主任', '/拉黑 @王磊 3天 原因:刷屏');
    await opened.ask('李主任', '取消');
    expect(await blocked(opened)).toEqual([]);
  });

  test.each([
    ['/接管 @张奶奶 60分', '张奶奶 60分', '张奶奶'],
    ['/拉黑 @小明 3天 原因:刷屏', '小明 3天', '小明'],
    ['/拉黑 @小明 取消', '小明 取消', '小明'],
  ])('whose nickname goes on like the line %s is asked about, and nothing is done to anybody before', async (line, longer, shorter) => {
    const opened = await desk(longer, shorter);
    const asked = await opened.ask('李主任', line);
    expect(asked).toContain(`1 ${longer}（`);
    expect(asked).toContain(`2 ${shorter}（`);
    expect(await blocked(opened)).toEqual([]);
    expect(await opened.ask('李主任', '2')).toMatch(new RegExp(`是这一位：${shorter}（|${shorter} 没有被拉黑`));
  });

  test.each(['S9QX4HT2K', 'S9QX4HT2K 主任', 'R7K2M'])('a token that nobody has is no name: %s', async (token) => {
    const { ask } = await desk();
    expect(codeIn(await ask('李主任', `/员工 加 @${token}`))).toBe('');
  });

  test('what stands behind a colleague’s name and is no role is not taken for a name', async () => {
    const { ask } = await desk();
    expect(codeIn(await ask('李主任', '/员工 加 小周 主任 快点'))).toBe('');
  });

  test('whoever was stopped is called as they call themselves again, not like a colleague', async () => {
    const { ask, person } = await desk();
    await ask('小明', codeIn(await ask('李主任', '/员工 加 小吴')));
    await ask('李主任', '/员工 停 小吴');
    expect(await person('小明')).toMatchObject({ name: '小明' });
    expect(await ask('李主任', '/接管 @小吴')).toContain('没有找到');
  });

  test('a line break in a name forges no line', async () => {
    const { ask } = await desk();
    expect(await ask('李主任', '/员工 加 小吴\n【紧急】快来')).toContain('给 小吴 （紧急）快来（经办）的口令');
  });

  test('what tells them apart is shown: a case, and what cannot be seen in the name', async () => {
    const { ask } = await desk('王\u200b磊');
    await ask('王磊', '3栋2单元楼道灯不亮');
    const asked = await ask('小周', '/接管 @王磊');
    expect(asked).toContain('最近一单 SQ261123-0018');
    expect(asked).toContain('名字里有看不见的符号');
  });

  test('a resident who takes a colleague’s name stands in nobody’s way, and becomes nothing', async () => {
    const { ask, person, say, store } = await desk('小 周');
    await say('张三', '3栋2单元楼道灯不亮');
    expect(await ask('李主任', '/派 0018 @小周')).toContain('小周');
    expect((await store.transaction((tx) => tx.get('appeals', 'SQ261123-0018')))?.handler).toBe('小周');
    expect(await ask('李主任', '/员工 停 @小周')).toContain('小周 不再是工作人员');
    expect((await person('小 周'))?.role).toBeUndefined();
  });

  test('staff are named by their row, also one who calls himself like a number', async () => {
    const { ask, person } = await desk('1');
    const list = await ask('李主任', '/员工 列');
    const row = /(\d) 小周/.exec(list)?.[1] ?? '';
    expect(await ask('李主任', `/员工 停 ${row}`)).toContain('小周 不再是工作人员');
    expect((await person('小周'))?.role).toBeUndefined();
    expect(await ask('李主任', '/员工 停 9')).toContain('没有第 9 行');
  });

  test('leave and a deputy with a blank in the name', async () => {
    const { say, store } = await openTestDesk({
      staff: [
        { name: '小周', role: 'worker' },
        { name: '小', role: 'worker' },
        { name: '小 刘', role: 'worker' },
      ],
    });
    await say('小周', '/请假 3天 @小 刘');
    expect(await store.transaction((tx) => tx.get('absences', '小周'))).toMatchObject({ deputy: '小 刘' });
  });
});

describe('whoever says the code becomes who it was made out for', () => {
  test('under the name that the director wrote, whatever they are called', async () => {
    const { ask, person, say } = await desk();
    const code = codeIn(await ask('李主任', '/员工 加 小吴 主任'));
    const heard = await say('吃瓜群众', code.toLowerCase());
    expect(readBy('吃瓜群众', heard)).toContain('小吴，您现在是主任了');
    expect(readBy('李主任', heard)).toContain('微信昵称“吃瓜群众”');
    expect(await person('吃瓜群众')).toMatchObject({ name: '小吴', role: 'director' });
    expect(await ask('另一个人', code)).not.toContain('主任');
  });

  test('within a day, once, and only the newest for a name', async () => {
    const { ask, person } = await desk();
    const first = codeIn(await ask('李主任', '/员工 加 小吴'));
    const second = codeIn(await ask('李主任', '/员工 加 小吴'));
    await ask('甲', first);
    expect((await person('甲'))?.role).toBeUndefined();
    await ask('乙', second, { at: '2026-11-24T10:01:00+08:00' });
    expect((await person('乙'))?.role).toBeUndefined();
  });

  test('not in a group: there it is void from then on, and the director hears so', async () => {
    const { say, ask, person } = await desk();
    const code = codeIn(await ask('李主任', '/员工 加 小吴'));
    const heard = await say('小吴', code, { room: '居民群' });
    expect(readBy('李主任', heard)).toContain('已经作废');
    await ask('旁观者', code);
    expect((await person('旁观者'))?.role).toBeUndefined();
    expect((await person('小吴'))?.role).toBeUndefined();
  });

  test('not a colleague who has got hold of it, nor for one who has left since', async () => {
    const { ask, person, say } = await desk();
    const code = codeIn(await ask('李主任', '/员工 加 王副主任 主任'));
    const heard = await say('小周', code);
    expect(readBy('李主任', heard)).toContain('小周');
    expect(await person('小周')).toMatchObject({ role: 'worker', name: '小周' });
    const raise = codeIn(await ask('李主任', '/员工 加 @小周 主任'));
    await ask('路人', raise);
    expect((await person('路人'))?.role).toBeUndefined();
    await ask('李主任', '/员工 停 @小周');
    await ask('小周', raise);
    expect((await person('小周'))?.role).toBeUndefined();
  });

  test('the codes of a director who is one no more are void', async () => {
    const { ask, person } = await openTestDesk({
      staff: [
        { name: '李主任', role: 'director' },
        { name: '前主任', role: 'director' },
      ],
    }).then((opened) => ({
      ...opened,
      ask: async (from: string, text: string) => readBy(from, await opened.say(from, text)),
      person: (id: string) => opened.store.transaction((tx) => tx.get('people', id)),
    }));
    const code = codeIn(await ask('前主任', '/员工 加 亲戚'));
    await ask('李主任', '/员工 停 @前主任');
    await ask('李主任', '确认 TE');
    await ask('亲戚', code);
    expect((await person('亲戚'))?.role).toBeUndefined();
  });

  test('somebody’s guesses are their own: another’s right code goes on counting', async () => {
    const { ask, person } = await desk();
    const code = codeIn(await ask('李主任', '/员工 加 小吴'));
    for (const guess of ['AAAA2222', 'BBBB3333', 'CCCC4444', 'DDDD5555', 'EEEE6666']) await ask('小偷', guess);
    expect(await ask('小偷', code)).toContain('明天再试');
    await ask('小吴', code);
    expect((await person('小吴'))?.role).toBe('worker');
    expect((await person('小偷'))?.role).toBeUndefined();
  });

  test.each(['我', '主任', '\u200b', '一二三四五六七八九十一二三四五六七八九十一'])('a name like %j is nobody’s', async (name) => {
    const { ask, store } = await desk();
    expect(codeIn(await ask('李主任', `/员工 加 ${name}`))).toBe('');
    expect(await store.transaction((tx) => tx.find('enrolments'))).toEqual([]);
  });
});
