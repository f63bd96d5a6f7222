import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { signatureOf } from '../../src/adapters/official/signature.ts';
import { trainedFolder } from '../support/trained.ts';
import { RobotService } from '../wecom/robot-service.ts';
import { openApi } from './emulator/api.ts';
import { phoneOf } from './emulator/phone.ts';
import { World } from './emulator/world.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The bot as `npm start` runs it, with nothing set but what is given. */
function start(environment: Readonly<Record<string, string>>) {
  const loader = ['--import', new URL('../wechat/child/typescript.js', import.meta.url).href, '--disable-warning=DEP0205'];
  const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [...loader, main, 'start'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', ...environment },
  });
  let said = '';
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const prints = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(said)?.[0];
        if (found !== undefined) resolve(found);
      };
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (text) => {
          said += String(text);
          look();
        });
      void ended.then(() => reject(new Error(`it ended: ${said}`)));
    });
  return { child, ended, prints };
}

test('started as a process with both accounts set, it proves its address, answers a push, talks to staff, and ends cleanly', async () => {
  const world = new World(new Date().toISOString());
  const { token, appId, secret, key = '' } = world.platform;
  const [api, service] = [await openApi(world), await RobotService.open()];
  const state = mkdtempSync(join(tmpdir(), 'lianxinqiao-process-'));
  closing.push(
    () => rmSync(state, { recursive: true, force: true }),
    () => service.close(),
    () => api.close(),
  );
  cpSync(join(trainedFolder, 'cache'), join(state, 'cache'), { recursive: true });
  const bot = start({
    ...{ STATE_DIR: state, LOG_LEVEL: 'silent', PORT: '0', SITE_PORT: '0' },
    ...{ OFFICIAL_APP_ID: appId, OFFICIAL_APP_SECRET: secret, OFFICIAL_TOKEN: token, OFFICIAL_AES_KEY: key, OFFICIAL_API: api.address },
    ...{ WECOM_BOT_ID: 'bot', WECOM_BOT_SECRET: 'secret', WECOM_URL: service.url },
  });
  closing.push(async () => {
    bot.child.kill('SIGTERM');
    await bot.ended;
  });
  const site = await bot.prints(/http:\/\/127\.0\.0\.1:\d+\//);
  await service.until(() => service.isIn);

  const timestamp = String(Math.floor(Date.now() / 1000));
  const proof = new URLSearchParams({ signature: signatureOf(token, timestamp, '1'), timestamp, nonce: '1', echostr: '5837' });
  expect(await (await fetch(`${site}official/main?${proof}`)).text()).toBe('5837');
  expect((await fetch(`${site}official/main?echostr=5837`)).status).toBe(403);

  const phone = phoneOf(
    world,
    async (query, body) => {
      const answer = await fetch(`${site}official/main?${query}`, { method: 'POST', body });
      return { status: answer.status, text: await answer.text() };
    },
    'o-1',
  );
  await phone.follow();
  expect(
    phone
      .all()
      .map(({ text }) => text)
      .join(),
  ).toContain('欢迎关注');
  service.say('WangWu', '/待办');
  await service.until(() => service.read('WangWu').length > 0);

  bot.child.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  expect(service.isIn).toBe(false);
}, 120_000);
