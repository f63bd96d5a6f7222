import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Office } from './office.ts';
import { cardFolder, startProbe } from './protocol/probing.ts';
import type { WebWechat } from './web-wechat/web-wechat.ts';
import { startWebWechat } from './web-wechat/web-wechat.ts';
import type { Person } from './web-wechat/world.ts';

let folder: string;
const proof = () => join(folder, 'taken-over');
/** A program that leaves a file behind wherever it is run. */
const program = () => `require("node:fs").writeFileSync(${JSON.stringify(proof())}, "");`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-hostile-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const called = (wechat: WebWechat, api: string) => wechat.calls.get(api) ?? 0;
/** Waits until the bot has asked so many times more. */
const asked = (wechat: WebWechat, api: string, times: number) => {
  const before = called(wechat, api);
  return wechat.world.until(() => called(wechat, api) >= before + times, `${times} × ${api}`);
};

describe('somebody between the bot and WeChat', () => {
  let office: Office;
  let director: Person;

  beforeAll(async () => {
    office = await Office.open();
    director = office.wechat.world.friend('李主任');
  });
  afterAll(() => office.close());

  test('who answers the first call with a program runs nothing', async () => {
    const { wechat } = office;
    wechat.faults.forged.set('jslogin', `window.QRLogin.code = 200; window.QRLogin.uuid = "a"; ${program()}`);
    await asked(wechat, 'jslogin', 2);
    wechat.faults.forged.set('jslogin', `window.QRLogin.code = 200; window.QRLogin.uuid = "a" + (() => { ${program()} })();`);
    await asked(wechat, 'jslogin', 1);
    wechat.faults.forged.clear();
    expect(existsSync(proof())).toBe(false);
  });

  test('who answers the wait for the phone with a program, or sends the login elsewhere, gets nothing', async () => {
    const { wechat } = office;
    for (const forged of [
      `window.code=408;${program()}`,
      'window.code=200;window.redirect_uri="https://wx.qq.com.example.org/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=1";',
    ]) {
      wechat.faults.forged.set('login', forged);
      await asked(wechat, 'login', 1);
      await asked(wechat, 'jslogin', 1);
    }
    wechat.faults.forged.clear();
    expect(existsSync(proof())).toBe(false);
    expect(office.bot.refused()).toEqual([]);
  });

  test('who answers “anything new?” with a program runs nothing, and afterwards all goes on', async () => {
    const { wechat } = office;
    await office.begin(director);
    wechat.faults.forged.set('synccheck', `window.synccheck={retcode:"0",selector:"0"};${program()}`);
    await asked(wechat, 'synccheck', 3);
    wechat.faults.forged.clear();
    await office.ask(director, '你好', '小桥');
    expect(existsSync(proof())).toBe(false);
  });
});

test('without the guard the puppet runs what it is answered', async () => {
  const wechat = await startWebWechat();
  wechat.faults.forged.set('jslogin', program());
  const cards = cardFolder();
  const probe = startProbe(wechat, cards);
  await asked(wechat, 'jslogin', 2);
  expect(existsSync(proof())).toBe(true);
  await probe.kill();
  await wechat.close();
  rmSync(cards, { recursive: true });
});
