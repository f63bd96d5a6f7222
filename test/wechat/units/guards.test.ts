import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { guard } from '../../../src/adapters/wechat/guards/guard.ts';
import { healthOf } from '../../../src/adapters/wechat/guards/health.ts';
import type { RawMessage, WebClient, WebPuppet } from '../../../src/adapters/wechat/guards/web-client.ts';

const STATE = { init: 'init', login: 'login', logout: 'logout' };
const loggedOut = (ret: unknown) => Object.assign(new Error(`${ret} == 0`), { actual: ret });
const noNetwork = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

/** A wechat4u client that does what its test tells it, in the events that the puppet listens for. */
class StubClient extends EventEmitter {
  CONF = { STATE };
  PROP = { formatedSyncKey: '1_2' };
  state = STATE.init;
  lastSyncTime = 0;
  contacts: Record<string, unknown> = {};
  rediUri = 'https://wx.qq.com/redirect';
  starts = 0;
  inits: (() => Promise<void>)[] = [];
  page = '<ret>0</ret>';
  Message = { extend: (raw: RawMessage): RawMessage => ({ ...raw, OriginalContent: raw.Content }) };
  request = async ({ url }: { url?: string }): Promise<{ data?: unknown }> => {
    if (url === this.rediUri) throw Object.assign(new Error('301'), { response: { status: 301, data: this.page } });
    return {};
  };
  async start() {
    this.starts++;
    await this.login().catch((error: Error) => this.emit('error', error));
  }
  async restart() {
    throw new Error('not guarded');
  }
  async login(): Promise<unknown> {
    return this.request({ url: this.rediUri }).catch(() => undefined);
  }
  syncCheck: () => Promise<unknown> = async () => '0';
  stop() {
    this.state = STATE.logout;
    this.emit('logout');
  }
  async _init() {
    await (this.inits.shift() ?? (async () => undefined))();
    this.state = STATE.login;
  }
}

class StubPuppet {
  startTime = 0;
  unknownContactId = [['@a', '']];
  wechat4u?: WebClient;
  cleared = 0;
  cache = { clear: () => void this.cleared++ };
  self: string | undefined;
  log: string[] = [];
  get isLoggedIn() {
    return this.self !== undefined;
  }
  get currentUserId() {
    return this.self ?? '';
  }
  monkeyPatch(_client: unknown) {
    this.log.push('patched');
  }
  login(self: string) {
    if (this.self !== undefined) throw new Error('must logout first before login again!');
    this.self = self;
    this.log.push(`login ${self}`);
  }
  async logout() {
    this.log.push('logout');
    this.self = undefined;
  }
}

describe('a guarded client', () => {
  let client: StubClient;
  let puppet: StubPuppet;
  let slept: number[];
  let refusals: string[];
  let line: number;

  beforeEach(() => {
    client = new StubClient();
    puppet = new StubPuppet();
    slept = [];
    refusals = [];
    line = 1000;
    guard(puppet as unknown as WebPuppet, {
      line: () => line,
      onRefused: (words, code) => refusals.push(`${code} ${words}`),
      sleep: async (ms) => void slept.push(ms),
      now: () => 0,
    });
    puppet.monkeyPatch(client);
    client.on('error', () => undefined);
  });

  test('the puppet’s own patches come first', () => expect(puppet.log).toEqual(['patched']));

  test('the line from which messages are heard is ours, whatever the puppet sets', () => {
    puppet.startTime = 9999;
    expect(puppet.startTime).toBe(1000);
    line = 2000;
    expect(puppet.startTime).toBe(2000);
  });

  test('the same account again is no second login; another one ends the session before', async () => {
    await puppet.login('@me');
    await puppet.login('@me');
    await puppet.login('@new');
    expect(puppet.log.slice(1)).toEqual(['login @me', 'logout', 'login @new']);
  });

  test('starts that fail at once wait longer each time; a login begins anew', async () => {
    for (let times = 0; times < 4; times++) await client.start();
    expect(slept).toEqual([1000, 2000, 4000]);
    client.emit('login');
    await client.start();
    expect(slept).toHaveLength(3);
  });

  test('a refusal is told in WeChat’s words, and not tried again at once', async () => {
    client.page = '<error><ret>1203</ret><message>此微信号不能登录网页微信。</message></error>';
    await client.start();
    await client.start();
    expect(refusals[0]).toBe('1203 此微信号不能登录网页微信。');
    expect(slept).toEqual([600_000]);
  });

  test('without a network it restarts until it succeeds', async () => {
    client.inits = [() => Promise.reject(noNetwork()), () => Promise.reject(noNetwork())];
    await Promise.all([client.restart(), client.restart()]);
    expect(slept).toEqual([1000, 2000]);
    expect(client.state).toBe(STATE.login);
  });

  test.each([1100, '1101', 1102])('a session that the server does not know (%s) ends, once', async (ret) => {
    let logouts = 0;
    client.on('logout', () => logouts++);
    client.inits = [() => Promise.reject(loggedOut(ret))];
    await client.restart();
    expect([logouts, client.state]).toEqual([1, STATE.logout]);
  });

  test('being logged out on the phone is noticed at the first answer that says so', async () => {
    client.state = STATE.login;
    const fresh = new StubClient();
    fresh.state = STATE.login;
    fresh.syncCheck = () => Promise.reject(loggedOut('1101'));
    puppet.monkeyPatch(fresh);
    await expect(fresh.syncCheck()).rejects.toThrow();
    expect(fresh.state).toBe(STATE.logout);
  });

  test.each([
    '🌚 🌝🌚 🌝🌚 🌝',
    '退出wechat4u',
    '小明刚刚把你添加到通讯录，现在可以开始聊天了。',
    '<msg><appmsg><title>邀请你加入群聊</title></appmsg></msg>',
    '"小明"修改群名为“赌博群”',
  ])('a text that the layers below would take for something else is hidden from them: %s', (Content) => {
    const raw = { MsgId: '1', MsgType: 1, FromUserName: '@a', ToUserName: '@me', CreateTime: 0, Content };
    expect(client.Message.extend(raw)).toMatchObject({ Content: '', OriginalContent: Content });
    // WeChat's own line of these words is one.
    expect(client.Message.extend({ ...raw, MsgType: 10000 }).Content).toBe(Content);
  });

  test('a new login begins without the contacts and keys of the one before', async () => {
    client.contacts = { '@a': {} };
    await client.start();
    expect([client.contacts, client.PROP.formatedSyncKey, puppet.unknownContactId, puppet.cleared]).toEqual([{}, '', [], 1]);
  });

  test('its health is what the server last answered', () => {
    expect(healthOf(puppet as unknown as WebPuppet)).toEqual({ loggedIn: false, lastSync: 0 });
    Object.assign(client, { state: STATE.login, lastSyncTime: 5 });
    puppet.wechat4u = client as unknown as WebClient;
    expect(healthOf(puppet as unknown as WebPuppet)).toEqual({ loggedIn: true, lastSync: 5 });
  });
});
