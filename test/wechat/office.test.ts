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
    await office.askIn(building, director, '/绑定 居民', /幸福小区1栋.*绑定好了/);
  });

  test('a resident asks privately and is answered', async () => {
    await office.ask(granny, '居住证怎么办', '半年以上');
  });

  test('a resident reports in the group, and hears the details privately', async () => {
    await office.askIn(building, granny, '3栋2单元楼道灯坏了', /@张奶奶 已登记：.*SQ\d{6}-\d{4}/);
    await office.hears(granny, '您说的：3栋2单元楼道灯坏了');
  });
});
