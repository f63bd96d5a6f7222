import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { logInAnew, remarkAsAsked } from './logins.ts';
import { Office } from './office.ts';
import type { Person, Room } from './web-wechat/world.ts';

/** Every id changes at a login. Who was who is proved again: by remarks, by who is in a group, by a PIN. */
describe('after the account was logged out and in again', () => {
  let office: Office;
  let director: Person;
  let worker: Person;
  let granny: Person;
  let namesake: Person;
  let building: Room;
  let staffRoom: Room;
  let market: Room;
  let number = '';

  beforeAll(async () => {
    office = await Office.open();
    const { world } = office.wechat;
    world.remarksCanBeSet = false;
    director = world.friend('李主任');
    worker = world.friend('小周');
    granny = world.friend('张奶奶');
    namesake = world.friend('张奶奶');
    building = world.room('幸福小区1栋', [director, granny]);
    staffRoom = world.room('社区工作群', [director, worker]);
    market = world.room('菜场群', [granny, director]);
    await office.begin(director);
    await remarkAsAsked(office, director, director);
    await office.askIn(building, director, '/绑定 居民', '居民群');
    await office.askIn(staffRoom, director, '/绑定 工作', '工作群');
    await office.askIn(market, director, '/绑定 居民', '居民群');
    await office.ask(worker, '你好', '小桥');
    // Not the word that reminds the director of a PIN: it may come first.
    const code = /口令：([A-Z2-9]{8})/;
    const made = await office.ask(director, '/员工 加 @小周', code);
    await office.ask(worker, code.exec(made)?.[1] ?? '', '您现在是经办了');
    await remarkAsAsked(office, director, worker);
    await office.ask(director, '/口令 640857', '口令记下了');
    await office.ask(worker, '/口令 482913', '口令记下了');
  });
  afterAll(async () => {
    expect(office.bot.refused()).toEqual([]);
    await office.close();
  });

  test('a resident reports in the group, and the owner writes the remark that the bot asks for', async () => {
    number = /SQ\d{6}-\d{4}/.exec(await office.askIn(building, granny, '3栋2单元楼道灯坏了', '单号'))?.[0] ?? '';
    const list = await office.ask(director, '/备注名', '张奶奶·R');
    office.wechat.phone.remark(granny, /张奶奶·R[A-Z2-9]{4}/.exec(list)?.[0] ?? '');
    await office.ask(granny, '查', number);
  });

  test('the staff’s authority sleeps until the PIN was said in private', async () => {
    // Renamed while nobody was looking: after the login nothing shows which group it was.
    market.topic = '菜场邻里';
    await logInAnew(office);
    await office.ask(worker, '/待办', '把您的口令');
    await office.ask(worker, '482914', '不对');
    await office.ask(worker, '482913', '认得您了');
    await office.ask(worker, '/待办', number);
  });

  test('the right resident hears how it ended, and nobody of the same name', async () => {
    await office.ask(worker, `/办结 ${number} 换了灯泡`, '已办结');
    await office.hears(granny, '换了灯泡');
    expect(await office.ask(namesake, '查', /./)).not.toContain(number);
    expect(office.wechat.world.saidTo(namesake).join()).not.toContain('灯泡');
  });

  test('a group is known again by who is in it; where nobody proves it, by its code', async () => {
    await office.askIn(building, granny, '居住证怎么办', '居住证');
    const asked = await office.hears(director, '认不出来');
    expect(asked).not.toContain('幸福小区1栋');
    const code = /菜场群”：(\/绑定 [A-Z2-9]{4})/.exec(asked)?.[1] ?? '';
    await office.ask(director, '640857', '认得您了');
    await office.askIn(market, director, code, '和以前一样');
    await office.askIn(market, granny, '居住证怎么办', '居住证');
  });

  test('no cookie, no key and none of the words is in the log', () => {
    const log = office.bot.stderr();
    for (const word of ['楼道灯', '482913', '640857', 'skey', 'wxsid', 'webwx_data_ticket', 'Skey', '张奶奶'])
      expect(log).not.toContain(word);
  });
});
