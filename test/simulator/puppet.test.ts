import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FileBox } from 'file-box';
import type { Wechaty } from 'wechaty';
import { types } from 'wechaty-puppet';
import { SimulatorPuppet } from '../../src/adapters/simulator/puppet.ts';
import type { World } from '../../src/adapters/simulator/world.ts';
import { newWechaty } from '../../src/adapters/wechat/wechaty.ts';
import { PNG, START, stage } from './stage.ts';

type Heard = Awaited<ReturnType<Wechaty['Message']['find']>> & object;

let world: World;
let bot: Wechaty;
let errors: unknown[];

beforeEach(async () => {
  world = stage();
  bot = newWechaty({ puppet: new SimulatorPuppet(world) });
  errors = [];
  bot.on('error', (error) => {
    errors.push(error);
  });
  await bot.start();
  await bot.ready();
});

afterEach(async () => {
  await bot.stop();
  expect(errors).toEqual([]);
});

function next(): Promise<Heard> {
  return new Promise((resolve) => bot.once('message', (message: Heard) => resolve(message)));
}

async function room() {
  const found = await bot.Room.find({ topic: '黄土坡社区居民群' });
  if (!found) throw new Error('no room');
  return found;
}

async function contact(name: string) {
  const found = await bot.Contact.find({ name });
  if (!found) throw new Error(`no contact ${name}`);
  return found;
}

describe('through Wechaty', () => {
  test('the bot is logged in as itself', () => {
    expect(bot.isLoggedIn).toBe(true);
    expect(bot.currentUser.name()).toBe('小桥');
  });

  test('words said privately are heard, and answered', async () => {
    const heard = next();
    world.say('zhang', 'zhang', { text: '居住证\n怎么办' });
    const message = await heard;

    expect(message.text()).toBe('居住证\n怎么办');
    expect(message.type()).toBe(types.Message.Text);
    expect(message.talker().name()).toBe('张奶奶');
    expect(message.talker().friend()).toBe(true);
    expect(message.room()).toBeUndefined();
    expect(message.self()).toBe(false);
    expect(message.date()).toEqual(START);

    const sent = await message.say('带身份证来');
    expect(world.messages('zhang').at(-1)).toMatchObject({ id: sent?.id, from: 'xiaoqiao', text: '带身份证来' });
    expect(sent?.self()).toBe(true);
  });

  test('the bot does not hear itself', async () => {
    const heard = next();
    await (await contact('张奶奶')).say('您好');
    world.say('zhang', 'zhang', { text: '你好' });
    expect((await heard).text()).toBe('你好');
  });

  test('in a group it knows whether it is spoken to, by whom, and under which group nickname', async () => {
    let heard = next();
    world.say('zhang', 'residents', { text: '@小桥 楼道灯坏了' });
    let message = await heard;
    expect(await message.mentionSelf()).toBe(true);
    expect(await message.mentionText()).toBe('楼道灯坏了');
    expect(await message.room()?.topic()).toBe('黄土坡社区居民群');
    expect(await message.room()?.alias(message.talker())).toBe('3栋张奶奶');

    heard = next();
    world.say('chen', 'residents', { text: '今天天气不错' });
    message = await heard;
    expect(await message.mentionSelf()).toBe(false);
    expect(message.talker().friend()).toBe(false);
  });

  test('what it says in a group arrives there, with the mention', async () => {
    const zhang = await contact('张奶奶');
    await (await room()).say('已登记', zhang);
    expect(world.messages('residents').at(-1)).toMatchObject({ from: 'xiaoqiao', text: '@3栋张奶奶 已登记', mentions: ['zhang'] });
  });

  test('a private word to somebody who is no friend fails aloud', async () => {
    await expect(bot.puppet.messageSendText('chen', '您好')).rejects.toThrow('not a friend');
    expect(world.messages('chen')).toEqual([]);
    expect((await bot.Contact.findAll()).map((one) => one.name())).not.toContain('陈姐');
  });

  test('pictures come and go, and files go', async () => {
    const heard = next();
    world.say('zhang', 'zhang', { image: { name: '漏水.png', type: 'image/png', bytes: PNG } });
    const message = await heard;
    expect(message.type()).toBe(types.Message.Image);
    expect(await (await message.toFileBox()).toBuffer()).toEqual(PNG);

    await message.say(FileBox.fromBuffer(PNG, '图.png'));
    expect(world.messages('zhang').at(-1)?.image).toMatchObject({ name: '图.png', type: 'image/png' });
    await message.say(FileBox.fromBuffer(Buffer.from('a,b'), '月报.csv'));
    expect(world.messages('zhang').at(-1)?.file).toMatchObject({ name: '月报.csv', bytes: Buffer.from('a,b') });
  });

  test('what is taken back is told, and the bot can take back what it said', async () => {
    let heard = next();
    const said = world.say('zhang', 'residents', { text: '13800000000' });
    await heard;
    heard = next();
    world.recall('zhang', said.id);
    const message = await heard;
    expect(message.type()).toBe(types.Message.Recalled);
    expect(message.text()).toBe(said.id);
    expect(message.talker().name()).toBe('张奶奶');

    const sent = await (await room()).say('说错了');
    expect(await sent?.recall()).toBe(true);
    expect(world.messages('residents').at(-1)?.recalled).toBe(true);
  });

  test('it gives friends a remark and can read it back; strangers get none', async () => {
    const zhang = await contact('张奶奶');
    await zhang.alias('张奶奶·R7K2M');
    expect(await zhang.alias()).toBe('张奶奶·R7K2M');
    expect(await bot.puppet.contactAlias('zhang')).toBe('张奶奶·R7K2M');
    await bot.puppet.contactAlias('zhang', '张奶奶·S9');
    await zhang.sync();
    expect(await zhang.alias()).toBe('张奶奶·S9');
    await expect(bot.puppet.contactAlias('chen', 'x')).rejects.toThrow('not a friend');
  });

  test('a group can be given another name', async () => {
    const residents = await room();
    await residents.topic('黄土坡居民一群');
    await residents.sync();
    expect(await residents.topic()).toBe('黄土坡居民一群');
  });

  test('what web WeChat cannot do either is refused', async () => {
    await expect(bot.puppet.roomCreate(['zhang'], 'x')).rejects.toThrow(/Unsupported/);
  });

  test('after a stop it hears nothing, after a new start it does', async () => {
    await bot.stop();
    world.say('zhang', 'zhang', { text: '没人听' });
    await bot.start();
    const heard = next();
    world.say('zhang', 'zhang', { text: '有人吗' });
    expect((await heard).text()).toBe('有人吗');
  });
});
