import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { logInAnew, remarkAsAsked } from './logins.ts';
import { Office } from './office.ts';
import type { Person, Room } from './web-wechat/world.ts';

/** Friday, shortly before nine, in an account that sees a hundred groups. */
describe('the week’s news on web WeChat', () => {
  let office: Office;
  let director: Person;
  let bound: Room[];

  beforeAll(async () => {
    office = await Office.open({ from: new Date('2026-11-27T00:56:30Z') });
    const { world } = office.wechat;
    director = world.friend('李主任');
    const rooms = Array.from({ length: 100 }, (_, index) => world.room(`幸福小区${index + 1}栋`, [director]));
    bound = rooms.slice(-3);
    await office.begin(director);
    await remarkAsAsked(office, director, director);
    for (const room of bound) await office.askIn(room, director, '/绑定 居民', '居民群');
  });
  afterAll(async () => {
    expect(office.bot.refused()).toEqual([]);
    await office.close();
  });

  test('reaches each group once, when the account is logged out in the middle of it', async () => {
    const { world } = office.wechat;
    const editions = (room: Room) => world.saidTo(room).filter((text) => text.includes('一周消息')).length;
    const sent = () => bound.reduce((sum, room) => sum + editions(room), 0);
    await office.until(() => sent() === 1, 'the first group');
    await logInAnew(office);
    await office.until(() => sent() === 3, 'every group');
    expect(bound.map(editions)).toEqual([1, 1, 1]);
    expect(world.sent.filter(({ to }) => 'topic' in to && !bound.includes(to))).toEqual([]);
  });
});
