import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sessionSaved } from '../child/child.ts';
import { startWebWechat, type WebWechat } from '../web-wechat/web-wechat.ts';
import type { Person, Room } from '../web-wechat/world.ts';
import { cardFolder, openStage, type Probe, type Stage, startProbe } from './probing.ts';

/** One account through its logins, in the order in which they are written. */
describe('the real puppet, from login to login', () => {
  let stage: Stage;
  let probe: Probe;
  let granny: Person;
  let building: Room;
  let first: { self: string | undefined; granny: string; building: string };

  beforeAll(async () => {
    stage = await openStage((world) => {
      granny = world.friend('张奶奶', '张奶奶·R7K2M');
      building = world.room('幸福小区1栋', [granny]);
    });
    ({ probe } = stage);
    const [login] = probe.heard.filter(({ event }) => event === 'login');
    first = { self: login?.id, granny: stage.id(granny), building: stage.id(building) };
  });
  afterAll(async () => {
    await probe.kill();
    await stage.close();
  });

  test('killed and started again, it needs no scan and has the same ids, but drops what was said meanwhile', async () => {
    const { wechat } = stage;
    await sessionSaved(wechat, stage.folder);
    await probe.kill();
    wechat.talk.say(granny, '你们在吗');
    probe = startProbe(wechat, stage.folder);
    const [login] = await probe.next('login');
    expect(login?.id).toBe(first.self);
    await wechat.account.heardAll();
    wechat.talk.say(granny, '还在吗');
    expect(await probe.hears('在吗')).toEqual([expect.objectContaining({ from: first.granny, text: '还在吗' })]);
    expect(probe.heard.map(({ event }) => event)).not.toContain('scan');
  });

  test('kicked, it shows a QR code; after the next login everybody has another id, and it knows every room twice', async () => {
    const { wechat } = stage;
    wechat.phone.kick();
    expect((await probe.next('logout'))[0]?.id).toBe(first.self);
    await probe.next('scan');
    await wechat.phone.logIn();
    const [login] = await probe.next('login');
    expect(login?.id).not.toBe(first.self);
    await wechat.account.heardAll();
    wechat.talk.say(granny, '我又来了', { room: building });
    const [heard] = await probe.hears('我又来了');
    expect(heard).toMatchObject({ from: stage.id(granny), room: stage.id(building) });
    expect(heard?.from).not.toBe(first.granny);
    const rooms = await probe.run(async (bot, topic) => (await bot.Room.findAll({ topic })).map(({ id }) => id), '幸福小区1栋');
    expect(rooms.sort()).toEqual([first.building, stage.id(building)].sort());
    expect(await probe.run(async (bot, id) => (await bot.Contact.find({ id }))?.alias(), stage.id(granny))).toBe('张奶奶·R7K2M');
  });

  test('three pairs of moons from anybody log it out', async () => {
    const { wechat } = stage;
    wechat.talk.say(granny, '🌚 🌝🌚 🌝🌚 🌝');
    await probe.next('logout');
    await probe.next('scan');
    await wechat.world.until(() => wechat.account.session?.alive === false);
  });
});

/** An account that does not get in. */
describe('the real puppet, not let in', () => {
  let wechat: WebWechat;
  let probe: Probe;
  const folder = cardFolder();

  beforeAll(async () => {
    wechat = await startWebWechat();
    probe = startProbe(wechat, folder);
  });
  afterAll(async () => {
    await probe.kill();
    await wechat.close();
    rmSync(folder, { recursive: true });
  });

  test('shows another QR code when nobody scans the first', async () => {
    await probe.next('scan');
    wechat.phone.letExpire();
    expect((await probe.next('error'))[0]?.text).toContain('400 != 400');
    await probe.next('scan');
  });

  test('shows another QR code, and not WeChat’s words, when the account is refused', async () => {
    wechat.faults.refusal = '为了你的帐号安全，此微信号不能登录网页微信。';
    await wechat.phone.logIn();
    const errors = await probe.next('error');
    expect(errors[0]?.text).toContain('1 == 0');
    await probe.next('scan');
    expect(JSON.stringify(probe.heard)).not.toContain('帐号安全');
    expect(probe.heard.map(({ event }) => event)).not.toContain('login');
  });
});
