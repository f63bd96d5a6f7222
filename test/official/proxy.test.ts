import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { createClient } from '../../src/adapters/official/client.ts';
import { createSite } from '../../src/adapters/site/server.ts';
import { listenOn } from '../../src/adapters/web/listen.ts';
import { siteDesk } from '../../src/cli/site.ts';
import { openApi } from './emulator/api.ts';
import { phoneOf } from './emulator/phone.ts';
import { World } from './emulator/world.ts';
import { type OfficialStage, openOfficialStage } from './stage.ts';

let stage: OfficialStage | undefined;
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await stage?.close();
  stage = undefined;
});

/** A reverse proxy as the guide has it: the name that was asked, and who asks, are handed on. */
async function proxyBefore(target: string): Promise<string> {
  const { address, open } = await proxyClosed(() => target);
  await open();
  return address;
}

/** One that does not listen yet. */
async function proxyClosed(target: () => string) {
  const server: Server = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, 'x-forwarded-for': incoming.socket.remoteAddress };
    const onward = request(new URL(incoming.url ?? '/', target()), { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const open = async () => {
    await listen(port);
    closing.push(() => server.close());
  };
  return { address: `http://127.0.0.1:${port}`, open };
}

test('through a reverse proxy pushes arrive signed and whole, under the name that people see', async () => {
  const opened = await openOfficialStage();
  stage = opened;
  const site = createSite({
    communities: [siteDesk(opened.app, opened.media)],
    mounted: [{ path: '/official/main', app: opened.official.routes }],
    url: 'https://shequ.example.cn',
    proxies: ['127.0.0.1'],
  });
  const listening = await listenOn(site, '127.0.0.1', 0);
  closing.push(listening.close);
  const proxy = new URL(await proxyBefore(listening.address));
  const ask = (query: string, body: string, host: string) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const path = `/official/main?${query}`;
      const asked = request({ host: proxy.hostname, port: proxy.port, path, method: 'POST', headers: { host } }, (answer) => {
        let text = '';
        answer.on('data', (chunk) => {
          text += chunk;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      });
      asked.on('error', reject);
      asked.end(body);
    });
  const phone = phoneOf(opened.world, (query, body) => ask(query, body, 'shequ.example.cn'), 'o-1');
  await phone.say('低保怎么申请');
  expect(phone.read()).toContain('低保');
  expect((await ask('', '', 'shequ.example.cn')).status).toBe(403);
  expect((await ask('', '', 'elsewhere.example')).status).toBe(421);
});

test('an office without an address of its own calls the API through its relay: texts, pictures and errors come whole', async () => {
  const world = new World('2026-11-23T10:00:00+08:00', { whitelist: ['192.0.2.1'] });
  const api = await openApi(world);
  closing.push(api.close);
  const { appId, secret } = world.platform;
  const client = createClient({ appId, secret, api: await proxyBefore(api.address), elapsed: () => world.now().getTime() });
  // What has to be whitelisted is the relay's address, and it is named.
  await expect(client.get('/cgi-bin/user/info', { openid: 'o-1' })).rejects.toMatchObject({ code: 40164, address: '203.0.113.7' });
  world.platform.whitelist = ['203.0.113.7'];
  world.pass(60_000);
  const person = world.person('o-1');
  person.follows = true;
  world.opens(person, 'message');
  const text = '您好 & <再见> '.repeat(40);
  await client.post('/cgi-bin/message/custom/send', { touser: 'o-1', msgtype: 'text', text: { content: text } });
  expect(person.shown.map((each) => each.text)).toEqual([text]);
  const bytes = new Uint8Array(1_500_000).fill(7);
  const { media_id } = await client.upload('/cgi-bin/media/upload', { type: 'image' }, { name: 'p.png', type: 'image/png', bytes });
  await client.post('/cgi-bin/message/custom/send', { touser: 'o-1', msgtype: 'image', image: { media_id } });
  expect(person.shown).toHaveLength(2);
});

test('while the relay is away what is asked is answered, and what is to be said waits, however long, and is said once', async () => {
  const relay = await proxyClosed(() => opened.api);
  const opened: OfficialStage = await openOfficialStage({ settings: { api: relay.address } });
  stage = opened;
  const { world, phone } = opened;
  const staff = phone('o-staff');
  await opened.enlist(staff, '小周', 'director');
  const resident = phone('o-1');
  await resident.follow();
  await resident.say('3栋2单元楼道灯坏了，晚上看不见');
  const number = /SQ\d{6}-\d{4}/.exec(resident.read())?.[0] ?? '';
  await staff.say(`/回复 ${number} 师傅明天上午来`);
  for (let minutes = 1; minutes <= 180; minutes += 7)
    await opened.to(new Date(Date.parse('2026-11-23T10:00:00+08:00') + minutes * 60_000).toISOString());
  expect(resident.read()).toBe('');
  // Nobody has limited the account, and nobody is told so.
  await staff.say('/状态');
  expect(staff.read()).not.toContain('限制');
  await relay.open();
  await opened.to('2026-11-23T13:30:00+08:00');
  expect(resident.read().match(/师傅明天上午来/g)).toHaveLength(1);
  expect(world.outside).toBe(0);
});
