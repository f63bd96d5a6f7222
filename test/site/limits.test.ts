import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Hono } from 'hono';
import { clientAddress, countedAs } from '../../src/adapters/site/address.ts';
import { listenOn } from '../../src/adapters/web/listen.ts';
import { readBy } from '../support/desk.ts';
import { openSiteStage, type SiteStage } from './stage.ts';

let stage: SiteStage;
let elapsed = 0;
/** Reports in all: more than one address may send. */
beforeEach(async () => {
  elapsed = 0;
  stage = await openSiteStage({ site: { elapsed: () => elapsed } });
});
afterEach(async () => {
  expect(stage.errors).toEqual([]);
  await stage.close();
});

describe('who asks', () => {
  const proxies = new Set(['127.0.0.1', '10.0.0.1']);
  test.each([
    ['nobody stands between', '203.0.113.9', undefined, '203.0.113.9'],
    ['a stranger writes the header', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['our proxy says it', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['what stands before our proxy’s word was written by who asks', '127.0.0.1', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
    ['two proxies of ours', '127.0.0.1', '198.51.100.1, 10.0.0.1', '198.51.100.1'],
    ['IPv4 in the form of IPv6', '::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['a port and brackets', '127.0.0.1', '[2001:db8::1]:4711', '2001:db8::1'],
    ['no address at all', '127.0.0.1', 'unknown', '127.0.0.1'],
    ['nothing', '127.0.0.1', '', '127.0.0.1'],
  ])('%s', (_, connection, forwarded, expected) => {
    expect(clientAddress(connection, forwarded, proxies)).toBe(expected);
  });

  test('a household counts as one, whatever addresses its phones take', () => {
    expect(countedAs('2001:db8:1:2:aaaa::1')).toBe(countedAs('2001:db8:1:2::ffff'));
    expect(countedAs('2001:db8:1:3::1')).not.toBe(countedAs('2001:db8:1:2::1'));
    expect(countedAs('203.0.113.9')).toBe('203.0.113.9');
  });
});

describe('wrong secrets behind a proxy', () => {
  /** How the site answers somebody who tries secrets, as a web server before it hands them on. */
  const tries = async (proxies: string[]) => {
    const behind = await openSiteStage({ site: { proxies, hostNames: ['127.0.0.1'] } });
    const listening = await listenOn(behind.site, '127.0.0.1', 0);
    const from = async (who: string) => {
      const answer = await fetch(new URL('/s/BBBBB-BBBB-BBBB', listening.address), { headers: { 'x-forwarded-for': who } });
      await answer.text();
      return answer.status;
    };
    for (let index = 0; index < 30; index++) expect(await from('198.51.100.1')).toBe(404);
    const after = [await from('198.51.100.1'), await from('198.51.100.2')];
    await listening.close();
    await behind.close();
    return after;
  };

  test('whoever tries is counted by what our proxy says, and nobody else waits for it', async () => {
    expect(await tries(['127.0.0.1'])).toEqual([429, 404]);
  });

  test('where no proxy is named what the header says counts for nothing', async () => {
    expect(await tries([])).toEqual([429, 429]);
  });
});

test('ten thousand requests in a burst change nothing for the chat', async () => {
  const statuses = new Map<number, number>();
  for (let sent = 0; sent < 10_000; sent += 500)
    for (const { status } of await Promise.all(Array.from({ length: 500 }, () => stage.get('/guide/residence-permit.apply'))))
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
  expect(Object.fromEntries(statuses)).toEqual({ 200: 500, 503: 9500 });
  expect(readBy('张奶奶', await stage.desk.say('张奶奶', '居住证怎么办'))).toContain('居住证');
});

test('a flood of the pages from many addresses keeps no push of an account out, and each asker of pushes has a limit', async () => {
  const app = new Hono().all('/', (c) => c.text('success'));
  const flooded = await openSiteStage({ site: { elapsed: () => 0, mounted: [{ path: '/official/main', app }] } });
  const ask = async (path: string, remoteAddress: string) =>
    (await flooded.site.request(path, { headers: { host: 'localhost' } }, { incoming: { socket: { remoteAddress } } })).status;
  const counted = new Map<number, number>();
  for (let index = 0; index < 1_200; index++) {
    const status = await ask('/nothing', `198.51.${index % 250}.${Math.floor(index / 250)}`);
    counted.set(status, (counted.get(status) ?? 0) + 1);
  }
  expect(Object.fromEntries(counted)).toEqual({ 404: 1_000, 503: 200 });
  expect(await ask('/official/main', '203.0.113.1')).toBe(200);
  for (let index = 0; index < 499; index++) await ask('/official/main', '203.0.113.1');
  expect(await ask('/official/main', '203.0.113.1')).toBe(503);
  expect(await ask('/official/main', '203.0.113.2')).toBe(200);
  await flooded.close();
});

describe('reports from one place', () => {
  const tokenOf = async () => /name="token" value="([^"]+)"/.exec((await stage.get('/report')).text)?.[1] ?? '';
  /** The work that a browser does for a form. */
  const workFor = (token: string) => {
    for (let tried = 0; ; tried++)
      if (createHash('sha256').update(`${token}.${tried}`).digest().readUInt32BE(0) >>> 17 === 0) return String(tried);
  };
  const sent = async (work: (token: string) => string) => {
    const token = await tokenOf();
    // What lacks its place is asked for, and counts: it was sent.
    return (await stage.post('/report', { token, what: '路灯坏了，晚上黑得很', work: work(token) })).status;
  };

  test('six at once, then one each ten minutes; nothing is lost of what was written', async () => {
    const first = [];
    for (let index = 0; index < 6; index++) first.push(await sent(() => ''));
    expect(first).toEqual(Array(6).fill(200));
    const seventh = await stage.post('/report', { token: await tokenOf(), what: '路灯坏了，晚上黑得很' });
    expect(seventh.status).toBe(429);
    expect(seventh.text).toContain('路灯坏了，晚上黑得很');
    elapsed += 600_000;
    expect(await sent(() => '')).toBe(200);
  });

  test('a browser that has worked for its form may send more; work that is none counts for nothing', async () => {
    for (let index = 0; index < 6; index++) await sent(() => '');
    expect(await sent(() => '1')).toBe(429);
    expect(await sent(() => '-1')).toBe(429);
    expect(await sent(() => '99999999999')).toBe(429);
    expect(await sent(workFor)).toBe(200);
    // The work is for one form: it is no use for another.
    const [one, other] = [await tokenOf(), await tokenOf()];
    const work = workFor(one);
    const spent = createHash('sha256').update(`${other}.${work}`).digest().readUInt32BE(0) >>> 17 === 0;
    expect((await stage.post('/report', { token: other, what: '路灯坏了', work })).status).toBe(spent ? 200 : 429);
  });

  test('in all there is an end to it, from however many places', async () => {
    let taken = 0;
    for (let index = 0; index < 26; index++) if ((await sent(workFor)) === 200) taken += 1;
    expect(taken).toBe(20);
  });
});

describe('what a page weighs', () => {
  const kilobytes = (text: string) => gzipSync(text).length / 1024;
  test('the first page with all that it needs is below 50 kB over the wire, and asks nobody else', async () => {
    const { text } = await stage.get('/');
    const needed = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
    const parts = await Promise.all(needed.map(async (path) => (await stage.get(path)).text));
    expect(needed.length).toBeGreaterThan(0);
    expect([text, ...parts].reduce((sum, part) => sum + kilobytes(part), 0)).toBeLessThan(50);
    const whole = [text, ...parts].reduce((sum, part) => sum + Buffer.byteLength(part) / 1024, 0);
    expect(whole).toBeLessThan(50);
    expect(parts.join('\n')).not.toMatch(/url\(|@import|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  });
});
