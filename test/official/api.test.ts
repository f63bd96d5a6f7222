import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, createClient } from '../../src/adapters/official/client.ts';
import { ApiError, sendErrorOf } from '../../src/adapters/official/errors.ts';
import { openApi } from './emulator/api.ts';
import { World } from './emulator/world.ts';

let world: World;
let api: Awaited<ReturnType<typeof openApi>>;
let client: Client;
let troubles: (number | undefined)[];
const send = '/cgi-bin/message/custom/send';
const say = (to = 'o-1') => client.post(send, { touser: to, msgtype: 'text', text: { content: '您好' } });
const paths = () => world.calls.map(({ path, code }) => `${path.split('/').at(-1)} ${code}`);

beforeEach(async () => {
  world = new World('2026-11-23T10:00:00+08:00');
  api = await openApi(world);
  troubles = [];
  const { appId, secret } = world.platform;
  client = createClient({
    appId,
    secret,
    api: api.address,
    elapsed: () => world.now().getTime(),
    timeoutMs: 2_000,
    onTrouble: ({ code }) => troubles.push(code),
  });
  const person = world.person('o-1');
  person.follows = true;
  world.opens(person, 'message');
});
afterEach(() => api.close());

test('many calls at once ask for one token', async () => {
  await Promise.all([say(), say(), say()]);
  expect(paths().filter((each) => each.startsWith('stable_token'))).toEqual(['stable_token 0']);
});

test('a token is renewed before its end, and once when it has died', async () => {
  await say();
  world.pass(7200_000);
  await say();
  world.fails(send, { code: 40001 });
  await say();
  expect(paths()).toEqual(['stable_token 0', 'send 0', 'stable_token 0', 'send 0', 'send 40001', 'stable_token 0', 'send 0']);
});

test('a token that dies again is not asked for again and again', async () => {
  world.fails(send, { code: 40001 }, { code: 42001 });
  await expect(say()).rejects.toMatchObject({ code: 42001, meaning: 'token' });
  expect(paths()).toEqual(['stable_token 0', 'send 40001', 'stable_token 0', 'send 42001']);
  expect(troubles).toEqual([42001]);
});

test('processes share the stable token, and a program that fetches tokens the old way disturbs nobody', async () => {
  const { appId, secret } = world.platform;
  const other = createClient({ appId, secret, api: api.address, elapsed: () => world.now().getTime() });
  await say();
  const first = world.token?.value;
  await other.post(send, { touser: 'o-1', msgtype: 'text', text: { content: '您好' } });
  expect(world.token?.value).toBe(first);
  await fetch(`${api.address}/cgi-bin/token?${new URLSearchParams({ appid: appId, secret, grant_type: 'client_credential' })}`);
  await say();
  expect(paths()).toEqual(['stable_token 0', 'send 0', 'stable_token 0', 'send 0', 'token 0', 'send 0']);
});

test('WeChat tells no names: whoever follows is known by an id alone', async () => {
  expect(await client.get('/cgi-bin/user/info', { openid: 'o-1' })).toMatchObject({ subscribe: 1, nickname: '' });
});

test('a whitelist that lacks our address names it, and is not asked at every word', async () => {
  world.platform.whitelist = ['192.0.2.1'];
  await expect(say()).rejects.toMatchObject({ code: 40164, meaning: 'settings', address: '203.0.113.7' });
  await expect(say()).rejects.toMatchObject({ code: 40164 });
  expect(paths()).toEqual(['stable_token 40164']);
  world.pass(6_000);
  world.platform.whitelist = undefined;
  await say();
});

describe('what a failure means for something to be said', () => {
  test.each([
    [{ code: -1 }, { certain: false, limited: false, notNow: false }],
    ['hang', { certain: false }],
    ['reset', { certain: false }],
    ['after', { certain: false }],
    ['502', { certain: false }],
    [{ code: 45009 }, { certain: true, limited: 'day' }],
    [{ code: 45011 }, { certain: true, limited: 'moment' }],
    [{ code: 50002 }, { certain: true, limited: true }],
    [{ code: 45015 }, { certain: true, notNow: true, limited: false }],
    [{ code: 45047 }, { notNow: true }],
    [{ code: 43004 }, { notNow: true }],
    [{ code: 48001 }, { notNow: true }],
    [{ code: 87014 }, { certain: true, limited: false, notNow: false }],
    [{ code: 99999 }, { certain: true, limited: false, notNow: false }],
  ] as const)('%o', async (fault, meaning) => {
    world.fails(send, fault);
    const error = await say().then(
      () => undefined,
      (failed: unknown) => failed,
    );
    expect(sendErrorOf(error)).toMatchObject(meaning);
  });

  test('nothing that is thrown tells the token, the secret or the address that was called', async () => {
    world.fails(send, 'reset', 'hang', '502', { code: 40003 });
    for (let times = 0; times < 4; times++) {
      const error = await say().then(
        () => undefined,
        (failed: unknown) => failed,
      );
      expect(error).toBeInstanceOf(ApiError);
      const told = JSON.stringify(error, Object.getOwnPropertyNames(error)) + String((error as Error).stack);
      expect(told).not.toContain(world.token?.value);
      expect(told).not.toContain(world.platform.secret);
    }
  });

  test('an API that cannot be reached was surely not told anything', async () => {
    const gone = await openApi(world);
    await gone.close();
    const nowhere = createClient({ appId: 'a', secret: 's', api: gone.address, elapsed: () => 0 });
    const error = await nowhere.post(send, {}).catch((failed: unknown) => failed);
    expect(sendErrorOf(error)).toMatchObject({ certain: true, limited: false });
  });
});

test('pictures are bytes, an error instead of one is JSON with status 200, and more than wanted is not read', async () => {
  const get = (media_id: string, atMost = 100) => client.download('/cgi-bin/media/get', { media_id }, atMost);
  world.media.set('m', { bytes: Buffer.from('ffd8ffd9', 'hex'), until: Number.POSITIVE_INFINITY, type: 'image/jpeg' });
  expect(Buffer.from((await get('m')) ?? []).toString('hex')).toBe('ffd8ffd9');
  expect(await get('m', 3)).toBeUndefined();
  await expect(get('gone')).rejects.toMatchObject({ code: 40007 });
});
