import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PNG } from '../../simulator/stage.ts';
import type { Chat, Person, Room } from '../web-wechat/world.ts';
import { openStage, type Stage } from './probing.ts';

describe('through the real puppet', () => {
  let stage: Stage;
  let granny: Person;
  let building: Room;
  let rooms: Room[];

  beforeAll(async () => {
    stage = await openStage((world) => {
      granny = world.friend('张奶奶');
      building = world.room('幸福小区1栋', [granny]);
      rooms = Array.from({ length: 100 }, (_, index) => world.room(`居民群${index + 1}`, [granny, world.person(`住户${index}`)]));
    });
  });
  afterAll(() => stage.close());

  const say = (to: Chat, text: string) => sayTo(stage.id(to), text);
  const sayTo = (id: string, text: string) =>
    stage.probe.run((bot, [to = '', what = '']) => bot.puppet.messageSendText(to, what), [id, text]);
  const saidTo = (chat: Chat) => stage.wechat.world.saidTo(chat);

  test('a text arrives as it was said', async () => {
    const text = '第一行:\n第二行 <3 & "引号"';
    await say(granny, text);
    expect(saidTo(granny)).toEqual([text]);
  });

  test('somebody who is named in a room is named in the text', async () => {
    await stage.probe.run(
      async (bot, [room = '', id = '']) => {
        const contact = await bot.Contact.find({ id });
        await (await bot.Room.find({ id: room }))?.say('已登记', contact as NonNullable<typeof contact>);
      },
      [stage.id(building), stage.id(granny)],
    );
    expect(saidTo(building)).toEqual(['@张奶奶 已登记']);
  });

  test('a picture and a large file arrive whole', async () => {
    const large = Buffer.alloc(1_200_000, 'abc');
    for (const [name, bytes] of [['一.png', PNG] as const, ['二.pdf', large] as const]) {
      await stage.probe.run((bot, { to, name, bytes }, { FileBox }) => bot.puppet.messageSendFile(to, FileBox.fromBase64(bytes, name)), {
        to: stage.id(granny),
        name,
        bytes: bytes.toString('base64'),
      });
    }
    const files = stage.wechat.world.sent.flatMap(({ file }) => (file ? [file] : []));
    expect(files.map(({ name }) => name)).toEqual(['一.png', '二.pdf']);
    expect(files.map(({ bytes }, index) => bytes.equals(index === 0 ? PNG : large))).toEqual([true, true]);
  });

  test('each of a hundred rooms is known and reached', async () => {
    const known = () => stage.probe.run(async (bot) => (await bot.Room.findAll()).map((room) => room.id), undefined);
    expect((await known()).sort()).toEqual([building, ...rooms].map((room) => stage.id(room)).sort());
    for (const room of rooms) await say(room, '本周消息');
    expect(rooms.map(saidTo)).toEqual(rooms.map(() => ['本周消息']));
  });

  test('what is said to somebody who is no friend seems sent, and is not', async () => {
    const stranger = stage.wechat.world.person('杨哥');
    await expect(say(stranger, '您的单子办好了')).resolves.toBeFalsy();
    expect(saidTo(stranger)).toEqual([]);
    expect(stage.wechat.world.sent.at(-1)).toMatchObject({ to: stranger, delivered: false });
  });

  test('an id of another login is refused with -1', async () => {
    const dead = stage.wechat.account.idOf(building, { login: 99 });
    await expect(sayTo(dead, '本周消息')).rejects.toThrow('-1 == 0');
  });

  test('too much is refused with 1205', async () => {
    stage.wechat.faults.limited = true;
    await expect(say(building, '又一条')).rejects.toThrow('1205 == 0');
    stage.wechat.faults.limited = false;
    expect(saidTo(building)).not.toContain('又一条');
  });

  test('when the answer is lost it fails, although it arrived', async () => {
    stage.wechat.faults.loseNext('webwxsendmsg');
    await expect(say(building, '停水通知')).rejects.toThrow('socket hang up');
    expect(saidTo(building)).toContain('停水通知');
  });
});
