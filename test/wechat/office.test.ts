import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Office } from './office.ts';
import type { Person, Room } from './web-wechat/world.ts';

/** The whole bot on the real puppet. What it does about faults is shown in the tests of each. */
describe('the bot on web WeChat', () => {
  let office: Office;
  let director: Person;
  let granny: Person;
  let building: Room;

  beforeAll(async () => {
    office = await Office.open();
    director = office.wechat.world.friend('李主任');
    granny = office.wechat.world.friend('张奶奶');
    building = office.wechat.world.room('幸福小区1栋', [director, granny]);
    await office.begin(director);
  });
  afterAll(async () => {
    expect(office.bot.refused()).toEqual([]);
    expect(office.wechat.unknown).toEqual([]);
    await office.close();
  });

  test('whoever sends the printed code is director, and binds the group of a building', async () => {
    expect(office.wechat.world.saidTo(director).join()).toContain('主任');
    expect(await office.askIn(building, director, '/绑定 居民')).toContain('幸福小区1栋');
  });

  test('a resident asks privately and is answered', async () => {
    expect(await office.ask(granny, '居住证怎么办')).toContain('居住证');
  });

  test('a resident reports in the group', async () => {
    expect(await office.askIn(building, granny, '3栋2单元楼道灯坏了')).toMatch(/@张奶奶 已登记：.*SQ\d{6}-\d{4}/);
    expect((await office.answer(granny)).join()).toContain('3栋2单元楼道灯坏了');
  });
});
