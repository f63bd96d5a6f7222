import { afterEach, describe, expect, test } from '@jest/globals';
import type { World } from '../../src/adapters/simulator/world.ts';
import type { Listening } from '../../src/adapters/web/listen.ts';
import { createWeb, type WebOptions } from '../../src/adapters/web/server.ts';
import { ask, events, form, post } from './http.ts';
import { data, PNG, stage } from './stage.ts';

const TOKEN = 'a-token-of-many-letters';
let open: Listening | undefined;

function fail(error: Error): void {
  throw error;
}

async function serve(options: Partial<WebOptions> = {}): Promise<{ world: World; at: string }> {
  const world = stage();
  open = await createWeb({ world, texts: data.texts, onClockMoved: async () => {}, onError: fail, ...options }).listen({ port: 0 });
  return { world, at: open.address };
}

afterEach(async () => {
  await open?.close();
  open = undefined;
});

describe('who is let in', () => {
  test('the page comes with headers that allow nothing from elsewhere', async () => {
    const { at } = await serve();
    const { status, headers, body } = await ask(at, '/');
    expect(status).toBe(200);
    expect(body).toContain('page.js');
    expect(body).not.toMatch(/<script>|style=|onclick=/);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer' });
  });

  test.each([
    ['evil.example', 403],
    ['evil.example:80', 403],
    ['127.0.0.1.evil.example', 403],
    ['192.168.1.5', 403],
    ['localhost:1', 200],
    ['[::1]:1', 200],
  ])('a request to the host %s gets %i (DNS rebinding)', async (host, status) => {
    const { at } = await serve();
    expect((await ask(at, 'api/state', { headers: { host } })).status).toBe(status);
  });

  test('a reverse proxy’s name can be allowed', async () => {
    const { at } = await serve({ hostNames: ['Bot.example.cn'] });
    const headers = { host: 'bot.example.cn', origin: 'https://bot.example.cn' };
    expect((await post(at, 'api/say', { from: 'zhang', conversation: 'zhang', text: '你好' }, headers)).status).toBe(200);
  });

  test.each([undefined, 'null', 'https://evil.example', 'http://127.0.0.1:1'])(
    'a change asked for by the page of %s is refused',
    async (origin) => {
      const { at, world } = await serve();
      const headers = { 'content-type': 'application/json', ...(origin && { origin }) };
      const body = JSON.stringify({ from: 'zhang', conversation: 'zhang', text: '你好' });
      expect((await ask(at, 'api/say', { method: 'POST', headers, body })).status).toBe(403);
      expect(world.messages('zhang')).toEqual([]);
    },
  );

  test.each(['../server.ts', '%2e%2e/server.ts', '..%2fserver.ts', 'page.js/../../server.ts', 'index.html', 'nothing.js'])(
    'no file is served by the path %s',
    async (path) => {
      const { at } = await serve();
      expect((await ask(at, `/${path}`)).status).toBe(404);
    },
  );
});

describe('the token', () => {
  test('is needed to be reached by others', async () => {
    const web = createWeb({ world: stage(), texts: data.texts, onClockMoved: async () => {}, onError: fail });
    for (const host of ['0.0.0.0', '::', '', '192.168.1.5']) await expect(web.listen({ host, port: 0 })).rejects.toThrow(/without a token/);
    await expect(
      createWeb({ world: stage(), texts: data.texts, onClockMoved: async () => {}, onError: fail, token: 'short' }).listen({ port: 0 }),
    ).rejects.toThrow(/too short/);
  });

  test('comes once in the address and from then on in a cookie that no script can read', async () => {
    const { at } = await serve({ token: TOKEN });
    expect((await ask(at, '/')).status).toBe(401);
    expect((await ask(at, 'api/state')).json).toEqual({ error: 'unauthorised' });
    expect((await ask(at, '/?token=a-token-of-many-letterz')).status).toBe(401);
    expect((await ask(at, `api/state?token=${TOKEN}`)).status).toBe(401);

    const entered = await ask(at, `/?token=${TOKEN}`);
    expect(entered).toMatchObject({ status: 303, headers: { location: '/' } });
    const cookie = String(entered.headers['set-cookie']);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(cookie).not.toContain(TOKEN);
    expect((await ask(at, 'api/state', { headers: { cookie: cookie.split(';')[0] ?? '' } })).status).toBe(200);
    expect((await ask(at, 'api/state', { headers: { cookie: `lianxinqiao=${TOKEN}` } })).status).toBe(401);
  });
});

describe('speaking', () => {
  test('words arrive in the world', async () => {
    const { at, world } = await serve();
    const { json } = await post(at, 'api/say', { from: 'zhang', conversation: 'residents', text: '<b>你好</b>' });
    expect(json).toMatchObject({ id: 'm1', from: 'zhang', text: '<b>你好</b>' });
    expect(world.messages('residents')).toHaveLength(1);
    const { json: state } = await ask(at, 'api/state');
    expect(state.conversations[0]).toEqual({ id: 'residents', messages: [json] });
    expect(state.texts.send).toBe('发送');
  });

  test.each([
    ['by the bot', { from: 'xiaoqiao', conversation: 'residents', text: 'hi' }, 400, 'unknown-person'],
    ['where one is not', { from: 'zhang', conversation: 'staff', text: 'hi' }, 400, 'not-a-member'],
    ['that is empty', { from: 'zhang', conversation: 'zhang', text: ' ' }, 400, 'empty'],
    ['without words', { from: 'zhang', conversation: 'zhang' }, 400, 'unreadable'],
    ['that is too long', { from: 'zhang', conversation: 'zhang', text: 'x'.repeat(5001) }, 413, 'too-long'],
    ['that is nothing', null, 400, 'unreadable'],
  ])('a word %s is refused', async (_, body, status, error) => {
    const { at } = await serve();
    expect(await post(at, 'api/say', body)).toMatchObject({ status, json: { error } });
  });

  test('JSON is only read under its own type, which a strange form cannot send', async () => {
    const { at } = await serve();
    expect((await post(at, 'api/say', { from: 'zhang', conversation: 'zhang', text: 'x' }, { 'content-type': 'text/plain' })).status).toBe(
      400,
    );
  });

  test('a picture arrives and is shown as what it is', async () => {
    const { at, world } = await serve();
    const { json } = await form(at, { from: 'zhang', conversation: 'zhang' }, PNG);
    expect(json.media).toEqual({ kind: 'image', name: '照片-svg.png', size: PNG.length, url: 'api/media/m1' });
    expect(world.messages('zhang')[0]?.image?.bytes).toEqual(new Uint8Array(PNG));
    const shown = await ask(at, json.media.url);
    expect(shown.headers).toMatchObject({
      'content-type': 'image/png',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
  });

  test('what only calls itself a picture is refused', async () => {
    const { at } = await serve();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    expect(await form(at, { from: 'zhang', conversation: 'zhang' }, svg)).toMatchObject({ status: 415, json: { error: 'not-a-picture' } });
  });

  test('more than 5 MB is refused, whether its length is told or not', async () => {
    const { at, world } = await serve();
    const large = Buffer.concat([PNG, Buffer.alloc(5 * 1024 * 1024)]);
    expect(await form(at, { from: 'zhang', conversation: 'zhang' }, large)).toMatchObject({ status: 413, json: { error: 'too-large' } });
    expect((await form(at, { from: 'zhang', conversation: 'zhang' }, large, { 'transfer-encoding': 'chunked' })).status).toBe(413);
    expect(world.messages('zhang')).toEqual([]);
  });

  test('a file of the bot is only ever downloaded', async () => {
    const { at, world } = await serve();
    const { id } = world.botSays('zhou', { file: { name: '月报 "1".html', type: 'text/html', bytes: Buffer.from('<script>') } });
    const { headers } = await ask(at, `api/media/${id}`);
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''%E6%9C%88/);
    expect((await ask(at, 'api/media/m9')).status).toBe(404);
  });

  test('one’s own words can be taken back, others’ cannot', async () => {
    const { at, world } = await serve();
    const { id } = world.say('zhang', 'residents', { text: '说错了' });
    expect(await post(at, 'api/recall', { from: 'liu', id })).toMatchObject({ status: 409, json: { error: 'too-late' } });
    expect((await post(at, 'api/recall', { from: 'zhang', id })).status).toBe(200);
  });
});

describe('the clock', () => {
  test('is moved, and answers when what fell due has been done', async () => {
    const done: string[] = [];
    const { at } = await serve({
      onClockMoved: async (now) => {
        await new Promise(setImmediate);
        done.push(now.toISOString());
      },
    });
    const { json } = await post(at, 'api/clock', { to: 'friday-9:00' });
    expect(json).toEqual({ now: '2026-11-27T01:00:00.000Z' });
    expect(done).toEqual(['2026-11-27T01:00:00.000Z']);
  });

  test('goes one step after the other', async () => {
    const done: string[] = [];
    const { at, world } = await serve({
      onClockMoved: async (now) => {
        await new Promise(setImmediate);
        done.push(`${now.toISOString()} ${world.now().getTime() - now.getTime()}`);
      },
    });
    await Promise.all([post(at, 'api/clock', { by: '1h' }), post(at, 'api/clock', { by: '1h' })]);
    expect(done).toEqual(['2026-11-23T13:41:00.000Z 0', '2026-11-23T14:41:00.000Z 0']);
  });

  test.each([
    [{ to: 'yesterday' }, 'unreadable'],
    [{ to: '2026-01-01T00:00:00Z' }, 'backwards'],
    [{ by: '400d' }, 'too-far'],
    [{ by: 1 }, 'unreadable'],
  ])('%j is refused', async (body, error) => {
    const { at } = await serve();
    expect(await post(at, 'api/clock', body)).toMatchObject({ status: 400, json: { error } });
  });

  test('a failure of ours is told to us, not to the page', async () => {
    const failures: string[] = [];
    const broken = async () => {
      throw new Error('secret');
    };
    const { at } = await serve({ onClockMoved: broken, onError: (error) => failures.push(error.message) });
    const { status, body } = await post(at, 'api/clock', { by: '1h' });
    expect(status).toBe(500);
    expect(body).not.toContain('secret');
    expect(failures).toEqual(['secret']);
    // The next move is not held up by it.
    expect((await post(at, 'api/clock', { by: '400d' })).status).toBe(400);
  });
});

describe('the stream', () => {
  test('tells what happens, and goes on where a lost connection broke off', async () => {
    const { at, world } = await serve();
    const { after } = (await ask(at, 'api/state')).json;
    world.say('zhang', 'zhang', { text: '一' });
    world.say('zhang', 'zhang', { text: '二' });
    const first = await events(at, `api/events?after=${after}`, (text) => text.includes('二'));
    expect(first).toMatch(/event: message\ndata: .*一.*\nid: \S+\n/);

    const [, id = ''] = /一.*\nid: (\S+)/.exec(first) ?? [];
    world.moveClock(new Date('2026-11-24T00:30:00Z'));
    const second = await events(at, `api/events?after=${after}`, (text) => text.includes('clock'), { 'last-event-id': id });
    expect(second).not.toContain('一');
    expect(second).toMatch(/二[\s\S]*event: clock\ndata: {"now":"2026-11-24T00:30:00.000Z"}/);
  });

  test.each(['', 'another-run.0', '999999'])('after the event %j, which is not one of ours, it asks to begin again', async (after) => {
    const { at } = await serve();
    expect(await events(at, `api/events?after=${after}`, () => false)).toContain('event: reset');
  });

  test('gives signs of life while nothing happens', async () => {
    const { at } = await serve({ heartbeat: 5 });
    const { after } = (await ask(at, 'api/state')).json;
    expect(await events(at, `api/events?after=${after}`, (text) => text.split('event: ping').length > 3)).toContain('ping');
  });

  test('ends when the server closes, and nothing holds it up', async () => {
    const { at } = await serve();
    const { after } = (await ask(at, 'api/state')).json;
    let begun = () => {};
    const begins = new Promise<void>((resolve) => (begun = resolve));
    const stream = events(at, `api/events?after=${after}`, (text) => text.length > 0 && begun() === undefined && false).catch(() => 'cut');
    await begins;
    await open?.close();
    open = undefined;
    await stream;
  });
});

test('a missing text is named at the start', () => {
  const { send, ...texts } = data.texts;
  expect(send).toBe('发送');
  expect(() => createWeb({ world: stage(), texts, onClockMoved: async () => {}, onError: fail })).toThrow(/send/);
});

test('a port that is taken is an error', async () => {
  const { at } = await serve();
  const web = createWeb({ world: stage(), texts: data.texts, onClockMoved: async () => {}, onError: fail });
  await expect(web.listen({ port: Number(new URL(at).port) })).rejects.toThrow(/EADDRINUSE/);
});
