import { afterEach, describe, expect, test } from '@jest/globals';
import { accountAway, accountBack } from '../../src/desk/sending/away.ts';
import { openOffice, type WecomOffice } from './office.ts';

let office: WecomOffice;
afterEach(() => office.close());

/** The code that stands in what somebody read. */
const codeIn = (lines: readonly string[]) => /[A-Z2-9]{8}/.exec(lines.join('\n'))?.[0] ?? '';

/** The director comes in by the code of the computer, on the robot. */
async function directed(options: { at?: string } = {}): Promise<WecomOffice> {
  office = await openOffice(options);
  await office.onWecom('LiZhuRen', codeIn(office.printed));
  return office;
}

describe('staff on 企业微信', () => {
  test('the director comes in by the code of the computer, a colleague by one of the director; nobody needs a PIN', async () => {
    const { onWecom, service } = await directed();
    expect(service.read('LiZhuRen').join()).toContain('主任');
    const made = await onWecom('LiZhuRen', '/员工 加 小周');
    expect((await onWecom('ZhouLei', codeIn(made))).join()).toContain('小周');
    expect(service.read('ZhouLei').join()).not.toContain('口令 ');
    expect((await onWecom('ZhouLei', '/待办')).join()).not.toContain('居民');
    // Somebody else of the enterprise may talk to it, and is nobody.
    expect((await onWecom('WangWu', '/员工 列')).join()).not.toContain('小周');
  });

  test('who is on the staff on WeChat is the same person on 企业微信, by a code', async () => {
    const { onWechat, onWecom, read, app } = await directed();
    await onWechat('zhou', codeIn(await onWecom('LiZhuRen', '/员工 加 小周')));
    expect(read('zhou').join()).toContain('小周');
    await onWecom('ZhouLei', codeIn(await onWecom('LiZhuRen', '/员工 加 小周')));
    const staff = await app.store.transaction((tx) => tx.find('people', { role: ['worker', 'director'] }));
    expect(staff.map(({ accounts }) => Object.keys(accounts ?? {}).sort())).toEqual(
      expect.arrayContaining([['wecom'], ['wechat', 'wecom']]),
    );
    expect(staff).toHaveLength(2);
  });

  test('an id of 企业微信 is no new nickname of who is called otherwise on WeChat: nobody is told of one', async () => {
    const { app, onWechat, onWecom, service } = await directed();
    await onWechat('zhou', codeIn(await onWecom('LiZhuRen', '/员工 加 小周')));
    await onWecom('ZhouLei', codeIn(await onWecom('LiZhuRen', '/员工 加 小周')));
    await onWechat('zhou', '/待办');
    await onWecom('ZhouLei', '/待办');
    await app.outbox.pump();
    expect(service.read('LiZhuRen').join()).not.toContain('昵称现在是');
    expect((await onWecom('LiZhuRen', '/员工 列')).join()).toContain('小周');
  });

  test('a group of theirs is bound as the staff’s, and hears what staff hear; it is told apart by a mark', async () => {
    const { onWecom, onWechat, service } = await directed();
    const [bound = ''] = await onWecom('LiZhuRen', '@小桥 /绑定 工作', { group: 'wr1' });
    expect(bound).toMatch(/企业微信群 [0-9A-F]{4}/);
    await onWechat('zhang', '3栋2单元的路灯坏了，晚上看不见路');
    await service.until(() => service.read('wr1').length > 1);
    expect(service.read('wr1').join()).toContain('路灯');
  });

  test('a resident’s grievance on WeChat is settled from 企业微信', async () => {
    const { onWecom, onWechat, read } = await directed();
    await onWechat('zhang', '3栋2单元的路灯坏了，晚上看不见路');
    const number = /SQ\d{6}-\d{4}/.exec(read('zhang').join())?.[0] ?? '';
    expect(number).not.toBe('');
    await onWecom('LiZhuRen', `/办结 ${number} 灯泡换好了`);
    expect(read('zhang').join()).toContain('灯泡换好了');
  });

  test('who opens the chat for the first time is told what it is, and staff are not', async () => {
    const { service } = await directed();
    service.event('enter_chat', 'LiZhuRen');
    service.event('enter_chat', 'WangWu');
    await service.until(() => service.frames.some(({ cmd }) => cmd === 'aibot_respond_welcome_msg'));
    const welcomes = service.frames.filter(({ cmd }) => cmd === 'aibot_respond_welcome_msg');
    expect(welcomes).toHaveLength(1);
    expect(JSON.stringify(welcomes)).toContain('口令');
  });
});

describe('danger at three in the morning', () => {
  test('a resident calls on WeChat, and whoever is on duty is called on 企业微信, again until they answer', async () => {
    const { onWecom, onWechat, service, to, read } = await directed({ at: '2026-11-23T22:00:00+08:00' });
    await onWecom('LiZhuRen', '/值班 我');
    await to('2026-11-24T03:00:00+08:00');
    const before = service.read('LiZhuRen').length;
    await onWechat('zhang', '救命，家里着火了，3栋2单元501');
    expect(read('zhang').join()).toContain('119');
    await service.until(() => service.read('LiZhuRen').length > before);
    expect(service.read('LiZhuRen').slice(before).join()).toContain('着火');
    const called = service.read('LiZhuRen').length;
    await to('2026-11-24T03:05:10+08:00');
    expect(service.read('LiZhuRen').length).toBeGreaterThan(called);
    await onWecom('LiZhuRen', '/收到 我马上到');
    const heard = service.read('LiZhuRen').length;
    await to('2026-11-24T03:20:00+08:00');
    expect(service.read('LiZhuRen')).toHaveLength(heard);
    expect(read('zhang').join()).toContain('我马上到');
  });

  test('the connection breaks before the page is said: it is said once it is back, and once', async () => {
    const { onWecom, onWechat, service, app } = await directed({ at: '2026-11-24T03:00:00+08:00' });
    await onWecom('LiZhuRen', '/值班 我');
    const before = service.read('LiZhuRen').length;
    service.drop();
    await onWechat('zhang', '救命，家里着火了，3栋2单元501');
    expect(service.read('LiZhuRen')).toHaveLength(before);
    await service.until(() => service.isIn && service.read('LiZhuRen').length > before);
    await app.outbox.pump();
    const pages = service.read('LiZhuRen').slice(before);
    expect(pages.filter((text) => text.includes('着火'))).toHaveLength(1);
  });

  test('while 企业微信 is away, who is on WeChat too is called there; who is not is called when it is back', async () => {
    const { onWecom, onWechat, service, app, read } = await directed({ at: '2026-11-24T03:00:00+08:00' });
    await onWechat('zhou', codeIn(await onWecom('LiZhuRen', '/员工 加 小周')));
    await onWecom('ZhouLei', codeIn(await onWecom('LiZhuRen', '/员工 加 小周')));
    service.event('disconnected_event', '');
    await service.until(() => !service.isIn);
    await accountAway(app, 'wecom');
    const before = service.arrived.length;
    await onWechat('zhang', '救命，家里着火了，3栋2单元501');
    expect(read('zhou').filter((text) => text.includes('着火'))).toHaveLength(1);
    expect(service.arrived).toHaveLength(before);
    const waiting = await app.store.transaction((tx) => tx.find('deliveries', { state: 'waiting', account: 'wecom' }));
    expect(waiting.length).toBeGreaterThan(0);
    await accountBack(app, 'wecom');
    const queued = await app.store.transaction((tx) => tx.find('deliveries', { state: 'queued', account: 'wecom' }));
    expect(queued).toHaveLength(waiting.length);
  });
});

test('where the only group of the staff is on an account that is away, a call for help goes to each of them', async () => {
  const { onWecom, onWechat, service, app, read } = await directed({ at: '2026-11-24T03:00:00+08:00' });
  await onWecom('LiZhuRen', '@小桥 /绑定 工作', { group: 'wr1' });
  await onWechat('zhou', codeIn(await onWecom('LiZhuRen', '/员工 加 小周')));
  service.event('disconnected_event', '');
  await service.until(() => !service.isIn);
  await accountAway(app, 'wecom');
  await onWechat('zhang', '救命，家里着火了，3栋2单元501');
  expect(read('zhou').join()).toContain('着火');
});

test('displaced by another program the host is told, and everything else goes on', async () => {
  const { service, printed, onWechat, read } = await directed();
  service.event('disconnected_event', '');
  await service.until(() => !service.isIn);
  expect(printed.join('\n')).toContain('别的程序');
  await onWechat('zhang', '你好');
  expect(read('zhang')).not.toEqual([]);
});
