import { beforeEach, describe, expect, test } from '@jest/globals';
import { officeTime } from '../../src/desk/kernel/office-time.ts';
import { carryOutOrder } from '../../src/desk/people/host.ts';
import { codeIn, type LoginOffice, openLoginOffice } from '../support/login-office.ts';

/** An authority that wakes up by a name and a PIN may be anybody's: it is told, and can be undone. */
describe('an authority that wakes up in a new id', () => {
  let { app, directory, said, remarks, see, say, person, tokenOf, enrol } = {} as LoginOffice;

  beforeEach(async () => {
    ({ app, directory, said, remarks, see, say, person, tokenOf, enrol } = await openLoginOffice());
    await enrol();
    remarks.set('小周#1', await tokenOf('小周'));
    remarks.set('李主任#1', await tokenOf('李主任'));
    await see('小周#1');
    await see('李主任#1');
    await say('李主任#1', '/绑定 工作', '工作群#1');
    remarks.set('李主任#2', await tokenOf('李主任'));
    await directory.login('self-2');
    await say('李主任#2', '482913');
  });

  test('by name is told to directors, the staff’s group and whoever else bears the name', async () => {
    await app.store.transaction(async (tx) => {
      for (const { held: _, code: __, ...room } of await tx.find('rooms', { kind: 'staff' })) {
        await tx.put('rooms', room);
        await tx.put('bindings', { id: 'wechat/room/工作群#2', kind: 'room', target: room.id });
      }
    });
    await say('小 周#real', '你好');
    const told = await say('小周#x', '640857');
    expect(told).toMatch(/李主任#2：有人报对了 小周 的口令.*\/员工 停 S[A-Z2-9]{8}/s);
    expect(told).toMatch(/工作群#2：小周 用名字和口令认回来了/);
    expect(told).toMatch(/小 周#real：刚有人/);
  });

  test.each(['row', 'token', 'name'])('is undone by %s, whatever the intruder calls himself meanwhile', async (way) => {
    const told = await say('小周#x', '640857');
    const token = /员工 停 (S[A-Z2-9]{8})/.exec(told)?.[1] ?? '';
    await see('小周#x', { name: '李主任' });
    const row = /(\d) 小周/.exec(await say('李主任#2', '/员工 列'))?.[1] ?? '';
    const stopped = await say('李主任#2', `/员工 停 ${{ row, token, name: '小周' }[way]}`);
    expect(stopped).toContain('小周 不再是工作人员');
    expect(await say('小周#x', '/待办')).toContain('回数字');
    expect((await person('李主任'))?.role).toBe('director');
    // The real one comes back by a code, and has the PIN to choose anew.
    expect(await say('小周#x', '640857')).not.toContain('认得您了');
    await say('小周#real', codeIn(await say('李主任#2', '/员工 加 小周')));
    expect(await say('小周#real', '/待办')).not.toContain('回数字');
  });

  test('is undone from the computer', async () => {
    await say('小周#x', '640857');
    const { time } = officeTime(app.content.current().calendar, app.workCalendars);
    const means = { ...app, now: app.clock.now(), time };
    expect(await carryOutOrder(means, { order: 'stop', who: '小周' })).toContain('小周 不再是工作人员');
    expect(await say('小周#x', '/待办')).toContain('回数字');
  });

  test('takes nothing of the colleague’s along: what is theirs is not told to whoever was stopped', async () => {
    const number = /SQ\d+-\d+/.exec(await say('小周#x', '3栋2单元楼道灯不亮'))?.[0] ?? '';
    const told = await say('小周#x', '小周 640857');
    expect(told).toContain('认得您了');
    const mine = /SQ\d+-\d+/.exec(await say('小周#x', '5栋1单元水管爆了'))?.[0] ?? '';
    await say('李主任#2', '/员工 停 小周');
    const left = await say('小周#x', '查');
    expect(left).not.toContain(mine);
    expect(left).not.toContain(number);
  });

  test('makes whoever says the right PIN besides heard of by all: one of the two is not who they say', async () => {
    await say('小周#x', '640857');
    const told = await say('小周#real', '640857');
    expect(told).toContain('小周#real：小周 已经在另一个微信上认过了');
    expect(told).toMatch(/李主任#2：又有人报对了 小周 的口令/);
    expect(await say('小周#real', '/待办')).toContain('回数字');
  });

  test('is guessed at by all together: five wrong ones of several friends lock it', async () => {
    for (const who of ['a', 'b', 'c', 'd']) expect(await say(`小周#${who}`, `60857${who.charCodeAt(0) % 10}`)).toContain('口令不对');
    expect(await say('小 周#e', '608571')).toContain('今天不能再试');
    expect(await say('小周#f', '640857')).toContain('今天不能再试');
    expect(await say('别人#g', '小周 640857')).toContain('今天不能再试');
  });

  test('is woken by the name that is said with the PIN, and by the nickname that was seen last', async () => {
    expect(await say('改了名#x', '小周 640857')).toContain('认得您了，小周');
  });

  test('by a PIN of 0.1 or 0.2 is asked for a better one, once', async () => {
    const id = (await person('小周'))?.id ?? '';
    await app.store.transaction(async (tx) => {
      const staff = await tx.get('people', id);
      if (staff) await tx.put('people', { ...staff, pin: { salt: 's', hash: 's/6408' } });
    });
    remarks.set('小周#2', await tokenOf('小周'));
    expect(await say('小周#2', '6408')).toMatch(/认得您了.*6 位数字/s);
    await directory.login('self-3');
    remarks.set('小周#3', await tokenOf('小周'));
    expect(await say('小周#3', '6408')).not.toContain('6 位数字');
  });

  test.each(['1314', '8888', '5201', '5200', '0817', '1990', '123123', '520131'])(
    'by the name alone is not woken by %s, right or wrong',
    async (easy) => {
      const { id = '', token = '' } = (await person('小周')) ?? {};
      await app.store.transaction(async (tx) => {
        const staff = await tx.get('people', id);
        if (staff) await tx.put('people', { ...staff, pin: { salt: 's', hash: `s/${easy}` } });
      });
      expect(await say('小周#x', easy)).toContain('太好猜');
      expect(await say('小周#x', '/待办')).toContain('回数字');
      remarks.set('小周#2', token);
      expect(await say('小周#2', easy)).toContain('认得您了');
    },
  );

  test('keeps the name under which it was enrolled; the directors hear of a new nickname once, and nothing else changes', async () => {
    remarks.set('小周#2', await tokenOf('小周'));
    await say('小周#2', '640857');
    said.length = 0;
    await see('小周#2', { name: '李主任' });
    await see('小周#2', { name: '李主任' });
    await app.outbox.pump();
    expect(said.filter((line) => line.includes('微信昵称现在是“李主任”'))).toHaveLength(1);
    expect((await person('小周'))?.role).toBe('worker');
    expect(await say('李主任#2', '/员工 列')).toContain('小周（经办，微信昵称“李主任”）');
  });
});
