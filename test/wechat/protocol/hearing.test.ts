import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PNG } from '../../simulator/stage.ts';
import type { Person, Room } from '../web-wechat/world.ts';
import { type Heard, openStage, type Stage } from './probing.ts';

/** What the real puppet makes of what people say, as far as the adapter relies on it: whoever updates the puppet learns here what changed. */
describe('the real puppet hears', () => {
  let stage: Stage;
  let granny: Person;
  let stranger: Person;
  let building: Room;

  beforeAll(async () => {
    stage = await openStage((world) => {
      granny = world.friend('张奶奶');
      stranger = world.person('杨哥');
      building = world.room('幸福小区1栋', [[granny, '3-501张'], stranger]);
    });
  });
  afterAll(() => stage.close());

  const one = async (text: string) => (await stage.probe.hears(text))[0];

  test('a private message', async () => {
    stage.wechat.talk.say(granny, '居住证怎么办');
    expect(await one('居住证')).toMatchObject({ text: '居住证怎么办', from: stage.id(granny), name: '张奶奶', self: false });
  });

  test('who in a room says what, and that the bot was named', async () => {
    stage.wechat.talk.say(stranger, '路灯坏了', { room: building, mention: true });
    expect(await one('路灯')).toMatchObject({ room: stage.id(building), topic: '幸福小区1栋', from: stage.id(stranger), mentioned: true });
  });

  test('not that it was named when nothing separates the name from the text', async () => {
    stage.wechat.talk.say(granny, '请看@小桥井盖没了', { room: building });
    expect(await one('井盖')).toMatchObject({ mentioned: false });
  });

  test('only the first line of a room’s text with a colon at its end; the raw payload has it all', async () => {
    stage.wechat.talk.say(granny, '反映问题:\n1. 电梯', { room: building });
    const heard = await one('反映问题');
    expect(heard?.text).toBe('反映问题');
    expect((await stage.probe.raw(heard)).OriginalContent).toBe(`${stage.id(granny)}:<br/>反映问题:<br/>1. 电梯`);
  });

  test('entities half decoded', async () => {
    stage.wechat.talk.say(granny, '水费 <3 & 电费');
    expect((await one('水费'))?.text).toBe('水费 <3 &amp; 电费');
  });

  test('a message that is delivered twice, twice', async () => {
    stage.wechat.talk.twice(granny, '停水了吗');
    const heard = await stage.probe.hears('停水', 2);
    expect(new Set(heard.map((each) => each.id)).size).toBe(1);
  });

  test('what the owner types on the phone, as the bot’s own', async () => {
    stage.wechat.phone.type(granny, '我是社区小周');
    stage.wechat.phone.type(building, '我来处理');
    expect(await one('小周')).toMatchObject({ self: true });
    expect(await one('我来处理')).toMatchObject({ self: true, room: stage.id(building) });
  });

  test('a place on the map, as a text', async () => {
    stage.wechat.talk.location(granny, '幸福路1号', { room: building });
    const heard = (await stage.probe.hears('幸福路')).at(-1);
    expect(heard?.type).toBe(7);
    expect(await stage.probe.raw(heard)).toMatchObject({ SubMsgType: 48 });
  });

  test('a quote before the words that quote it', async () => {
    stage.wechat.talk.quote(granny, '同意', { by: stranger, text: '/办结 1' }, { room: building });
    expect((await one('同意'))?.text).toBe('「杨哥：/办结 1」\n- - - - - - - - - - - - - - -\n同意');
  });

  test('somebody in a room that it did not know', async () => {
    const unknown = stage.wechat.world.room('没保存的群', [granny], { saved: false });
    stage.wechat.talk.say(granny, '有人吗', { room: unknown });
    expect(await one('有人吗')).toMatchObject({ topic: '没保存的群' });
  });

  test('no text that looks like the notice of a new friend', async () => {
    stage.wechat.talk.say(granny, '小王刚刚把你添加到通讯录，现在可以开始聊天了。');
    stage.wechat.talk.say(granny, '在吗');
    await one('在吗');
    expect(stage.probe.heard.filter(({ event, text }) => event === 'message' && text?.includes('小王'))).toEqual([]);
  });

  test('pictures, recordings and files, whose bytes can be fetched', async () => {
    const { probe, wechat } = stage;
    const from = probe.heard.length;
    wechat.talk.picture(granny, PNG, { room: building });
    wechat.talk.voice(granny);
    wechat.talk.file(granny, '申请.docx', Buffer.from('内容'));
    const fresh = () => probe.heard.slice(from).filter(({ event }) => event === 'message');
    await wechat.world.until(() => fresh().length >= 3);
    const bytesOf = async (type: number) => {
      const { id = '' } = fresh().find((each) => each.type === type) as Heard;
      return Buffer.from(await probe.run(async (bot, given) => (await bot.puppet.messageFile(given)).toBase64(), id), 'base64');
    };
    expect(await bytesOf(6)).toEqual(PNG);
    expect((await bytesOf(2)).toString()).toBe('silk');
    expect((await bytesOf(1)).toString()).toBe('内容');
  });
});
