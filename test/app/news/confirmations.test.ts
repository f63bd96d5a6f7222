import { describe, expect, test } from '@jest/globals';
import type { Pace } from '../../../src/desk/kernel/accounts.ts';
import { at, confirmed, type Newsdesk, newsdesk } from './newsdesk.ts';

const pace: Pace = { broadcastGap: [15, 45], broadcastsADay: 40 };

/** What is withdrawn now, by title. */
const withdrawn = async ({ store }: Newsdesk) =>
  (await store.transaction((tx) => tx.find('editions', { state: ['withdrawn', 'withheld'] }))).map(({ title }) => title);

describe('what is confirmed is what was shown', () => {
  test('/播报 撤 takes back the edition that it named, though another one has begun since', async () => {
    const desk = await newsdesk({ pace });
    await confirmed(desk, '小周', '/播报 急 停水');
    expect(await desk.say('小周', '/播报 撤')).toContain('停水');
    await confirmed(desk, '李主任', '/播报 急 停电');
    expect(await desk.say('小周', '确认 TE')).toContain('停水');
    expect(await withdrawn(desk)).toEqual(['紧急通知：停水']);
  });

  test('/播报 定 is for the day that was meant when it was typed, also when it is confirmed after midnight', async () => {
    const desk = await newsdesk({ pace });
    await desk.to('11-25 23:50');
    await desk.say('小周', '/播报 拟');
    await desk.to('11-25 23:59');
    await desk.say('李主任', '/播报 定 明天18:00');
    await desk.to('11-26 00:01');
    await desk.say('李主任', '确认 TE');
    expect((await desk.edition('weekly/2026-11-27'))?.sendAt).toBe(at('11-26 18:00').toISOString());
  });

  test('a release that is cancelled leaves the draft as it was', async () => {
    const desk = await newsdesk({ pace });
    await desk.say('小周', '/播报 拟');
    const before = await desk.edition('weekly/2026-11-27');
    await desk.say('李主任', '/播报 定 明天18:00');
    await desk.say('李主任', '取消');
    expect(await desk.edition('weekly/2026-11-27')).toEqual(before);
  });
});

describe('“确认” with its code', () => {
  test('is heard under a newer question, which waits on', async () => {
    const desk = await newsdesk({ pace });
    await desk.say('张奶奶', '3栋2单元楼道灯不亮');
    await desk.say('小周', '/播报 急 停水');
    expect(await desk.say('小周', '/派 0018')).toContain('哪一位');
    expect(await desk.say('小周', '确认 TE')).toContain('紧急通知开始发了');
    expect(await desk.say('小周', '李主任')).toContain('派给 李主任 了');
  });

  test('after three minutes does nothing, and says so', async () => {
    const desk = await newsdesk({ pace });
    await desk.say('小周', '/播报 急 停水');
    await desk.to('11-23 10:04');
    expect(await desk.say('小周', '确认 TE')).toContain('现在没有等您确认的事');
    expect(desk.heard('【紧急通知】停水')).not.toContain('A');
  });

  test('of another matter does nothing, and the right one is said again', async () => {
    const desk = await newsdesk({ pace });
    await desk.say('小周', '/播报 急 停水');
    expect(await desk.say('小周', '确认 XY')).toContain('确认 TE');
    expect(desk.heard('【紧急通知】停水')).not.toContain('A');
  });

  test('about somebody who is gone by then is refused, not passed over', async () => {
    const desk = await newsdesk({ pace });
    await desk.store.transaction((tx) => tx.put('people', { id: '王主任', name: '王主任', role: 'director', reachable: true }));
    expect(await desk.say('李主任', '/员工 停 @王主任')).toContain('确认 TE');
    await desk.store.transaction((tx) => tx.remove('people', '王主任'));
    expect(await desk.say('李主任', '确认 TE')).toContain('已经不在了');
  });

  test('is no word of ours to a resident', async () => {
    const desk = await newsdesk({ pace });
    expect(await desk.say('张奶奶', '确认 TE')).not.toContain('等您确认');
  });
});
