import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cardFolder, type Probe, startProbe } from './probing.ts';
import { startWebWechat, type WebWechat } from './web-wechat/web-wechat.ts';
import type { Person, Room } from './web-wechat/world.ts';

describe('the real puppet against the emulated server', () => {
  let wechat: WebWechat;
  let probe: Probe;
  let granny: Person;
  let building: Room;

  beforeAll(async () => {
    wechat = await startWebWechat();
    granny = wechat.world.friend('张奶奶');
    building = wechat.world.room('幸福小区1栋', [granny]);
    probe = startProbe(wechat, cardFolder());
    await wechat.phone.logIn();
    await probe.next('login');
  });
  afterAll(async () => {
    await probe.kill();
    await wechat.close();
  });

  test('a private message is heard', async () => {
    wechat.talk.say(granny, '居住证怎么办');
    expect(await probe.hears('居住证')).toEqual([expect.objectContaining({ text: '居住证怎么办', name: '张奶奶' })]);
  });

  test('a message in a room that names the bot is heard', async () => {
    wechat.talk.say(granny, '路灯坏了', { room: building, mention: true });
    expect(await probe.hears('路灯')).toEqual([expect.objectContaining({ topic: '幸福小区1栋', mentioned: true })]);
  });

  test('what the bot says arrives', async () => {
    await probe.run((bot, id) => bot.Room.find({ id }).then((room) => room?.say('收到')), probe.heard.at(-1)?.room ?? '');
    expect(wechat.world.saidTo(building)).toEqual(['收到']);
  });
});
