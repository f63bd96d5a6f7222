import { readdirSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { sessionSaved } from './child/child.ts';
import { logInAnew } from './logins.ts';
import { Office } from './office.ts';
import type { Person } from './web-wechat/world.ts';

describe('when the network or WeChat fails', () => {
  let office: Office;
  let director: Person;
  let granny: Person;

  /** What a robot of a chat group elsewhere is told. */
  let robot: Server;
  const posted: string[] = [];

  beforeAll(async () => {
    robot = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => posted.push(text));
      request.on('end', () => {
        response.end('{}');
        office.wechat.world.signal.changed();
      });
    });
    await new Promise<void>((resolve) => robot.listen(0, '127.0.0.1', resolve));
    const { port } = robot.address() as AddressInfo;
    office = await Office.open({ env: { NOTIFY_WEBHOOK: `http://127.0.0.1:${port}/key` } });
    director = office.wechat.world.friend('李主任');
    granny = office.wechat.world.friend('张奶奶');
    await office.begin(director);
    await office.ask(director, '/口令 640857', '口令记下了');
    await office.ask(granny, '你好', '小桥');
  });
  afterEach(() => {
    office.wechat.faults.limited = false;
    office.wechat.faults.refusal = undefined;
  });
  afterAll(async () => {
    expect(office.bot.refused()).toEqual([]);
    await office.close();
    robot.close();
  });

  test.each([
    ['8 s', { synccheck: 3 }],
    ['30 s', { webwxinit: 3 }],
  ])('what is said during an outage of %s is answered after it', async (_, until) => {
    const from = office.wechat.world.saidTo(granny).length;
    office.wechat.faults.cut({ until });
    office.wechat.talk.say(granny, '居住证怎么办');
    await office.hears(granny, '居住证', from);
    await office.ask(granny, '谢谢', /不客气|应该的/);
  });

  test.each<[NodeJS.Signals, string, string]>([
    ['SIGKILL', '低保怎么申请', '低保'],
    ['SIGTERM', '老年证怎么办', '老年'],
  ])('what is said while the bot is down (%s) is answered when it is back, without a scan', async (signal, question, answer) => {
    await sessionSaved(office.wechat, office.stateDir);
    await office.bot.kill(signal);
    const from = office.wechat.world.saidTo(granny).length;
    office.wechat.talk.say(granny, question);
    await office.restart();
    await office.hears(granny, answer, from);
    expect(office.bot.stdout()).not.toContain('二维码登录');
  });

  test('an answer of WeChat that is lost after a send repeats a reply, and never loses it', async () => {
    office.wechat.faults.loseNext('webwxsendmsg');
    await office.ask(granny, '生育登记怎么办', '生育');
    await office.ask(granny, '谢谢你', /不客气|应该的/);
  });

  test('the memory card, which is the session, can be read by nobody else', () => {
    const folder = `${office.stateDir}/main`;
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const card = readdirSync(folder).find((name) => name.endsWith('memory-card.json')) ?? '';
    expect(statSync(`${folder}/${card}`).mode & 0o077).toBe(0);
  });

  test('whoever looks after the account hears elsewhere that a scan is wanted, and nothing that anybody said', async () => {
    await office.until(() => posted.some((text) => text.includes('扫码')), 'a notice');
    expect(JSON.parse(posted[0] ?? '')).toMatchObject({ msgtype: 'text', text: { content: expect.stringContaining('扫码') } });
    expect(posted.join()).not.toMatch(/居住证|低保|张奶奶/);
  });

  test('a call for help after a new login, when nobody of the staff is known yet, is told elsewhere, without its words', async () => {
    await logInAnew(office);
    await office.ask(granny, '我家着火了，3栋2单元501', '119');
    await office.until(() => posted.some((text) => text.includes('叫不到')), 'a notice');
    expect(posted.join()).not.toMatch(/着火|501/);
    // Whoever is known by name and PIN hears of it at once.
    const from = office.wechat.world.saidTo(director).length;
    office.wechat.talk.say(director, '640857');
    await office.hears(director, '着火', from);
  });

  test('when WeChat says that it is too often (1205), that is told elsewhere, and what was to be said comes later', async () => {
    office.wechat.faults.limited = true;
    const from = office.wechat.world.saidTo(granny).length;
    office.wechat.talk.say(granny, '育儿补贴怎么领');
    await office.until(() => posted.some((text) => text.includes('太频繁')), 'a notice');
    expect(office.wechat.world.saidTo(granny)).toHaveLength(from);
  });

  test('a refused account is told in WeChat’s words, once, and not asked to scan again and again', async () => {
    office.wechat.faults.refusal = '为了你的帐号安全，此微信号不能登录网页微信。';
    office.wechat.phone.kick();
    await office.wechat.phone.logIn();
    await office.until(() => office.bot.stdout().includes('此微信号不能登录网页微信'), 'the refusal');
    await office.until(() => posted.some((text) => text.includes('此微信号不能登录网页微信')), 'a notice');
    expect(office.bot.stdout().split('此微信号不能登录网页微信')).toHaveLength(2);
    expect(
      office.bot
        .stderr()
        .split('\n')
        .filter((line) => line.includes('the puppet reports')).length,
    ).toBeLessThan(30);
  });
});

describe('when nothing of what was said in a long outage comes after all', () => {
  let office: Office;
  beforeAll(async () => {
    office = await Office.open({ factor: 100 });
  });
  afterAll(() => office.close());

  test('groups in which people were talking hear for how long the bot was away', async () => {
    const director = office.wechat.world.friend('李主任');
    const bound = office.wechat.world.room('幸福小区1栋', [director]);
    const unbound = office.wechat.world.room('麻将群', [director]);
    await office.begin(director);
    await office.askIn(bound, director, '/绑定 居民', '居民群');
    office.wechat.talk.say(director, '今天打牌不', { room: unbound });
    await office.wechat.account.heardAll();
    const outage = office.wechat.faults.cut({ seconds: 420, drops: true });
    await office.hears(bound, /^刚才 \d+:\d\d 到 \d+:\d\d 我没在线/);
    expect(outage.failed.webwxinit).toBeLessThan(25);
    expect(office.wechat.world.saidTo(unbound)).toEqual([]);
  });
});
