import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { createSite } from '../../src/adapters/site/server.ts';
import { listenOn } from '../../src/adapters/web/listen.ts';
import { siteDesk } from '../../src/cli/site.ts';
import { phoneOf } from './emulator/phone.ts';
import { type OfficialStage, openOfficialStage } from './stage.ts';

let stage: OfficialStage;
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await stage.close();
});

/** A reverse proxy as the guide has it: the name that was asked, and who asks, are handed on. */
async function proxyBefore(target: string): Promise<string> {
  const server: Server = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, 'x-forwarded-for': incoming.socket.remoteAddress };
    const onward = request(new URL(incoming.url ?? '/', target), { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closing.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('through a reverse proxy pushes arrive signed and whole, under the name that people see', async () => {
  stage = await openOfficialStage();
  const site = createSite({
    communities: [siteDesk(stage.app, stage.media)],
    mounted: [{ path: '/official/main', app: stage.official.routes }],
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
  const phone = phoneOf(stage.world, (query, body) => ask(query, body, 'shequ.example.cn'), 'o-1');
  await phone.say('低保怎么申请');
  expect(phone.read()).toContain('低保');
  expect((await ask('', '', 'shequ.example.cn')).status).toBe(403);
  expect((await ask('', '', 'elsewhere.example')).status).toBe(421);
});
