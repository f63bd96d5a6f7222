import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { listening } from './listening.ts';
import { Office } from './office.ts';
import type { Person, Room } from './web-wechat/world.ts';

describe('when the network or WeChat fails', () => {
  let office: Office;
  let listen: ReturnType<typeof listening>;
  let director: Person;
  let granny: Person;
  let building: Room;

  beforeAll(async () => {
    office = await Office.open();
    listen = listening(office);
    director = office.wechat.world.friend('李主任');
    granny = office.wechat.world.friend('张奶奶');
    building = office.wechat.world.room('幸福小区1栋', [director, granny]);
    await office.begin(director);
    await listen.askIn(building, director, '/绑定 居民', '居民群');
    await listen.ask(director, '/口令 739251', '口令记下了');
    await listen.ask(granny, '你好', '小桥');
  });
  afterEach(() => {
    office.wechat.faults.limited = false;
    office.wechat.faults.refusal = undefined;
  });
  afterAll(async () => {
    expect(office.bot.refused()).toEqual([]);
    await office.close();
  });

  test.each([
    ['8 s', { synccheck: 3 }],
    ['30 s', { webwxinit: 3 }],
  ])('what is said during an outage of %s is answered after it', async (_, until) => {
    const from = office.wechat.world.saidTo(granny).length;
    office.wechat.faults.cut({ until });
    office.wechat.talk.say(granny, '居住证怎么办');
    await listen.hears(granny, '居住证', from);
    await listen.ask(granny, '谢谢', /不客气|应该的/);
  });

  test('what is said while the bot is killed is answered when it is back, without a scan', async () => {
    await office.wechat.sessionSaved?.();
    await office.bot.kill();
    const from = office.wechat.world.saidTo(granny).length;
    office.wechat.talk.say(granny, '居住证怎么办');
    await office.restart();
    await listen.hears(granny, '居住证', from);
    expect(office.bot.stdout()).not.toContain('二维码登录');
  });

  test('groups in which people were talking hear for how long the bot was away, when nothing of it came after all', async () => {
    await listen.askIn(building, granny, '居住证怎么办', '居住证');
    const from = office.wechat.world.saidTo(building).length;
    office.wechat.faults.cut({ seconds: 400, drops: true });
    await listen.hears(building, '没在线', from);
  });

  test('an answer of WeChat that is lost after a send repeats a reply, and never loses it', async () => {
    office.wechat.faults.loseNext('webwxsendmsg');
    await listen.ask(granny, '居住证怎么办', '居住证');
    await listen.ask(granny, '谢谢', /不客气|应该的/);
  });

  test('a file by the account’s owner only: its folder and what lies in it', async () => {
    const { statSync, readdirSync } = await import('node:fs');
    const folder = `${office.stateDir}/wechat`;
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const card = readdirSync(folder).find((name) => name.endsWith('memory-card.json')) ?? '';
    expect(statSync(`${folder}/${card}`).mode & 0o077).toBe(0);
  });

  test('a refused account is told in WeChat’s words, once, and not asked to scan again and again', async () => {
    office.wechat.faults.refusal = '为了你的帐号安全，此微信号不能登录网页微信。';
    office.wechat.phone.kick();
    await office.wechat.phone.logIn();
    await office.until(() => office.bot.stdout().includes('此微信号不能登录网页微信'), 'the refusal');
    expect(office.bot.stdout().split('此微信号不能登录网页微信')).toHaveLength(2);
    expect(
      office.bot
        .stderr()
        .split('\n')
        .filter((line) => line.includes('the puppet reports')).length,
    ).toBeLessThan(30);
  });
});
