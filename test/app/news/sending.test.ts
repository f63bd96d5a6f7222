import { describe, expect, test } from '@jest/globals';
import { type Pace, type Saying, SendError } from '../../../src/desk/kernel/accounts.ts';
import { freezeOutbox } from '../../../src/desk/sending/freeze.ts';
import { at, confirmed, item, newsdesk } from './newsdesk.ts';

const pace: Pace = { broadcastGap: [15, 45], broadcastsADay: 40 };
const many = Array.from({ length: 60 }, (_, index) => `${index + 1}号`);
const isNews = ({ kind }: Saying) => kind === 'broadcast';

describe('pacing', () => {
  test('one group after another, with a gap between them; answers are not held up', async () => {
    const desk = await newsdesk({ pace });
    await desk.to('11-27 09:00');
    expect(desk.heard('正文a')).toEqual(['A']);
    expect(await desk.say('张奶奶', '谢谢')).not.toBe('');
    await desk.app.tick();
    expect(desk.heard('正文a')).toEqual(['A']);
    await desk.through('11-27 09:01', '11-27 09:03');
    expect(desk.heard('正文a')).toEqual(['A', 'B', 'C']);
  });

  test('no more on one day than the account bears; the rest goes on in the morning', async () => {
    const desk = await newsdesk({ pace, rooms: many });
    await desk.through('11-27 09:00', '11-27 20:00');
    expect(desk.said.filter(isNews)).toHaveLength(40);
    await desk.through('11-28 07:00', '11-28 09:00');
    const rest = desk.said.filter(isNews).slice(40);
    expect(rest).toHaveLength(20);
    expect(rest[0]?.at).toBe(at('11-28 08:00').toISOString());
    expect(new Set(desk.said.filter(isNews).map(({ to }) => JSON.stringify(to))).size).toBe(60);
    expect(desk.heard('60 处都发到了')).toEqual(['工作群']);
  });

  test('not at night: what is begun in the evening goes on in the morning', async () => {
    const desk = await newsdesk({ pace, rooms: many.slice(0, 10) });
    await desk.say('小周', '/播报 拟');
    await confirmed(desk, '李主任', '/播报 定 周五20:57');
    await desk.through('11-27 20:56', '11-27 23:00');
    expect(desk.said.filter(isNews)).toHaveLength(3);
    await desk.through('11-28 07:50', '11-28 08:10');
    expect(desk.said.filter(isNews)).toHaveLength(10);
    expect(desk.said.filter(isNews)[3]?.at).toBe(at('11-28 08:00').toISOString());
  });

  test('a clock that was a year ahead does not silence the news for a year', async () => {
    const desk = await newsdesk({ pace, news: [item('a', '2026-11-23'), item('b', '2027-11-20')] });
    await desk.to('2027-11-26 09:00');
    await desk.to('11-24 09:00');
    await desk.say('小周', '/播报 急 停水');
    await confirmed(desk, '小周', '/播报 急 停水');
    expect(desk.heard('【紧急通知】停水')).toContain('A');
  });
});

describe('stopping', () => {
  test('a pause holds what was not sent, going on sends it, also later than two hours', async () => {
    const desk = await newsdesk({ pace });
    await desk.to('11-27 09:00');
    expect(await desk.say('小周', '/播报 停')).toContain('已经发了 1，还有 2 没发');
    await desk.to('11-27 09:30');
    expect(desk.heard('正文a')).toEqual(['A']);
    await desk.to('11-27 15:00');
    await desk.say('小周', '/播报 续');
    await desk.through('11-27 15:01', '11-27 15:02');
    expect(desk.heard('正文a')).toEqual(['A', 'B', 'C']);
  });

  test('what paused for days is asked about before it goes on', async () => {
    const desk = await newsdesk({ pace });
    await desk.to('11-27 09:00');
    await desk.say('小周', '/播报 停');
    await desk.to('11-30 09:00');
    expect(await desk.say('小周', '/播报 续')).toContain('11月27日（周五）的“黄土坡社区一周消息”停了好几天');
    await confirmed(desk, '小周', '/播报 续');
    await desk.through('11-30 09:01', '11-30 09:02');
    expect(desk.heard('正文a')).toEqual(['A', 'B', 'C']);
  });

  test('what is withdrawn before anybody read it can be said next week; what some have read is not', async () => {
    const desk = await newsdesk({ pace });
    await desk.to('11-27 09:00');
    expect(await confirmed(desk, '小周', '/播报 撤')).toContain('没发的 2 不发了，发出去的有 1');
    await desk.to('11-27 09:30');
    await desk.to('12-04 09:00');
    expect(desk.heard('正文a')).toEqual(['A']);
  });

  test('what is withdrawn before anybody read it can be drafted and sent anew', async () => {
    const desk = await newsdesk({ pace });
    await desk.to('11-25 20:30');
    await desk.say('小周', '/播报 拟');
    await desk.to('11-25 21:30');
    await confirmed(desk, '李主任', '/播报 定 现在');
    await confirmed(desk, '李主任', '/播报 撤');
    await desk.to('11-26 09:00');
    expect(desk.heard('正文a')).not.toContain('A');
    await desk.say('小周', '/播报 拟');
    await confirmed(desk, '李主任', '/播报 定 现在');
    await desk.through('11-26 09:01', '11-26 09:05');
    expect(desk.heard('正文a').filter((who) => who.length === 1)).toEqual(['A', 'B', 'C']);
  });

  test('a group or a resident that wants no more gets nothing that is still on its way', async () => {
    const desk = await newsdesk({ pace });
    await desk.say('张奶奶', '订阅每周消息');
    await desk.to('11-27 09:00');
    await desk.say('李主任', '/群 消息 B群 关');
    await desk.say('张奶奶', '退订');
    await desk.through('11-27 09:01', '11-27 09:05');
    expect(desk.heard('正文a')).toEqual(['A', 'C']);
    expect(desk.heard('2 处都发到了')).toEqual(['工作群']);
  });
});

describe('what was withdrawn', () => {
  test('does not reach a subscriber who was away and writes later', async () => {
    const desk = await newsdesk({ pace });
    const reachable = (is: boolean) =>
      desk.store.transaction((tx) =>
        tx.put('people', { id: '张奶奶', name: '张奶奶', reachable: is, subscribedAt: at('11-20 09:00').toISOString() }),
      );
    await reachable(true);
    await confirmed(desk, '小周', '/播报 急 今晚停水');
    await reachable(false);
    await desk.to('11-23 10:01');
    expect(await desk.store.transaction((tx) => tx.find('deliveries', { state: 'waiting', kind: 'broadcast' }))).toHaveLength(1);
    await confirmed(desk, '小周', '/播报 撤');
    await reachable(true);
    await desk.to('11-23 11:00');
    await desk.say('张奶奶', '谢谢');
    expect(desk.heard('今晚停水')).not.toContain('张奶奶');
  });

  test.each([
    ['surely did not arrive is not sent again', true, 'withdrawn', []],
    ['may have arrived is unsure as ever', false, 'withdrawn', ['unsure']],
  ] as const)('while it was being sent and %s', async (_, certain, state, left) => {
    let reached: () => void = () => undefined;
    const sending = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let fail: () => void = () => undefined;
    const desk = await newsdesk({
      rooms: ['A'],
      async before({ kind }) {
        if (kind !== 'broadcast') return;
        reached();
        await new Promise<void>((resolve) => {
          fail = resolve;
        });
        throw new SendError('on purpose', certain);
      },
    });
    const ticking = desk.to('11-27 09:00');
    await sending;
    const hear = (text: string) => desk.app.hear({ id: text, person: '李主任', text, kind: 'text', addressed: true });
    await hear('/播报 撤');
    await hear('确认 TE');
    fail();
    await ticking;
    await desk.through('11-27 09:01', '11-27 10:00', 5);
    const copies = await desk.store.transaction((tx) => tx.find('deliveries', { kind: 'broadcast' }));
    expect(copies.map((copy) => copy.state)).toEqual(left);
    expect((await desk.edition('weekly/2026-11-27'))?.state).toBe(state);
  });
});

describe('groups', () => {
  test('one that is renamed after planning gets its copy, one that was left is in the report', async () => {
    const desk = await newsdesk({
      pace,
      before: ({ to, kind }) => {
        if (kind === 'broadcast' && 'room' in to && to.room === 'C') throw new SendError('the account does not see this room now', true);
      },
    });
    await desk.to('11-27 09:00');
    await desk.store.transaction(async (tx) => {
      const room = await tx.get('rooms', 'B');
      if (room) await tx.put('rooms', { ...room, name: '改了名的群' });
    });
    await desk.through('11-27 09:01', '11-27 09:40');
    expect(desk.heard('正文a')).toEqual(['A', 'B']);
    expect(desk.said.find(({ text }) => text.includes('发完了'))?.text).toContain('没发到的：C群');
  });

  test('one that was bound after the hour has missed nothing', async () => {
    const desk = await newsdesk({ rooms: ['A'] });
    await desk.store.transaction((tx) =>
      tx.put('rooms', { id: '新', name: '新群', kind: 'residents', speaks: 'addressed', boundAt: at('11-27 09:05').toISOString() }),
    );
    await desk.to('11-27 09:10');
    expect(desk.heard('正文a')).toEqual(['A']);
  });

  test('one that was renamed before planning, and is named in the schedule, is told to staff before its edition', async () => {
    const desk = await newsdesk({ broadcast: { groups: ['B群', '旧名'] } });
    await desk.to('11-25 09:00');
    expect(desk.heard('有几个群没找到：旧名')).toEqual(['工作群']);
    const nobody = await newsdesk({ broadcast: { groups: ['旧名'], subscribers: false } });
    await nobody.to('11-25 09:00');
    expect(nobody.heard('有几个群没找到：旧名')).toEqual(['工作群']);
  });

  test('a broadcast for some groups goes to those only', async () => {
    const desk = await newsdesk({ broadcast: { groups: ['B群'] } });
    await desk.to('11-27 09:00');
    expect(desk.heard('正文a')).toEqual(['B']);
  });
});

test('an urgent notice that a colleague has just sent is told before a second one is confirmed', async () => {
  const desk = await newsdesk();
  expect(await desk.say('小周', '/播报 急 停水')).not.toContain('别发重了');
  await confirmed(desk, '小周', '/播报 急 停水');
  await desk.to('11-23 10:05');
  expect(await desk.say('李主任', '/播报 急 停水了')).toContain('小周 11月23日 10:00 刚发过“紧急通知：停水”');
});

describe('an account that is limited in the middle', () => {
  async function limitedAtSecond() {
    let limited = true;
    let news = 0;
    const desk = await newsdesk({
      pace,
      before: ({ kind }) => {
        if (kind === 'broadcast' && ++news === 2 && limited) throw new SendError('1205', true, { limited: true });
      },
    });
    await desk.through('11-27 09:00', '11-27 09:01');
    return { desk, free: () => (limited = false) };
  }

  test('everything stops but help for somebody in danger, and the director is told', async () => {
    const { desk } = await limitedAtSecond();
    expect(desk.heard('微信限制了账号')).toEqual(['李主任']);
    expect(desk.heard('正文a')).toEqual(['A']);
    expect(await desk.say('张奶奶', '谢谢')).toBe('');
    expect(await desk.say('张奶奶', '屋头有煤气味')).toContain('119');
    expect(desk.heard('燃气泄漏')).toContain('工作群');
    await desk.to('11-27 09:50');
    expect(desk.heard('正文a')).toEqual(['A']);
  });

  test('answers go on after an hour, the news on the next day from the ledger, each group once', async () => {
    const { desk } = await limitedAtSecond();
    await desk.say('张奶奶', '谢谢');
    await desk.through('11-27 09:55', '11-27 12:00', 5);
    expect(desk.said.some(({ to, kind }) => to.person === '张奶奶' && kind === 'reply')).toBe(true);
    expect(desk.heard('正文a')).toEqual(['A']);
    await desk.through('11-28 07:50', '11-28 08:10');
    expect(desk.heard('正文a')).toEqual(['A', 'B', 'C']);
  });

  test('/状态 and /播报 进度 tell it; the director can lift it early, a worker cannot', async () => {
    const { desk } = await limitedAtSecond();
    await desk.to('11-27 10:10');
    expect(await desk.say('小周', '/状态')).toContain('11月28日 8:00 以前不发播报');
    expect(await desk.say('小周', '/播报 进度')).toContain('11月28日 8:00 以前不发播报');
    await desk.say('小周', '/放行');
    await desk.say('李主任', '/放行');
    await desk.through('11-27 10:11', '11-27 10:15');
    expect(desk.heard('要主任才能用')).toEqual(['小周']);
    expect(desk.heard('好的，接着发')).toEqual(['李主任']);
    expect(desk.heard('正文a')).toEqual(['A', 'B', 'C']);
  });

  test('while it lasts it is told when asked for; when it comes again within a day it lasts twice as long', async () => {
    const desk = await newsdesk({
      before: ({ text }) => {
        if (text.startsWith('不客气') || text.startsWith('应该的')) throw new SendError('1205', true, { limited: true });
      },
    });
    await desk.to('11-24 10:00');
    await desk.say('张奶奶', '谢谢');
    expect(desk.said.filter(({ text }) => text.includes('11月24日 11:00'))).toHaveLength(1);
    await desk.to('11-24 11:00');
    expect(desk.said.filter(({ text }) => text.includes('11月24日 13:00'))).toHaveLength(1);
    await desk.to('11-24 13:00');
    expect(desk.said.filter(({ text }) => text.includes('11月24日 17:00'))).toHaveLength(1);
  });
});

describe('what may or may not have arrived', () => {
  test('is shown by number; looked into, it is sent again or counted as sent', async () => {
    let broken = true;
    const desk = await newsdesk({
      before: ({ kind, to }) => {
        if (broken && kind === 'broadcast' && 'room' in to && to.room !== 'A') throw new SendError('ECONNRESET', false);
      },
    });
    await desk.to('11-27 09:00');
    broken = false;
    await desk.to('11-27 09:10');
    expect(desk.said.find(({ text }) => text.includes('发完了'))?.text).toContain('说不准的：B群、C群');
    expect(await desk.say('小周', '/播报 进度')).toContain('2. C群');
    await desk.say('小周', '/播报 补 1');
    expect(await desk.say('小周', '/播报 算已发 2')).toContain('C群 算发到了');
    await desk.to('11-27 09:20');
    expect(desk.heard('正文a')).toEqual(['A', 'B']);
    expect(await desk.edition('weekly/2026-11-27')).toMatchObject({ state: 'done', result: { sent: 3, unsure: 0, failed: 0 } });
  });
});

test('what is unsure after a restore is sent again, or counted as sent, all at once', async () => {
  const restored = async () => {
    const desk = await newsdesk({ pace });
    await desk.to('11-27 09:00');
    await desk.store.transaction((tx) => freezeOutbox(tx, at('11-27 09:01')));
    await desk.to('11-27 09:10');
    await desk.say('李主任', '/放行');
    expect(await desk.say('小周', '/播报 补')).toContain('先发 /播报 进度');
    await desk.say('小周', '/播报 进度');
    return desk;
  };
  const again = await restored();
  expect(await confirmed(again, '小周', '/播报 补 全部')).toContain('再给 B群、C群 发一次');
  await again.through('11-27 09:11', '11-27 09:15');
  expect(again.heard('正文a')).toEqual(['A', 'B', 'C']);
  const counted = await restored();
  expect(await counted.say('小周', '/播报 算已发 全部')).toContain('B群、C群 算发到了');
  await counted.through('11-27 09:11', '11-27 09:15');
  expect(counted.heard('正文a')).toEqual(['A']);
});

describe('a long edition', () => {
  const long = {
    news: [item('a', '2026-11-23', { text: '啊'.repeat(500) }), item('b', '2026-11-23', { text: '哦'.repeat(400), category: '活动' })],
  };

  test('is sent in messages of at most 600 characters, cut between paragraphs', async () => {
    const desk = await newsdesk({ ...long, rooms: ['A'] });
    await desk.to('11-27 09:00');
    const parts = desk.said.filter(isNews).map(({ text }) => text);
    expect(parts).toHaveLength(2);
    for (const part of parts) expect(part.length).toBeLessThanOrEqual(600);
    expect(parts[1]).toMatch(/^▍活动/);
  });

  test('whose second message surely did not arrive goes on with that one', async () => {
    let fails = 1;
    const desk = await newsdesk({
      ...long,
      rooms: ['A'],
      before: ({ text }) => {
        if (text.startsWith('▍活动') && fails-- > 0) throw new SendError('offline', true);
      },
    });
    await desk.through('11-27 09:00', '11-27 09:05');
    expect(desk.said.filter(isNews).map(({ text }) => text.slice(0, 5))).toEqual(['黄土坡社区', '▍活动\n·']);
  });
});
