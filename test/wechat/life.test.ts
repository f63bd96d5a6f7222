import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Office } from './office.ts';
import type { Person, Room } from './web-wechat/world.ts';

/** One office on a good day: how people are heard, and how newcomers are received. */
describe('on web WeChat', () => {
  let office: Office;
  let director: Person;
  let granny: Person;
  let building: Room;
  let staffRoom: Room;

  beforeAll(async () => {
    office = await Office.open();
    const { world } = office.wechat;
    director = world.friend('李主任');
    granny = world.friend('张奶奶');
    building = world.room('幸福小区1栋', [director, granny], { self: '社区 小助手' });
    staffRoom = world.room('社区工作群', [director]);
    await office.begin(director);
    await office.askIn(building, director, '/绑定 居民', '居民群');
    await office.askIn(staffRoom, director, '/绑定 工作', '工作群');
  });
  afterAll(async () => {
    expect(office.bot.refused()).toEqual([]);
    await office.close();
  });

  test('the bot is addressed by its nickname in the group, also without a space after it', async () => {
    const from = office.wechat.world.saidTo(building).length;
    office.wechat.talk.say(granny, '请问＠社区 小助手居住证要多少钱', { room: building });
    await office.hears(building, '居住证', from);
    expect(office.wechat.world.saidTo(building)).toHaveLength(from + 1);
  });

  test('nothing of a text is lost: not behind a colon and a line break, not an ampersand', async () => {
    const from = office.wechat.world.saidTo(staffRoom).length;
    office.wechat.talk.say(granny, '反映问题:\n3栋2单元楼道灯&开关坏了', { room: building, mention: true });
    await office.hears(staffRoom, '楼道灯&开关坏了', from);
  });

  test('what is quoted is not said: a command in a quotation is none', async () => {
    const from = office.wechat.world.saidTo(director).length;
    office.wechat.talk.quote(director, '这是什么意思', { by: granny, text: '/员工 加 @张奶奶' });
    await office.hears(director, /./, from);
    const list = await office.ask(director, '/员工 列', '李主任');
    expect(list).not.toContain('张奶奶');
  });

  test('a place from the map is taken as the place of a report', async () => {
    await office.ask(granny, '有人乱倒垃圾', '哪');
    office.wechat.talk.location(granny, '人民路12号');
    await office.hears(staffRoom, '人民路12号');
  });

  test('a voice message is answered with how to be read', async () => {
    const from = office.wechat.world.saidTo(granny).length;
    office.wechat.talk.voice(granny);
    await office.hears(granny, '转文字', from);
  });

  test.each([
    '你已添加了小明，现在可以开始聊天了。',
    '小明开启了朋友验证，你还不是他（她）朋友。请先发送朋友验证请求，对方验证通过后，才能聊天。',
  ])('a text like a notice of WeChat is heard: %s', async (text) => {
    await office.ask(granny, text, /./);
  });

  test('the text that logs others out is only a text', async () => {
    await office.ask(granny, '🌚 🌝🌚 🌝🌚 🌝', /./);
    await office.ask(granny, '居住证怎么办', '居住证');
    expect(office.bot.stderr()).not.toContain('logged out');
  });

  test('a message that is delivered twice is answered once', async () => {
    const from = office.wechat.world.saidTo(granny).length;
    office.wechat.talk.twice(granny, '谢谢');
    await office.hears(granny, /不客气|应该的/, from);
    await office.ask(granny, '居住证怎么办', '居住证');
    expect(
      office.wechat.world
        .saidTo(granny)
        .slice(from)
        .filter((text) => /不客气|应该的/.test(text)),
    ).toHaveLength(1);
  });

  test('a request to become a friend is accepted by its greeting, and greeted with the privacy notice and the menu', async () => {
    const neighbour = office.wechat.world.person('新邻居');
    office.wechat.talk.askToBeFriend(neighbour, '我是3栋的业主');
    await office.hears(neighbour, '隐私');
    await office.hears(neighbour, '回数字');
    expect(neighbour.friend).toBe(true);
    const seller = office.wechat.world.person('卖茶叶的');
    office.wechat.talk.askToBeFriend(seller, '加一下，有好茶');
    await office.hears(staffRoom, '新的朋友');
    expect(seller.friend).toBe(false);
  });

  test('newcomers to a group are welcomed once a day', async () => {
    const { talk, world } = office.wechat;
    talk.join(building, world.person('王一'), granny);
    await office.hears(building, '欢迎新邻居');
    talk.join(building, world.person('王二'), granny);
    await office.askIn(building, granny, '居住证怎么办', '居住证');
    expect(world.saidTo(building).filter((text) => text.includes('欢迎新邻居'))).toHaveLength(1);
  });

  test('what the owner types on the phone is never answered, and the bot is silent in that chat for a while, but for danger', async () => {
    const { phone, talk, world } = office.wechat;
    const from = world.saidTo(granny).length;
    phone.type(granny, '张奶奶您好，居住证怎么办我来跟您说');
    await office.wechat.account.heardAll();
    talk.say(granny, '低保怎么办');
    await office.ask(granny, '我家着火了', '119');
    expect(
      world
        .saidTo(granny)
        .slice(from)
        .filter((text) => /低保|居住证/.test(text)),
    ).toEqual([]);
  });
});
