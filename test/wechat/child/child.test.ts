import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cardFolder, type Probe, startProbe } from '../protocol/probing.ts';
import { startWebWechat, type WebWechat } from '../web-wechat/web-wechat.ts';
import { projectFolder, startChild } from './child.ts';

describe('a child that runs against the emulated server', () => {
  let wechat: WebWechat;
  let folder: string;
  let probe: Probe;

  beforeAll(async () => {
    wechat = await startWebWechat();
    folder = cardFolder();
    probe = startProbe(wechat, folder);
    await probe.next('scan');
  });
  afterAll(async () => {
    await probe.kill();
    await wechat.close();
    rmSync(folder, { recursive: true });
  });

  test.each(['http://198.51.100.1:80', 'https://wx.qq.com', ''])('does not start when the server is at “%s”', async (WEB_WECHAT_SERVER) => {
    const child = startChild(wechat, join(projectFolder, 'src/cli/main.ts'), { args: ['check'], env: { WEB_WECHAT_SERVER } });
    expect(await child.ended).not.toBe(0);
    expect(child.stderr()).toContain('must be on the loopback');
  });

  test('reaches no other host, by whatever way it tries', async () => {
    expect(probe.refused()).toEqual([]);
    const failed = await probe.run(async (_bot, host) => {
      const node = process.getBuiltinModule;
      const listened = (made: { on(event: string, listener: (error: Error) => void): unknown }) =>
        new Promise((_resolve, reject) => made.on('error', reject));
      const ways: Record<string, () => unknown> = {
        https: () => listened(node('node:https').get(`https://${host}/`)),
        'https by its address': () => listened(node('node:https').request({ hostname: '198.51.100.1', path: '/' })),
        http: () => listened(node('node:http').get(`http://${host}/`)),
        fetch: () => fetch(`https://${host}/`),
        socket: () => listened(node('node:net').connect(443, '198.51.100.1')),
        tls: () => listened(node('node:tls').connect({ host, port: 443 })),
        name: () => node('node:dns').promises.resolve4(host),
      };
      const failed: string[] = [];
      for (const [name, way] of Object.entries(ways)) {
        try {
          await way();
        } catch {
          failed.push(name);
        }
      }
      return failed;
    }, 'example.invalid');
    expect(failed).toHaveLength(7);
    await wechat.world.until(() => probe.refused().length >= 7, 'seven refusals');
    expect(new Set(probe.refused())).toEqual(new Set(['example.invalid', '198.51.100.1']));
  });

  test('has the clock of the server, by which its timers end', async () => {
    const before = wechat.world.clock.now().getTime();
    const [began = 0, ended = 0] = await probe.run(async (_bot, seconds) => {
      const began = Date.now();
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      await process.getBuiltinModule('node:timers/promises').setTimeout(seconds * 1000);
      return [began, Date.parse(new Date().toISOString())];
    }, 10);
    expect(began).toBeGreaterThanOrEqual(before);
    // Timers end up to a millisecond of the wall's clock early.
    expect(ended - began).toBeGreaterThanOrEqual(19_900);
    expect(wechat.world.clock.now().getTime()).toBeGreaterThanOrEqual(ended);
  });
});
