import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { queue } from '../../src/desk/sending/deliveries.ts';
import { type OfficialStage, type OfficialStageOptions, openOfficialStage } from './stage.ts';

let stage: OfficialStage;
const open = async (options: OfficialStageOptions = {}) => {
  stage = await openOfficialStage(options);
  return stage;
};
afterEach(() => stage.close());

describe('a resident on the 服务号', () => {
  test('follows, asks, reports, hears of it and rates, without one message outside a window', async () => {
    const { world, store, phone, enlist, to } = await open();
    const staff = phone('o-staff');
    await enlist(staff, '小周', 'worker');
    const resident = phone('o-resident');
    await resident.follow();
    expect(resident.read()).toContain('欢迎关注');
    await resident.say('居住证怎么办');
    expect(resident.read()).toContain('居住证');
    await resident.say('3栋2单元楼道灯坏了，晚上看不见');
    const receipt = resident.read();
    const number = /SQ\d{6}-\d{4}/.exec(receipt)?.[0] ?? '';
    expect(receipt).toContain('怎么称呼');
    await resident.say('我姓王');
    expect(resident.read()).toBe('好的，记下了，谢谢您。');
    expect((await store.transaction((tx) => tx.find('people', {}))).map(({ name }) => name)).toContain('王');
    await staff.say('/待办');
    expect(staff.read()).toContain(number);
    await staff.say(`/办结 ${number} 换了灯泡，3栋2单元楼道灯已经亮了`);
    staff.read();
    expect(resident.read()).toContain('换了灯泡');
    await resident.say('解决了');
    await resident.say('满意');
    expect(resident.read()).not.toBe('');
    await to('2026-11-24T10:00:00+08:00');
    expect(world.outside).toBe(0);
    expect(resident.all().some(({ how }) => how === 'error')).toBe(false);
  });

  test.each([
    ['王', '王', '好的，记下了，谢谢您。'],
    ['免贵姓欧阳', '欧阳', '好的，记下了，谢谢您。'],
    ['王芳', '王芳', '好的，王芳，记下了。'],
    ['姓王，叫我老王', '老王', '好的，老王，记下了。'],
  ])('asked for a form of address says %j and is called so', async (said, name, thanks) => {
    const { store, phone } = await open();
    const resident = phone('o-resident');
    await resident.follow();
    await resident.say('3栋2单元楼道灯坏了，晚上看不见');
    resident.read();
    await resident.say(said);
    expect(resident.read()).toBe(thanks);
    expect((await store.transaction((tx) => tx.find('people', {}))).map((each) => each.name)).toEqual([name]);
  });

  test('says unasked what to call them, and is called so; who has a name is answered as ever', async () => {
    const { store, phone } = await open();
    const resident = phone('o-resident');
    await resident.follow();
    resident.read();
    await resident.say('我姓王');
    expect(resident.read()).toBe('好的，记下了，谢谢您。');
    await resident.say('我姓李');
    expect(resident.read()).toContain('还不知道');
    expect((await store.transaction((tx) => tx.find('people', {}))).map(({ name }) => name)).toEqual(['王']);
  });

  test('what is said in a turn goes in one answer, which costs nothing of the window', async () => {
    const { world, phone } = await open();
    const resident = phone('o-1');
    await resident.follow();
    expect(resident.all()).toHaveLength(1);
    await resident.say('3栋2单元楼道灯坏了，晚上看不见');
    expect(resident.all().map(({ how }) => how)).toEqual(['passive', 'passive']);
    expect(world.calls.filter(({ path }) => path.endsWith('custom/send'))).toEqual([]);
  });

  test('a window that is shut: what there is to say waits for the next word, and comes with its answer', async () => {
    const { world, phone, enlist } = await open();
    const staff = phone('o-staff');
    await enlist(staff, '小周', 'worker');
    const resident = phone('o-1');
    await resident.follow();
    await resident.say('3栋2单元楼道灯坏了，晚上看不见');
    const number = /SQ\d{6}-\d{4}/.exec(resident.read())?.[0] ?? '';
    world.pass(49 * 3_600_000);
    await staff.say(`/回复 ${number} 师傅明天上午来`);
    expect(resident.read()).toBe('');
    expect(world.outside).toBe(0);
    await resident.say('查');
    expect(resident.read()).toContain('师傅明天上午来');
  });

  test('five messages after a word, the sixth waits', async () => {
    const { world, phone, enlist } = await open();
    const staff = phone('o-staff');
    await enlist(staff, '小周', 'worker');
    const resident = phone('o-1');
    await resident.follow();
    world.pass(120_000);
    await resident.say('3栋2单元楼道灯坏了，晚上看不见');
    const number = /SQ\d{6}-\d{4}/.exec(resident.read())?.[0] ?? '';
    for (const day of ['一', '二', '三', '四', '五', '六']) await staff.say(`/回复 ${number} 师傅下周${day}上午十点来看一次线路`);
    const heard = resident.read();
    expect(heard).toContain('下周五');
    expect(heard).not.toContain('下周六');
    expect(world.outside).toBe(0);
    await resident.say('好的');
    expect(resident.read()).toContain('下周六');
  });

  test('while the window is shut the progress of a case is told by template, once', async () => {
    const templates = [
      {
        template_id: 'T1',
        title: '诉求办理进度通知',
        content: '单号:{{character_string1.DATA}}\n事项:{{thing2.DATA}}\n进度:{{phrase3.DATA}}\n时间:{{time4.DATA}}\n备注:{{thing5.DATA}}',
      },
    ];
    const { world, phone, enlist } = await open({ platform: { templates }, settings: { templates: { progress: 'T1' } } });
    const staff = phone('o-staff');
    await enlist(staff, '小周', 'worker');
    const resident = phone('o-1');
    await resident.follow();
    await resident.say('3栋2单元楼道灯坏了，晚上看不见');
    const number = /SQ\d{6}-\d{4}/.exec(resident.read())?.[0] ?? '';
    world.pass(49 * 3_600_000);
    await staff.say(`/回复 ${number} 师傅明天上午来`);
    const rung = resident.all().filter(({ how }) => how === 'template');
    expect(rung).toHaveLength(1);
    expect(rung[0]?.text).toContain(number);
    expect(rung[0]?.text).toContain('办理中');
    await resident.say('查');
    expect(resident.read()).toContain('师傅明天上午来');
  });

  test.each([
    ['accepted', '受理', ''],
    ['progress', '回复', '师傅明天上午来看线路'],
    ['asked', '补充', '是哪一层的灯？'],
    ['resolved', '办结', '换了灯泡，3栋2单元楼道灯已经亮了'],
  ] as const)('the template of the step "%s" rings while the window is shut, and without one it waits', async (step, verb, words) => {
    const content = '{{character_string1.DATA}}{{thing2.DATA}}{{phrase3.DATA}}';
    const templates = [{ template_id: 'T1', title: '通知', content }];
    const { world, phone, enlist } = await open({ platform: { templates }, settings: { templates: { [step]: 'T1' } } });
    const staff = phone('o-staff');
    await enlist(staff, '小周', 'worker');
    const resident = phone('o-1');
    await resident.follow();
    const numbers: string[] = [];
    for (const said of ['3栋2单元楼道灯坏了，晚上看不见', '5栋门口垃圾没人收，臭得很']) {
      await resident.say(said);
      numbers.push(/SQ\d{6}-\d{4}/.exec(resident.read())?.[0] ?? '');
    }
    world.pass(49 * 3_600_000);
    const other = verb === '受理' ? '回复' : '受理';
    await staff.say(`/${other} ${numbers[1]} 师傅明天上午来`);
    expect(resident.read()).toBe('');
    await staff.say(`/${verb} ${numbers[0]} ${words}`);
    expect(resident.all().filter(({ how }) => how === 'template')).toHaveLength(1);
    expect(resident.read()).toContain(numbers[0]);
    expect(world.outside).toBe(0);
  });

  test('three messages in the minute after a follow or a scan, the fourth waits for a word; after the minute none', async () => {
    const { world, app, store, phone } = await open();
    const resident = phone('o-1');
    const notice = (text: string) =>
      store.transaction(async (tx) => {
        const person = (await tx.get('bindings', 'official/person/o-1'))?.target ?? '';
        await queue(tx, app.ids, world.now(), { kind: 'notice', to: { person }, text });
      });
    await resident.follow();
    resident.read();
    for (const text of ['第一句', '第二句', '第三句', '第四句']) {
      await notice(text);
      await app.outbox.pump();
    }
    expect(resident.read()).toBe('第一句\n第二句\n第三句');
    await resident.scan('desk-3');
    expect(resident.read()).toContain('第四句');
    world.pass(60_000);
    await notice('第五句');
    await app.outbox.pump();
    expect(resident.read()).toBe('');
    await resident.say('你好');
    expect(resident.read()).toContain('第五句');
    expect(world.outside).toBe(0);
  });

  test('who waits longer sees that something is being written, once, and a follower who is not told so is answered all the same', async () => {
    const { world, phone } = await open({ slow: 1_000 });
    const resident = phone('o-1');
    await resident.follow();
    await resident.say('低保怎么申请');
    expect(resident.read()).toContain('低保');
    const typing = () => world.calls.filter(({ path }) => path.endsWith('/typing')).map(({ code }) => code);
    while (typing().length < 2) await new Promise((resolve) => setImmediate(resolve));
    world.fails('/cgi-bin/message/custom/typing', { code: 45080 });
    await resident.say('居住证怎么办');
    expect(resident.read()).toContain('居住证');
  });

  test('whose turn takes longer than WeChat waits for an answer is told by the API: nothing is handed to a push that nobody reads', async () => {
    const { phone } = await open({ slow: 4_000 });
    const resident = phone('o-1');
    await resident.follow();
    resident.read();
    await resident.say('低保怎么申请');
    expect(resident.all().at(-1)).toMatchObject({ how: 'service', text: expect.stringContaining('低保') });
  });

  test('a voice: that one types, or lets the phone write it down; a link and a file: what may be sent instead', async () => {
    const { phone } = await open();
    const resident = phone('o-1');
    await resident.follow();
    resident.read();
    await resident.voice();
    expect(resident.read()).toContain('转文字');
    await resident.link('一篇文章：小区着火了', 'https://example.com');
    const answered = resident.read();
    expect(answered).not.toBe('');
    expect(answered).not.toContain('119');
  });

  test('clicks are the numbers of the menu, scans say where one is, and a voice is asked to be typed', async () => {
    const { phone } = await open();
    const resident = phone('o-1');
    await resident.follow('desk-3');
    expect(resident.read()).toContain('3号窗口');
    await resident.click('menu/1.2');
    expect(resident.read()).toContain('低保');
    const said = resident.all().length;
    await resident.view('https://community.example/policies');
    expect(resident.all()).toHaveLength(said);
    await resident.scan('dibao');
    expect(resident.read()).toContain('低保');
    await resident.scan('nowhere');
    expect(resident.read()).toContain('欢迎');
    await resident.voice();
    expect(resident.read()).toContain('打字');
    await resident.say('/:rose');
    await resident.link('一篇文章：小区着火了', 'https://example.com');
    expect(resident.all().some(({ how }) => how === 'error')).toBe(false);
  });

  test('a place that is shared answers where, a picture is kept with the case', async () => {
    const { phone, store, media } = await open();
    const resident = phone('o-1');
    await resident.follow();
    await resident.say('路灯坏了');
    await resident.location(26.57, 106.71, '花溪大道中段8号');
    const number = /SQ\d{6}-\d{4}/.exec(resident.read())?.[0] ?? '';
    await resident.image(jpeg);
    const appeal = await store.transaction((tx) => tx.get('appeals', number));
    expect(appeal?.place).toContain('花溪大道中段8号');
    expect(appeal?.files).toHaveLength(1);
    expect(readdirSync(media)).toEqual(appeal?.files);
  });

  test('what WeChat tells of the account itself reaches the directors; where somebody is, what was opened and what is not known leave nothing', async () => {
    const { store, tell, app, enlist, phone, world } = await open();
    const director = phone('o-director');
    await enlist(director, '李主任', 'director');
    director.read();
    const before = await store.transaction((tx) => tx.find('people', {}));
    const event = (more: Record<string, string>) =>
      tell({ ToUserName: 'gh_1', FromUserName: 'o-9', CreateTime: String(world.now().getTime() / 1000), MsgType: 'event', ...more });
    expect(await event({ Event: 'LOCATION', Latitude: '26.43', Longitude: '106.67', Precision: '40' })).toBe(200);
    expect(await event({ Event: 'VIEW', EventKey: 'https://community.example/news', MenuId: 'M' })).toBe(200);
    expect(await event({ Event: 'TEMPLATESENDJOBFINISH', MsgID: '7', Status: 'failed:user block' })).toBe(200);
    expect(await event({ Event: 'something_new' })).toBe(200);
    expect(await store.transaction((tx) => tx.find('people', {}))).toEqual(before);
    expect(await event({ Event: 'verify_expired', ExpiredTime: '1764000000' })).toBe(200);
    await app.outbox.pump();
    await director.say('/待办');
    expect(director.read()).toContain('服务号平台发来账号通知（verify_expired）');
  });

  test('who unfollows is forgotten, but for what is open, which goes on without a name', async () => {
    const { phone, store } = await open();
    const [one, other] = [phone('o-1'), phone('o-2')];
    await one.follow();
    await one.say('低保怎么申请');
    await other.follow();
    await other.say('3栋2单元楼道灯坏了，晚上看不见');
    await other.say('我姓王');
    await one.unfollow();
    await other.unfollow();
    await store.transaction(async (tx) => {
      expect((await tx.find('bindings', { kind: 'person' })).map(({ id }) => id)).toEqual([]);
      expect((await tx.find('people')).map(({ name }) => name)).toEqual(['', '']);
      expect(await tx.find('appeals')).toHaveLength(1);
    });
    // Whoever follows again is somebody new.
    await one.follow();
    expect(one.read()).toContain('欢迎');
  });
});

/** A JPEG: its head, a scan, its end. */
const jpeg = Buffer.from('ffd8ffe000074a46494600ffda00050101000102ffd9', 'hex');
