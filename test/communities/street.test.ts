import { describe, expect, test } from '@jest/globals';
import { commands } from '../../src/desk/parts.ts';
import { openTestDesk, readBy } from '../support/desk.ts';
import { openCommunity, streetOver } from './desks.ts';

const leak = '3栋2单元501天花板漏水';

/** Two communities with a matter each, one of them done, and the street office's own desk. */
async function street() {
  const estate = await openCommunity('estate');
  const village = await openCommunity('village');
  await estate.say('张奶奶', leak);
  await village.say('赵师傅', '上寨路灯不亮了');
  const [appeal] = await village.store.transaction((tx) => tx.find('appeals'));
  await village.say('小周', `/办结 ${appeal?.id} 换了灯泡`);
  await village.say('赵师傅', '1');
  const unreachable = { name: '没开的社区' };
  const over = streetOver([estate, village]);
  const office = await openTestDesk({
    parts: { street: { counts: async (period) => [...(await over.counts(period)), unreachable] } },
    papers: false,
  });
  return { estate, village, office };
}

describe('/统计 街道', () => {
  test('tells the director of the street the numbers of each community and of all, and names whom it could not ask', async () => {
    const { office } = await street();
    const told = readBy('李主任', await office.say('李主任', '/统计 街道'));
    expect(told).toContain('收到 2 件');
    expect(told).toContain('办结 1 件');
    expect(told).toContain('翠湖湾社区：收到 1，办结 0，没办完 1，超期 0');
    expect(told).toContain('山脚村：收到 1，办结 1，没办完 0，超期 0');
    expect(told).toContain('解决率 100%（1 件里有 1 件）');
    expect(told).toContain('没算进去的：没开的社区');
  });

  test('tells numbers only: no word, place, name or number of a case', async () => {
    const { office } = await street();
    const told = readBy('李主任', await office.say('李主任', '/统计 街道 本周'));
    for (const word of [leak, '天花板', '3栋', '上寨', '路灯', '换了灯泡', '张奶奶', '赵师傅', 'CH26', 'SJ26', '漏水'])
      expect(told).not.toContain(word);
  });

  test('is for directors of the street office: not for its workers, not at the desk of a community, and answered privately', async () => {
    const { office, estate } = await street();
    expect(readBy('小周', await office.say('小周', '/统计 街道'))).not.toContain('翠湖湾社区');
    expect(readBy('李主任', await estate.say('李主任', '/统计 街道'))).toContain('只在街道自己的机器人这里看');
    const inGroup = await office.say('李主任', '/统计 街道', { room: '工作群', addressed: true });
    expect(inGroup.filter(({ room }) => room !== undefined).map(({ text }) => text)).toEqual(['✓']);
    expect(readBy('李主任', inGroup)).toContain('翠湖湾社区');
  });

  test('/帮助 names it at the street office only', async () => {
    const { office, estate } = await street();
    const everything = '/帮助 全部';
    expect(readBy('李主任', await office.say('李主任', everything))).toContain('/统计 街道');
    expect(readBy('李主任', await estate.say('李主任', everything))).not.toContain('/统计 街道');
    expect(commands.filter(({ when }) => when).map(({ id }) => id)).toEqual(['statistics.street']);
  });
});

test('every Monday morning the directors of the street office get the numbers of the week before, once; a community gets none', async () => {
  const { office, estate } = await street();
  const heard = await office.to('2026-11-30T09:01:00+08:00');
  const weekly = (all: typeof heard) => all.filter(({ text = '' }) => text.includes('各社区'));
  expect(weekly(heard).map(({ to, room }) => [to, room])).toEqual([['李主任', undefined]]);
  expect(weekly(heard)[0]?.text).toContain('翠湖湾社区：收到 1');
  expect(weekly(await office.to('2026-11-30T10:00:00+08:00'))).toEqual([]);
  expect(weekly(await estate.to('2026-11-30T09:01:00+08:00'))).toEqual([]);
});
