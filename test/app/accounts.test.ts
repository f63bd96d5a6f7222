import { beforeEach, describe, expect, test } from '@jest/globals';
import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { systemIds } from '../../src/adapters/system/system.ts';
import { openDesk } from '../../src/cli/desk.ts';
import { type AccountProfile, type Saying, SendError } from '../../src/desk/kernel/accounts.ts';
import type { App } from '../../src/desk/kernel/desk.ts';
import { createDirectory, type Directory } from '../../src/desk/people/directory.ts';
import { queue } from '../../src/desk/sending/deliveries.ts';
import { accountThat } from '../support/account.ts';
import { shippedContent } from '../support/content.ts';

type Name = 'wechat' | 'official' | 'wecom';
const profiles: Readonly<Record<Name, Partial<AccountProfile>>> = {
  wechat: { idsSurviveLogin: false, pace: { broadcastGap: [15, 45], broadcastsADay: 40 } },
  official: { groups: false },
  wecom: {},
};

let now: Date;
let app: App;
/** What was said: account, native id, words. */
let said: string[];
/** What an account throws at whatever is said through it. */
let fails: Map<Name, SendError>;
let directories: Readonly<Record<Name, Directory>>;

/** A desk over these accounts, and the one store. */
async function open(names: readonly Name[], store = openMemoryStore()): Promise<void> {
  const clock = { now: () => now };
  const ids = systemIds(clock);
  const say = async (name: Name, { to, text }: Saying) => {
    const failure = fails.get(name);
    if (failure) throw failure;
    const native = await directories[name].nativeOf('room' in to ? to.room : to.person);
    said.push(`${name} ${native}：${text}`);
  };
  const accounts = names.map((name) => accountThat((saying) => say(name, saying), profiles[name], name));
  const secrets = { digest: async (text: string, salt: string) => `${salt}/${text}` };
  app = openDesk({ store, accounts, content: shippedContent(), clock, ids, secrets });
  const directoryOf = (name: Name) =>
    createDirectory(store, ids, name, profiles[name].idsSurviveLogin === false ? { now: clock.now, say: app.say } : undefined);
  directories = { wechat: directoryOf('wechat'), official: directoryOf('official'), wecom: directoryOf('wecom') };
  await app.outbox.recover();
}

let count = 0;
/** Somebody speaks privately through an account. @returns what is said thereupon */
async function speak(name: Name, native: string, text: string): Promise<string> {
  said = [];
  const person = await directories[name].person(native, { name: native, reachable: true });
  await app.hear({ id: `m${++count}`, account: name, person, text, kind: 'text', addressed: true });
  await app.outbox.pump();
  return said.join('\n');
}

/** Something is to be said to somebody, by whatever they are called on an account. */
async function tell(name: Name, native: string, text: string, kind: 'notice' | 'reply' = 'notice'): Promise<string> {
  said = [];
  const person = await directories[name].person(native, { name: native, reachable: true });
  await app.store.transaction((tx) => queue(tx, app.ids, now, { to: { person }, text, kind }));
  await app.outbox.pump();
  return said.join('\n');
}

/** One person on two accounts. */
async function join(native: string, ...names: readonly [Name, Name]): Promise<void> {
  const [first, second] = names;
  const id = await directories[first].person(native, { name: native, reachable: true });
  await app.store.transaction((tx) => tx.put('bindings', { id: `${second}/person/${native}`, kind: 'person', target: id }));
  await directories[second].person(native, { name: native, reachable: true });
}

const personOf = async (name: Name, native: string) => {
  const binding = await app.store.transaction((tx) => tx.get('bindings', `${name}/person/${native}`));
  return app.store.transaction((tx) => tx.get('people', binding?.target ?? ''));
};

beforeEach(async () => {
  now = new Date('2026-11-23T02:00:00Z');
  said = [];
  fails = new Map();
  await open(['wechat', 'official', 'wecom']);
  await directories.wechat.login('self-1');
});

describe('somebody on two accounts', () => {
  beforeEach(async () => {
    await join('张奶奶', 'wechat', 'official');
  });

  test('is answered where they speak, and written to where they spoke last', async () => {
    expect(await speak('official', '张奶奶', '社区在哪里')).toMatch(/^official 张奶奶：/);
    expect(await tell('wechat', '张奶奶', '师傅明天来')).toBe('official 张奶奶：师傅明天来');
    expect(await speak('wechat', '张奶奶', '社区在哪里')).toMatch(/^wechat 张奶奶：/);
    expect(await tell('wechat', '张奶奶', '师傅明天来')).toBe('wechat 张奶奶：师傅明天来');
  });

  test('is written to on the other when a login has lost them on one', async () => {
    await speak('wechat', '张奶奶', '你好');
    await directories.wechat.login('self-2');
    const person = await personOf('official', '张奶奶');
    await app.store.transaction((tx) => queue(tx, app.ids, now, { to: { person: person?.id ?? '' }, text: '师傅明天来', kind: 'notice' }));
    await app.outbox.pump();
    expect(said.at(-1)).toBe('official 张奶奶：师傅明天来');
  });

  test('what was queued for one goes through the other when that one is switched off', async () => {
    fails.set('official', new SendError('no way', true));
    await speak('official', '张奶奶', '社区在哪里');
    fails.clear();
    await open(['wechat'], app.store as never);
    now = new Date('2026-11-23T02:05:00Z');
    said = [];
    await app.outbox.pump();
    expect(said.join()).toMatch(/^wechat 张奶奶：/);
  });
});

describe('a login of web WeChat', () => {
  test('puts nobody of another account to sleep, and holds no group of another', async () => {
    await directories.official.person('李姐', { name: '李姐', reachable: true });
    const room = await directories.wecom.room('工作群', { name: '工作群' });
    const staff = await directories.wecom.person('小周', { name: '小周', reachable: true });
    await app.store.transaction(async (tx) => {
      const person = await tx.get('people', staff);
      if (person) await tx.put('people', { ...person, role: 'worker' });
      const group = await tx.get('rooms', room);
      if (group) await tx.put('rooms', { ...group, kind: 'staff' });
    });
    await join('小周', 'wecom', 'wechat');
    await directories.wechat.login('self-2');
    expect(await personOf('official', '李姐')).toMatchObject({ reachable: true });
    expect(await personOf('wecom', '小周')).toMatchObject({ reachable: true, accounts: { wechat: { reachable: false, asleep: true } } });
    expect((await personOf('wecom', '小周'))?.asleep).toBeUndefined();
    expect((await app.store.transaction((tx) => tx.get('rooms', room)))?.held).toBeUndefined();
    expect(await speak('wecom', '小周', '/待办')).toContain('wecom 小周');
  });

  test('lets nobody act on it whose authority is awake on another', async () => {
    const staff = await directories.wecom.person('小周', { name: '小周', reachable: true });
    await app.store.transaction(async (tx) => {
      const person = await tx.get('people', staff);
      if (person) await tx.put('people', { ...person, role: 'worker', pin: { salt: 's', hash: 's/640857' } });
    });
    await join('小周', 'wecom', 'wechat');
    await directories.wechat.login('self-2');
    await app.store.transaction((tx) => tx.put('bindings', { id: 'wechat/person/小周', kind: 'person', target: staff }));
    expect(await speak('wechat', '小周', '/待办')).toContain('口令');
    expect(await speak('wechat', '小周', '640857')).toContain('小周');
    expect((await personOf('wecom', '小周'))?.accounts).toEqual({ wecom: { reachable: true }, wechat: { reachable: true } });
    expect(await speak('wechat', '小周', '/待办')).not.toContain('口令');
  });
});

describe('an account', () => {
  test('that is limited does not stop another', async () => {
    await directories.wechat.person('陈姐', { name: '陈姐', reachable: true });
    await directories.official.person('李姐', { name: '李姐', reachable: true });
    fails.set('wechat', new SendError('too often', true, { limited: true }));
    await tell('wechat', '陈姐', '明天停水');
    fails.clear();
    expect(await tell('wechat', '陈姐', '后天停水')).toBe('');
    expect(await tell('official', '李姐', '明天停水')).toBe('official 李姐：明天停水');
  });

  test('whose window is shut keeps what there is to say for the next word, once, and counts no failure', async () => {
    await speak('official', '李姐', '你好');
    fails.set('official', new SendError('45015', true, { notNow: true }));
    for (let times = 0; times < 7; times++) await tell('official', '李姐', `第 ${times} 件办好了`);
    expect(await app.store.transaction((tx) => tx.count('deliveries', { state: 'waiting', attempts: 0 }))).toBe(7);
    fails.clear();
    const heard = await speak('official', '李姐', '在吗');
    for (let times = 0; times < 7; times++) expect(heard.split(`第 ${times} 件办好了`)).toHaveLength(2);
  });
});

test('the staff are written to where they chose, and answered where they ask', async () => {
  const staff = await directories.wechat.person('小周', { name: '小周', reachable: true });
  await app.store.transaction(async (tx) => {
    const person = await tx.get('people', staff);
    if (person) await tx.put('people', { ...person, role: 'worker' });
  });
  await join('小周', 'wechat', 'wecom');
  expect(await speak('wechat', '小周', '/收信 企业微信')).toMatch(/^wechat 小周：.*企业微信/);
  expect(await tell('wechat', '小周', '有新诉求')).toBe('wecom 小周：有新诉求');
  expect(await speak('wechat', '小周', '/待办')).toMatch(/^wechat 小周：/);
  expect(await speak('wechat', '小周', '/收信 随便')).toContain('企业微信');
});

describe('a resident with two accounts', () => {
  test('is one person after a code, never by a name, and a code is for one', async () => {
    await speak('wechat', '张奶奶', '5栋1单元楼道灯不亮');
    expect(await speak('official', '张奶奶', '查进度')).not.toContain('SQ');
    const code = /口令：([A-Z2-9]{8})/.exec(await speak('wechat', '张奶奶', '绑定'))?.[1] ?? '';
    expect(code).not.toBe('');
    expect(await speak('official', '张奶奶', code)).toContain('两边都是您');
    expect(await speak('official', '张奶奶', '查进度')).toContain('SQ');
    expect((await personOf('official', '张奶奶'))?.id).toBe((await personOf('wechat', '张奶奶'))?.id);
    expect(await speak('wecom', '路人', code)).not.toContain('两边都是您');
  });

  test('gets no authority by it, and no one by a code of the staff', async () => {
    const staff = await directories.wechat.person('小周', { name: '小周', reachable: true });
    await app.store.transaction(async (tx) => {
      const person = await tx.get('people', staff);
      if (person) await tx.put('people', { ...person, role: 'worker' });
    });
    expect(await speak('wechat', '小周', '绑定')).toContain('/员工 加');
    const code = /口令：([A-Z2-9]{8})/.exec(await speak('official', '李姐', '绑定'))?.[1] ?? '';
    expect(await speak('wechat', '小周', code)).toContain('/员工 加');
    expect((await personOf('wechat', '小周'))?.role).toBe('worker');
  });
});
