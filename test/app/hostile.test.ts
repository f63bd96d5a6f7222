import { describe, expect, test } from '@jest/globals';
import type { Line } from '../../src/cli/converse.ts';
import type { Content, Snapshot } from '../../src/desk/kernel/content.ts';
import { shippedContent } from '../support/content.ts';
import { openTestDesk, written } from '../support/desk.ts';

/** A desk that writes down everything that is said, whoever hears it. */
async function desk(content: Content = shippedContent()) {
  const { store, ...opened } = await openTestDesk({ content });
  /** What is said after one line, as "to or room: text". */
  const say = async (from: string, text: string, more: Line = {}) => written(await opened.say(from, text, more));
  const tick = async (at: string) => written(await opened.to(at));
  return { store, say, tick };
}

const to = (said: readonly string[], who: string) => said.filter((line) => line.startsWith(`${who}：`)).join('\n');

describe('a complaint about the staff', () => {
  test('reaches directors only, however it goes on', async () => {
    const { say, tick } = await desk();
    const all = [
      await say('陈姐', '我要投诉 窗口的工作人员小周态度恶劣还吼我'),
      await say('陈姐', '补充 他还摔了我的材料'),
      await say('陈姐', '催一下'),
      await tick('2026-11-24T17:31:00+08:00'),
    ].flat();
    expect(to(all, '李主任')).toContain('态度');
    for (const line of [to(all, '工作群'), to(all, '小周')]) expect(line).not.toContain('SQ261123');
    expect((await say('小周', '/待办')).join()).not.toContain('SQ261123');
    expect((await say('小周', '/查 陈姐')).join()).not.toContain('SQ261123');
    expect((await say('李主任', '/派 0018 @小周')).join()).toContain('只有主任能看');
  });
});

describe('taking a chat over', () => {
  test('what the bot has asked staff for is never passed on to the resident', async () => {
    const { say } = await desk();
    await say('张奶奶', '3栋2单元楼道灯不亮');
    await say('小周', '/接管 @张奶奶');
    await say('小周', '/备注 0018');
    expect(to(await say('小周', '这家人爱闹，别理他'), '张奶奶')).toBe('');
  });

  test('whoever has left the staff hears nothing any more, and nobody takes a colleague over', async () => {
    const { say } = await desk();
    await say('张奶奶', '你好');
    await say('小周', '/接管 @张奶奶 999小时');
    await say('李主任', '/员工 停 @小周');
    expect(to(await say('张奶奶', '我跟你说个私事'), '小周')).toBe('');
    const [made = ''] = await say('李主任', '/员工 加 @小周');
    await say('小周', /口令：(\w{8})/.exec(made)?.[1] ?? '');
    expect((await say('小周', '/接管 @李主任')).join()).toContain('同事');
  });
});

describe('one problem, many voices', () => {
  test('who withdraws leaves it to those who joined', async () => {
    const { say, store } = await desk();
    await say('张三', '3栋2单元楼道灯不亮');
    await say('李四', '3栋2单元的楼道灯坏了');
    await say('李四', '1');
    await say('张三', '撤回我的诉求');
    await say('张三', '1');
    const [appeal] = await store.transaction((tx) => tx.find('appeals'));
    expect(appeal).toMatchObject({ state: 'registered', person: '李四', followers: [] });
  });

  test('the words and the urgency of who joins are kept', async () => {
    const { say, store } = await desk();
    await say('张三', '3栋2单元楼道漏水，一点点滴');
    await say('李四', '3栋2单元楼道漏水，水管爆了，水淹到插座了');
    await say('李四', '1');
    const [appeal] = await store.transaction((tx) => tx.find('appeals'));
    expect(appeal?.urgent).toBe(true);
    expect(JSON.stringify(appeal?.history)).toContain('淹到插座');
  });

  test('a private matter is nobody else’s, whatever the place', async () => {
    const { say } = await desk();
    await say('张三', '求社区来调解，3栋2单元我和对门吵架，我得过抑郁症');
    expect((await say('李四', '求社区调解，3栋2单元邻居和我吵架')).join()).not.toContain('加一票');
  });

  test('undoing a 拆分 after a 合并 leaves every voice where it was', async () => {
    const { say } = await desk();
    await say('张三', '3栋2单元楼道灯不亮');
    await say('李四', '5栋1单元楼道灯不亮');
    await say('小周', '/合并 0026 到 0018');
    await say('小周', '/拆分 0026');
    await say('小周', '/撤销');
    expect(to(await say('小周', '/办结 0018 换了灯泡'), '李四')).toContain('办好了');
  });
});

describe('numbers', () => {
  test('somebody’s own are masked also where staff write to residents; the office’s telephone is not', async () => {
    const { say } = await desk();
    await say('张三', '3栋2单元楼道灯不亮');
    const told = to(await say('小周', '/回复 0018 打 0858-8123456 找老王 13912345678，身份证 522601199001011234'), '张三');
    expect(told).toContain('0858-8123456');
    expect(told).not.toMatch(/13912345678|522601199001011234/);
  });

  test.each(['138\n0013\n8000', '138\u200b0013\u200b8000', '+86(138)00138000', '138  0013  8000'])(
    'are masked however they are written: %j',
    async (number) => {
      const { say, store } = await desk();
      await say('张三', `3栋2单元楼道灯不亮，电话${number}`);
      const kept = JSON.stringify(await store.transaction(async (tx) => [await tx.find('appeals'), await tx.find('deliveries')]));
      expect(kept.replace(/[^\d]/g, '')).not.toContain('13800138000');
    },
  );

  test('an appeal’s number is none of them, whatever stands behind it', async () => {
    const { say } = await desk();
    await say('张三', '3栋2单元楼道灯不亮');
    expect((await say('小周', '/备注 SQ261123-0018 12345 来电催办')).join()).toContain('备注记下了');
  });

  test('the ending of a number is no row of a list', async () => {
    const { say, store } = await desk();
    for (let i = 1; i <= 19; i++) await say(`居民${i}`, `${i}栋门口垃圾没人收`);
    await say('小周', '/待办');
    await say('小周', '/办结 0018 清了');
    const done = await store.transaction((tx) => tx.find('appeals', { state: 'resolved' }));
    expect(done.map(({ id }) => id)).toEqual(['SQ261123-0018']);
    expect((await say('小周', '/办结 77 清了')).join()).toContain('没有第 77 行');
  });
});

describe('roles', () => {
  test('nobody is lowered by 加, and the last director stays', async () => {
    const { say, store } = await desk();
    await say('李主任', '/员工 加 我');
    await say('李主任', '/员工 停 @李主任');
    await say('李主任', '确认 TE');
    expect(await store.transaction((tx) => tx.find('people', { role: 'director' }))).toHaveLength(1);
  });
});

describe('what would go on for ever', () => {
  test('a message of nothing but fillers is read at once', async () => {
    const { say } = await desk();
    expect(await say('张三', `我要投诉噪音，${'我们'.repeat(200)}喊`)).not.toEqual([]);
  });

  test('after a holiday was added to the calendar the clocks are set anew, once', async () => {
    let snapshot: Snapshot = shippedContent().current();
    const { say, tick, store } = await desk({ current: () => snapshot, teach: () => undefined });
    for (let i = 1; i <= 60; i++) await say(`居民${i}`, `${i}栋门口垃圾没人收`);
    // Each waits for its resident, three working days.
    await store.transaction(async (tx) => {
      for (const appeal of await tx.find('appeals'))
        await tx.put('appeals', { ...appeal, state: 'waiting_resident', pausedAt: appeal.createdAt, wakeAt: '2026-11-26T09:30:00.000Z' });
    });
    snapshot = { ...snapshot, calendar: { ...snapshot.calendar, holidays: ['2026-11-24', '2026-11-25'] } };
    expect((await tick('2026-11-26T17:31:00+08:00')).length).toBeLessThan(5);
    expect((await tick('2026-12-03T17:31:00+08:00')).length).toBeGreaterThan(59);
  });

  test('an emergency that somebody has taken on is not paged again, and told twice it is one', async () => {
    const { say, tick, store } = await desk();
    await say('张三', '3栋着火了');
    await say('张三', '3栋着火了快来人啊');
    expect(await store.transaction((tx) => tx.find('alarms'))).toHaveLength(1);
    await say('小周', '/收到 JQ261123-001');
    expect(await tick('2026-11-23T10:06:00+08:00')).toEqual([]);
  });
});

describe('danger while a question of ours waits', () => {
  test('a place said without a sign of danger is a place; a cry for help is a cry for help', async () => {
    const { say } = await desk();
    await say('张奶奶', '楼道灯坏了好几天');
    expect((await say('张奶奶', '在门口往里走第二个')).join()).not.toContain('有人有危险');
    await say('刘哥', '楼道灯坏了好几天');
    expect((await say('刘哥', '快来人，地上躺起个人喊不应')).join()).toMatch(/120|有人有危险/);
  });
});
