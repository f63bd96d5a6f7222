import { describe, expect, test } from '@jest/globals';
import type { Line } from '../../src/cli/converse.ts';
import { director, openTestDesk } from '../support/desk.ts';

async function desk() {
  const { store, decision, ...opened } = await openTestDesk({ staff: [director] });
  /** @returns what is said after one line to whoever said it, and its decision */
  const say = async (from: string, text: string, more: Line = {}) => {
    const heard = await opened.say(from, text, more);
    return { said: heard.flatMap((each) => (each.to === from || each.room !== undefined ? [each.text ?? ''] : [])), decision: decision() };
  };
  return { store, say };
}

describe('two bots that talk to each other', () => {
  test('end after a few turns when the other is one of ours', async () => {
    const [one, other] = [await desk(), await desk()];
    let words = ['你好'];
    let turns = 0;
    for (; words.length > 0 && turns < 100; turns++) {
      const { said } = await one.say('另一个机器人', words.join('\n'));
      words = said.length === 0 ? [] : (await other.say('小桥', said.join('\n'))).said;
    }
    expect(turns).toBeLessThan(30);
  });

  test.each<[string, (turn: number, said: string) => string, number]>([
    ['says ours back', (_, said) => said, 30],
    ['always says the same', () => '亲，请问有什么可以帮您？', 10],
    ['says two things in turn', (turn) => ['亲，在的哦', '请问您要查什么'][turn % 2] ?? '', 10],
    ['sends signs', () => '😀', 10],
    ['types commands', () => '/help', 10],
    ['says something new each time', (turn) => `${turn}号客服为您服务，${'您说得对'.repeat(1 + (turn % 7))}`, 202],
  ])('end when the other %s', async (_, answer, within) => {
    const { say } = await desk();
    let said = ['你好'];
    let turns = 0;
    for (; said.length > 0 && turns < 300; turns++) said = (await say('客服', answer(turns, said.join('\n')))).said;
    expect(turns).toBeLessThanOrEqual(within);
  });
});

describe('a flooded room', () => {
  async function flooded() {
    const given = await desk();
    const outcomes = [];
    for (let index = 0; index < 160; index++) {
      outcomes.push(await given.say(`居民${index % 40}`, `第${index}次问居住证怎么办`, { room: '居民群', addressed: true }));
    }
    return { ...given, outcomes };
  }

  test('is told once, and is silent', async () => {
    const { outcomes } = await flooded();
    expect(outcomes.slice(0, 150).every(({ said }) => said.length > 0)).toBe(true);
    expect(outcomes[150]).toMatchObject({ decision: 'silent', said: [expect.stringContaining('先歇')] });
    expect(outcomes.slice(151)).toEqual(Array(9).fill({ decision: 'silent', said: [] }));
  });

  test('is heard when somebody is in danger; staff are, and so is everybody in private', async () => {
    const { say } = await flooded();
    expect((await say('居民1', '3栋着火了', { room: '居民群' })).decision).toBe('emergency');
    expect((await say('李主任', '居住证怎么办', { room: '居民群', addressed: true })).decision).toBe('answer');
    expect((await say('居民2', '居住证怎么办')).decision).toBe('answer');
  });
});

describe('whoever is limited', () => {
  async function limited() {
    const given = await desk();
    for (let times = 0; times < 8; times++) await given.say('小明', '喂');
    return given;
  }

  test('finishes the appeal that was begun', async () => {
    const { say } = await desk();
    await say('小明', '楼上漏水滴到我家');
    for (let times = 0; times < 201; times++) await say('小明', `居住证怎么办${times}`);
    expect((await say('小明', '低保怎么申请')).decision).toBe('silent');
    expect((await say('小明', '3栋2单元501')).said.join()).toContain('已经登记');
  });

  test('is limited also while a question of ours waits', async () => {
    const { say } = await desk();
    await say('小明', '3栋2单元楼道灯不亮');
    await say('李主任', '/办结 0018 换了灯泡');
    const heard = [];
    for (let times = 0; times < 12; times++) heard.push(await say('小明', '你是猪吗'));
    expect(heard.slice(8).every(({ said }) => said.length === 0)).toBe(true);
    expect((await say('小明', '解决了')).said.join()).toContain('满不满意');
  });

  test('is asked whether somebody is in danger, and the answer is heard', async () => {
    const { say } = await limited();
    expect((await say('小明', '好像有点煤气味')).decision).toBe('emergency');
    const { decision } = await say('小明', '1');
    expect(decision).toBe('emergency');
  });

  test('is limited in every room, and nobody else is', async () => {
    const { say } = await limited();
    expect(await say('小明', '居住证怎么办', { room: '居民群', addressed: true })).toEqual({ decision: 'silent', said: [] });
    expect((await say('张奶奶', '居住证怎么办', { room: '居民群', addressed: true })).decision).toBe('answer');
  });

  test('is not counted for what neighbours say to each other', async () => {
    const { say, store } = await desk();
    for (let times = 0; times < 300; times++) await say('陈姐', '今天吃什么', { room: '居民群' });
    expect(await store.transaction((tx) => tx.find('traffic'))).toEqual([]);
  });
});

test('staff are never limited, however often they ask the same', async () => {
  const { say } = await desk();
  for (let times = 0; times < 120; times++) expect((await say('李主任', '居住证怎么办')).decision).toBe('answer');
  expect((await say('李主任', '/待办')).decision).toBe('action');
});

test('a talkative script of different questions at one instant is answered to its end', async () => {
  const { say } = await desk();
  for (let index = 0; index < 90; index++) expect((await say('张奶奶', `${index}栋的居住证怎么办`)).decision).not.toBe('silent');
});

describe("one's own data", () => {
  test('can be asked for and deleted by who is blocked', async () => {
    const { say } = await desk();
    await say('小明', '3栋2单元楼道灯不亮');
    await say('李主任', '/拉黑 @小明 3天 原因:骂人');
    expect((await say('小明', '我的信息')).said.join()).toContain('1 件');
    await say('小明', '删除我的信息');
    expect((await say('小明', '1')).said.join()).toContain('都删掉了');
    expect((await say('小明', '居住证怎么办')).said).toEqual([]);
  });

  test('is told a few times an hour, since the archive is read for it, and deleting it begins nothing anew', async () => {
    const { say } = await desk();
    const answered = [];
    for (let time = 0; time < 30; time++) answered.push(...(await say('小明', '我的信息')).said);
    expect(answered).toHaveLength(11);
    expect(answered.at(-1)).toContain('歇 10 分钟');
    const again = await say('小明', '删除我的信息', { at: '2026-11-23T10:11:00+08:00' });
    expect(again.said.join()).toContain('真的都删掉吗');
    await say('小明', '1');
    for (let time = 0; time < 30; time++) await say('小明', '我的信息');
    expect((await say('小明', '我的信息', { at: '2026-11-23T10:22:00+08:00' })).said).toEqual([]);
  });
});
