import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Person, Room } from '../web-wechat/world.ts';
import { openStage, type Stage } from './probing.ts';

describe('the real puppet knows people', () => {
  let stage: Stage;
  let granny: Person;
  let aunt: Person;
  let building: Room;

  beforeAll(async () => {
    stage = await openStage((world) => {
      granny = world.friend('张奶奶');
      aunt = world.friend('刘婶', '刘婶·R7K2M');
      building = world.room('幸福小区1栋', [granny, [world.person('小美'), '4-101'], [world.person('小美'), '4-102']]);
    });
  });
  afterAll(() => stage.close());

  const setRemark = (person: Person, remark: string) =>
    stage.probe.run((bot, { id, remark }) => bot.puppet.contactAlias(id, remark), { id: stage.id(person), remark });
  /** The remark name as Wechaty has it, before and after it asks the puppet. */
  const remarks = (person: Person) =>
    stage.probe.run(async (bot, id) => {
      const contact = await bot.Contact.find({ id });
      const before = await contact?.alias();
      await contact?.sync();
      return [before, await contact?.alias()];
    }, stage.id(person));

  describe('by remark names', () => {
    test('which are there at the login', async () => {
      expect(await remarks(aunt)).toEqual(['刘婶·R7K2M', '刘婶·R7K2M']);
    });

    test('which it can set, and reads only after a sync of the contact', async () => {
      await remarks(granny);
      await setRemark(granny, '张奶奶·R3X9P');
      await stage.wechat.account.heardAll();
      expect(await remarks(granny)).toEqual(['', '张奶奶·R3X9P']);
    });

    test('which it cannot set, without being told so', async () => {
      stage.wechat.world.remarksCanBeSet = false;
      await expect(setRemark(granny, '别的')).resolves.toBeFalsy();
      await stage.wechat.account.heardAll();
      expect((await remarks(granny)).at(-1)).toBe('张奶奶·R3X9P');
      expect(granny.remark).toBe('张奶奶·R3X9P');
    });

    test('which the owner sets on the phone', async () => {
      stage.wechat.phone.remark(aunt, '刘婶·RQQ4T');
      await stage.wechat.account.heardAll();
      expect((await remarks(aunt)).at(-1)).toBe('刘婶·RQQ4T');
    });

    test('which never go when the owner clears them', async () => {
      stage.wechat.phone.remark(aunt, '');
      await stage.wechat.account.heardAll();
      expect((await remarks(aunt)).at(-1)).toBe('刘婶·RQQ4T');
    });
  });

  describe('as friends', () => {
    test('a request is told, and can be accepted', async () => {
      const { wechat, probe } = stage;
      const newcomer = wechat.world.person('周姐');
      wechat.talk.askToBeFriend(newcomer, '我是3栋的');
      const [request] = await probe.next('friendship');
      expect(request).toMatchObject({ type: 2, id: stage.id(newcomer), name: '周姐', text: '我是3栋的' });
      await probe.run((bot, message) => bot.puppet.friendshipAccept(message), request?.message ?? '');
      expect(newcomer.friend).toBe(true);
      // The notice that follows is an event of its own: 1 is confirmed.
      expect((await probe.next('friendship'))[0]).toMatchObject({ type: 1, id: stage.id(newcomer) });
    });

    test('whoever asked for verification comes out as confirmed, but is no friend', async () => {
      const { wechat, probe } = stage;
      const stranger = wechat.world.person('杨哥');
      wechat.world.room('幸福小区2栋', [stranger]);
      await probe.run((bot, id) => bot.puppet.messageSendText(id, '您好'), stage.id(stranger));
      expect((await probe.next('friendship'))[0]).toMatchObject({ type: 1, id: stage.id(stranger) });
      const friend = await probe.run(async (bot, id) => (await bot.Contact.find({ id }))?.friend(), stage.id(stranger));
      expect(friend).toBe(false);
    });
  });

  describe('in rooms', () => {
    test('several of one name', async () => {
      const found = await stage.probe.run(async (bot, id) => (await bot.puppet.roomMemberSearch(id, '小美')).length, stage.id(building));
      expect(found).toBe(2);
    });

    test('a newcomer, when the list of members comes first', async () => {
      const { wechat, probe } = stage;
      wechat.talk.join(building, wechat.world.person('新来的'), granny);
      expect((await probe.next('room-join'))[0]).toMatchObject({ room: stage.id(building), people: ['新来的'] });
    });

    test('that somebody came but not who, when it comes later', async () => {
      const { wechat, probe } = stage;
      const list = wechat.talk.join(building, wechat.world.person('晚到的'), granny, { late: true });
      expect((await probe.next('room-join'))[0]).toMatchObject({ room: stage.id(building), people: [] });
      list();
    });
  });
});
