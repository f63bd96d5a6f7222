import { describe, expect, test } from '@jest/globals';
import type { Heard } from '../support/desk.ts';
import { openTestDesk } from '../support/desk.ts';

/** A desk that is looked at each quarter of an hour: `until` gives all that is said on the way. */
async function desk(staffRooms: readonly string[] = ['工作群']) {
  const opened = await openTestDesk({ rooms: [], papers: false, staffRooms });
  let now = new Date('2026-11-23T10:00:00+08:00').getTime();
  const until = async (local: string) => {
    const heard: Heard[] = [];
    const goal = new Date(`${local.replace(' ', 'T')}:00+08:00`).getTime();
    for (; now < goal; now += 15 * 60_000) heard.push(...(await opened.to(new Date(now + 15 * 60_000).toISOString())));
    return heard;
  };
  return { ...opened, until };
}

const to = (who: string, heard: readonly Heard[]) => heard.filter((each) => (each.room ?? each.to) === who);
const halfDay = ({ at }: Heard) => `${at.slice(0, 10)}${at < `${at.slice(0, 10)}T04` ? 'am' : 'pm'}`;

describe('six quiet days with sixteen open cases', () => {
  test('lead to one digest a person and half-day, and to none for who is not concerned', async () => {
    const { say, until, store } = await desk();
    for (let n = 1; n <= 16; n++) await say(`居民${n}`, `${n}栋2单元楼道灯不亮`);
    const filed = await store.transaction((tx) => tx.find('appeals', {}, { by: 'createdAt' }));
    for (const { id } of filed.slice(0, 8)) await say('小周', `/受理 ${id}`);
    const heard = (await until('2026-11-29 10:00')).filter(({ kind }) => kind === 'notice');
    for (const who of ['工作群', '小周', '李主任']) {
      const times = to(who, heard).map(halfDay);
      expect([who, times]).toEqual([who, [...new Set(times)]]);
    }
    expect(to('工作群', heard).length).toBeLessThanOrEqual(6);
    expect(to('小周', heard).length).toBeLessThanOrEqual(5);
    expect(to('李主任', heard)).toEqual([]);
  });

  test('never ask anybody but a director to look to it', async () => {
    const { say, until } = await desk();
    await say('张奶奶', '3栋2单元楼道灯不亮');
    await say('陈姐', '8栋门口垃圾没人收');
    await say('小周', '/受理 0018');
    const heard = await until('2026-12-08 18:00');
    expect(heard.filter(({ text = '' }) => text.includes('主任看一眼')).map((each) => each.room ?? each.to)).toEqual(['李主任', '李主任']);
    expect(to('小周', heard).some(({ text = '' }) => text.includes('8栋'))).toBe(false);
  });
});

test('a reminder is not given twice, and none at night or on a day of rest', async () => {
  const { say, until } = await desk();
  await say('张奶奶', '3栋2单元楼道灯不亮');
  await say('小周', '/受理 0018');
  const heard = to('小周', await until('2026-12-02 08:00'));
  for (const title of ['期限过半', '快到期了', '今天要答复'])
    expect(heard.filter(({ text = '' }) => text.includes(title)).length).toBeLessThanOrEqual(1);
  expect(heard.filter(({ text = '' }) => text.includes('今天要答复')).map(({ at }) => at)).toEqual(['2026-11-30T00:30:00.000Z']);
  for (const { at } of heard) expect(new Date(at).getUTCHours()).toBeLessThan(10);
});

test('what is set for today after the morning is told in the afternoon', async () => {
  const { say, until } = await desk();
  await say('张奶奶', '3栋2单元楼道灯不亮');
  await until('2026-11-25 09:00');
  await say('李主任', '/派 0018 @小周 期:今天');
  const heard = to('小周', await until('2026-11-25 18:00'));
  expect(heard.map(({ text = '' }) => text).join()).toContain('今天要答复');
});

test('an urgent one without a word does not wait for a digest', async () => {
  const { say, until } = await desk();
  await say('刘叔', '人民路上井盖不见了');
  const heard = await until('2026-11-23 10:45');
  expect(
    to('工作群', heard)
      .map(({ text = '' }) => text)
      .join(),
  ).toContain('该回话了');
});

test('while no group is bound each hears how things stand and what is theirs in one notice', async () => {
  const { say, until } = await desk([]);
  await say('张奶奶', '3栋2单元楼道灯不亮');
  await say('小周', '/受理 0018');
  const heard = await until('2026-11-27 10:00');
  const morning = to('小周', heard).filter(({ at }) => at.startsWith('2026-11-27'));
  expect(morning).toHaveLength(1);
  expect(morning[0]?.text).toMatch(/^早上好[\s\S]*要您办的/);
});
