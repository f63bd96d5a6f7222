import { describe, expect, test } from '@jest/globals';
import { freezeOutbox } from '../../../src/desk/sending/freeze.ts';
import { nextSlots } from '../../../src/domain/time/schedule.ts';
import { shippedContent } from '../../support/content.ts';
import { at, confirmed, item, newsdesk } from './newsdesk.ts';

const [weekly] = shippedContent().current().broadcasts.broadcasts;
const onDay = (weekday: number) => ({ schedule: { ...(weekly as NonNullable<typeof weekly>).schedule, weekdays: [weekday] } });

test('started twice in the same minute, the news goes out once', async () => {
  const desk = await newsdesk();
  const other = desk.again();
  await desk.to('11-27 08:59');
  await Promise.all([desk.to('11-27 09:00'), other.tick(), other.tick()]);
  await Promise.all([desk.app.tick(), other.tick()]);
  expect(desk.heard('一周消息').filter((who) => who !== '工作群')).toEqual(['A', 'B', 'C']);
});

test('when the clock is set back, by minutes or by days, nothing is sent again', async () => {
  const desk = await newsdesk();
  await desk.to('11-27 09:05');
  for (const moment of ['11-27 08:50', '11-27 09:00', '11-26 09:00', '11-19 10:00', '11-20 09:00', '11-27 09:00']) await desk.to(moment);
  expect(desk.heard('标题a').filter((who) => who !== '工作群')).toEqual(['A', 'B', 'C']);
  expect(await desk.edition('weekly/2026-11-20')).toBeUndefined();
});

test('across the last week of the year each Friday has its edition', async () => {
  const news = ['2026-12-24', '2026-12-31', '2027-01-07', '2027-01-14'].map((date) => item(date, date));
  const desk = await newsdesk({ news, rooms: ['A'] });
  for (const day of ['12-25', '2027-01-01', '2027-01-08', '2027-01-15']) await desk.through(`${day} 08:59`, `${day} 09:02`);
  expect(desk.said.filter(({ to }) => 'room' in to && to.room === 'A').map(({ text }) => /标题([\d-]+)/.exec(text)?.[1])).toEqual([
    '2026-12-24',
    '2026-12-31',
    '2027-01-07',
    '2027-01-14',
  ]);
});

describe('a schedule that is changed after an edition was planned', () => {
  test('says nothing twice, neither on an earlier nor on a later day', async () => {
    const desk = await newsdesk();
    await desk.to('11-27 09:00');
    desk.edit({ broadcast: onDay(4) });
    await desk.to('11-27 09:10');
    desk.edit({ broadcast: onDay(6) });
    await desk.to('11-28 09:00');
    await desk.to('11-28 09:10');
    expect(desk.heard('标题a').filter((who) => who !== '工作群')).toEqual(['A', 'B', 'C']);
  });

  test('does not move an edition that was released: it keeps the time that was told', async () => {
    const desk = await newsdesk();
    await desk.say('小周', '/播报 拟');
    expect(await confirmed(desk, '李主任', '/播报 定 周四16点')).toContain('11月26日 16:00');
    desk.edit({ broadcast: onDay(1) });
    await desk.to('11-26 15:59');
    expect(desk.heard('正文a')).not.toContain('A');
    await desk.to('11-26 16:00');
    expect(desk.heard('正文a').filter((who) => who.length === 1)).toEqual(['A', 'B', 'C']);
  });
});

describe('a schedule that is changed while somebody has the edition in hand', () => {
  test.each([4, 6])('weekday %i: it is not sent unreleased, staff are told, and they can go on with it', async (weekday) => {
    const desk = await newsdesk();
    await desk.say('小周', '/播报 拟 天冷了。');
    desk.edit({ broadcast: onDay(weekday) });
    await desk.through('11-25 09:00', '11-28 09:30', 30);
    expect(desk.said.filter(({ kind }) => kind === 'broadcast')).toEqual([]);
    expect(desk.heard('11月27日（周五）的“黄土坡社区一周消息”到点了还没有定')).toEqual(['工作群']);
    await confirmed(desk, '李主任', '/播报 定');
    expect(desk.heard('天冷了。').filter((who) => who.length === 1)).toEqual(['A', 'B', 'C']);
    await desk.through('11-28 10:00', '12-05 10:00', 30);
    expect(desk.heard('正文a').filter((who) => who.length === 1)).toEqual(['A', 'B', 'C']);
  });
});

test('a clock that was a year ahead does not silence the weekly news for a year, nor say anything twice', async () => {
  const news = [item('a', '2026-11-23'), item('b', '2027-11-20')];
  const desk = await newsdesk({ news, rooms: ['A'] });
  await desk.to('2027-11-26 09:00');
  await desk.through('11-27 08:50', '11-27 09:10');
  await desk.to('12-04 09:00');
  expect(desk.said.flatMap(({ kind, text }) => (kind === 'broadcast' ? [text.match(/标题\w/g)] : []))).toEqual([['标题b'], ['标题a']]);
});

test('an edition is not put off until the next is due; put off by less it can be stopped until it goes out', async () => {
  const desk = await newsdesk();
  await desk.say('小周', '/播报 拟');
  expect(await desk.say('李主任', '/播报 定 下周五')).toContain('该发下一期了');
  expect(await confirmed(desk, '李主任', '/播报 定 下周三九点')).toContain('12月2日 9:00 发');
  await desk.to('12-01 10:00');
  expect(await desk.say('小周', '/播报 停')).toContain('不发了');
  await desk.to('12-02 09:00');
  expect(desk.said.filter(({ kind }) => kind === 'broadcast')).toEqual([]);
});

describe('an empty week', () => {
  test('staff are asked two days and one day before, and nothing is sent by itself', async () => {
    const desk = await newsdesk({ news: [] });
    await desk.through('11-25 07:00', '11-27 10:00', 30);
    expect(desk.said.filter(({ text }) => text.includes('一条消息也没有')).map((each) => each.at)).toEqual([
      at('11-25 09:00').toISOString(),
      at('11-26 09:00').toISOString(),
    ]);
    expect(desk.said.filter(({ kind }) => kind === 'broadcast')).toEqual([]);
    expect((await desk.edition('weekly/2026-11-27'))?.state).toBe('skipped');
  });

  test('news that comes after the hour can still be sent', async () => {
    const desk = await newsdesk({ news: [] });
    await desk.to('11-27 09:00');
    await desk.say('小周', '/消息 加 停水\n明天停水。');
    await desk.say('小周', '/播报 拟');
    await confirmed(desk, '李主任', '/播报 定');
    expect(desk.heard('明天停水').filter((who) => who.length === 1)).toEqual(['A', 'B', 'C']);
    await desk.to('11-27 09:20');
    expect((await desk.edition('weekly/2026-11-27'))?.state).toBe('done');
  });
});

describe('who decides that it goes out', () => {
  test('reviewed: without a release nothing is sent, and staff are told', async () => {
    const desk = await newsdesk({ broadcast: { release: 'reviewed' } });
    await desk.to('11-26 09:00');
    expect(desk.heard('还没有人拟')).toEqual(['工作群']);
    await desk.to('11-27 09:00');
    expect(desk.said.filter(({ kind }) => kind === 'broadcast')).toEqual([]);
    expect(desk.heard('没有人拟，没有发')).toEqual(['工作群']);
  });

  test('auto: once somebody has taken it in hand it waits for a release', async () => {
    const desk = await newsdesk();
    await desk.say('小周', '/播报 拟');
    await desk.to('11-27 09:00');
    await desk.to('11-27 09:30');
    expect(desk.said.filter(({ kind }) => kind === 'broadcast')).toEqual([]);
    expect(desk.heard('到点了还没有定')).toEqual(['工作群']);
    await confirmed(desk, '李主任', '/播报 定');
    expect(desk.heard('正文a').filter((who) => who.length === 1)).toEqual(['A', 'B', 'C']);
  });

  test('in an office of one, one may draft and release', async () => {
    const desk = await newsdesk({ rules: { reviewers: 1 } });
    await desk.say('小周', '/播报 拟');
    await desk.say('小周', '/播报 审');
    expect(await confirmed(desk, '小周', '/播报 定')).toContain('定了');
  });

  test('auto: "停" before the time and it is not sent; "续" and it is', async () => {
    const desk = await newsdesk();
    expect(await desk.say('小周', '/播报 停')).toContain('不发了');
    await desk.to('11-27 09:00');
    expect(desk.said.filter(({ kind }) => kind === 'broadcast')).toEqual([]);
    const other = await newsdesk();
    await other.say('小周', '/播报 停');
    expect(await other.say('小周', '/播报 续')).toContain('照样到点自己发');
    await other.to('11-27 09:00');
    expect(other.heard('正文a').filter((who) => who.length === 1)).toEqual(['A', 'B', 'C']);
  });
});

test('it is not begun more than two hours late; then the staff decide, and it can be sent after all', async () => {
  const desk = await newsdesk();
  await desk.to('11-27 11:01');
  expect(desk.said.filter(({ kind }) => kind === 'broadcast')).toEqual([]);
  expect(desk.heard('晚了两个多小时')).toEqual(['工作群']);
  await confirmed(desk, '小周', '/播报 续');
  expect(desk.heard('正文a').filter((who) => who.length === 1)).toEqual(['A', 'B', 'C']);
});

test('what nobody was told in a missed edition is news in the next', async () => {
  const desk = await newsdesk();
  await desk.to('11-27 12:00');
  await desk.to('12-04 09:00');
  expect(desk.heard('正文a').filter((who) => who.length === 1)).toEqual(['A', 'B', 'C']);
});

test('a restored backup: nothing is planned, released or sent until staff let it, and what is unsure is shown', async () => {
  const desk = await newsdesk({ pace: { broadcastGap: [15, 45], broadcastsADay: 40 } });
  await desk.to('11-27 09:00');
  expect(desk.said.filter(({ kind }) => kind === 'broadcast')).toHaveLength(1);
  await desk.store.transaction((tx) => freezeOutbox(tx, at('11-27 09:01')));
  await desk.to('11-27 09:10');
  await desk.to('12-04 09:00');
  expect(desk.said.filter(({ kind }) => kind === 'broadcast')).toHaveLength(1);
  expect(await desk.say('小周', '/播报 续')).toContain('放行');
  expect(await desk.say('小周', '/播报 急 停水')).toContain('放行');
  expect(await desk.say('小周', '/播报 进度')).toMatch(/说不准发没发到的 2：\n1\. B群\n2\. C群/);
});

test('several broadcasts go out each in its own time, with its own categories, each once', async () => {
  const { schedule, ...plain } = weekly as NonNullable<typeof weekly>;
  const party = { ...plain, id: 'party', title: '党建月报', schedule: { ...schedule, weekdays: [4], hour: 16 }, categories: ['党建'] };
  const news = [item('a', '2026-11-23'), item('b', '2026-11-23', { category: '党建' })];
  const desk = await newsdesk({ news, rooms: ['A'], rules: { broadcasts: [{ ...plain, schedule }, party] } });
  await desk.through('11-26 15:50', '11-27 09:10', 10);
  expect(desk.said.flatMap(({ kind, text }) => (kind === 'broadcast' ? [text.match(/党建月报|一周消息|标题\w/g)] : []))).toEqual([
    ['党建月报', '标题b'],
    ['一周消息', '标题a', '标题b'],
  ]);
});

test('what was confirmed is what is sent: a change before the code comes back is refused', async () => {
  const desk = await newsdesk();
  await desk.say('小周', '/播报 拟');
  const [, code = ''] = /确认 ([A-Z0-9]+)/.exec(await desk.say('李主任', '/播报 定')) ?? [];
  await desk.say('小周', '/消息 加 刚加的\n没人看过。');
  expect(await desk.say('李主任', `确认 ${code}`)).toContain('又变了');
  expect((await desk.edition('weekly/2026-11-27'))?.state).toBe('draft');
});

test('several broadcasts, each in its own time: the next three of each are known', () => {
  const schedule = { ...(weekly as NonNullable<typeof weekly>).schedule, days: [1, 2, 3, 4, 5, 6, 7] };
  expect(nextSlots(schedule, at('11-27 09:00'), 3).map((slot) => slot.toISOString())).toEqual([
    '2026-12-04T01:00:00.000Z',
    '2027-01-01T01:00:00.000Z',
    '2027-02-05T01:00:00.000Z',
  ]);
});
