import { beforeEach, describe, expect, test } from '@jest/globals';
import { unheardCall } from '../../src/desk/danger/unheard.ts';
import { housekeep } from '../../src/desk/keeping/housekeeping.ts';
import { newDirectorCode } from '../../src/desk/people/enrolment.ts';
import { queue } from '../../src/desk/sending/deliveries.ts';
import { codeIn, type LoginOffice, openLoginOffice } from '../support/login-office.ts';

/** What goes wrong in the minutes after a new login, and who tries to make use of it. */
describe('after a new login', () => {
  let { app, directory, said, remarks, time, see, say, tokenOf, enrol } = {} as LoginOffice;

  beforeEach(async () => {
    ({ app, directory, said, remarks, time, see, say, tokenOf, enrol } = await openLoginOffice());
    await enrol();
    await say('李主任#1', '/绑定 工作', '工作群#1');
    await say('李主任#1', '/绑定 居民', '居民群#1');
  });

  const later = (minutes: number) => {
    time.now = new Date(time.now.getTime() + minutes * 60_000);
  };
  const peopleCalled = (name: string) => app.store.transaction((tx) => tx.find('people', { name }));

  describe('somebody in danger', () => {
    beforeEach(() => directory.login('self-2'));

    test('gets the card, and when nobody can be called that is told elsewhere, without a word of it', async () => {
      expect(await say('张奶奶#2', '我家着火了，3栋2单元501')).toContain('119');
      expect(await unheardCall(app, true)).toBeUndefined();
      later(2);
      const told = await unheardCall(app, true);
      expect(told).toContain('一个工作人员也叫不到');
      expect(told).not.toMatch(/火|张奶奶|3栋/);
    });

    test('is heard by whoever of the staff is found by a remark, asleep or not, though their group is not known yet', async () => {
      await say('张奶奶#2', '我家着火了，3栋2单元501');
      remarks.set('小周#2', await tokenOf('小周'));
      await see('小周#2');
      await app.outbox.pump();
      expect(said.at(-1)).toMatch(/^小周#2：.*着火/s);
      later(2);
      expect(await unheardCall(app, true)).toBeUndefined();
    });

    test('is not read by whoever’s authority sleeps, where the words are not for everybody; awake again they hear what is on', async () => {
      remarks.set('小周#2', await tokenOf('小周'));
      await see('小周#2');
      const told = await say('张奶奶#2', '我不想活了，药在手边');
      expect(told).toMatch(/小周#2：.*有人想不开/s);
      expect(told).not.toContain('小周#2：【紧急】有人想不开 JQ261123-001\n张奶奶');
      expect(told.split('小周#2：').slice(1).join()).not.toContain('药在手边');
      expect(await say('小周#2', '/收到')).toContain('口令');
      const awake = await say('小周#2', '640857');
      expect(awake).toContain('还有在办的警情');
      expect(await say('小周#2', '/收到')).toContain('小周#2：小周 收到');
      expect(await say('小周#2', '/警情 1')).toContain('药在手边');
    });

    test('who told it while the account was going out is told of elsewhere', async () => {
      remarks.set('小周#2', await tokenOf('小周'));
      await say('张奶奶#2', '我家着火了，3栋2单元501');
      later(2);
      await see('小周#2');
      expect(await unheardCall(app, true)).toBeUndefined();
      expect(await unheardCall(app, false)).toContain('叫不到');
    });

    test('hears in the group what is to be said there, when the group is known again meanwhile', async () => {
      const before = await directory.room('居民群#2', { name: '居民群' });
      await app.store.transaction((tx) => tx.put('people', { id: 'p', name: '路人', reachable: false }));
      await app.hear({ id: 'm', person: 'p', room: before, text: '3栋着火了', kind: 'text', addressed: false });
      remarks.set('李主任#2', await tokenOf('李主任'));
      await see('李主任#2');
      const now = await directory.room('居民群#2', { name: '居民群', proof: { onlyOne: true, members: ['李主任#2'] } });
      expect(now).not.toBe(before);
      const alarms = await app.store.transaction((tx) => tx.find('alarms'));
      expect(alarms.map(({ room }) => room)).toEqual([now]);
      expect(await app.store.transaction((tx) => tx.find('deliveries', { room: before, state: 'queued' }))).toEqual([]);
    });
  });

  describe('whoever has taken the name of a colleague', () => {
    beforeEach(async () => {
      remarks.set('李主任#2', await tokenOf('李主任'));
      await directory.login('self-2');
      await say('李主任#2', '482913');
    });

    test('is not let in by a director who takes them for the colleague: the code goes to whom the director tells it', async () => {
      for (let times = 1; times < 5; times++) await say('小周#stranger', '111222');
      const locked = await say('小周#stranger', '111222');
      expect(locked).toMatch(/李主任#2：.*可能不是本人/s);
      const code = codeIn(await say('李主任#2', '/员工 加 @小周'));
      expect(code).not.toBe('');
      expect(await say('小周#stranger', '/待办')).toContain('回数字');
    });

    test('cannot flood the directors by going on', async () => {
      for (let times = 1; times <= 5; times++) await say('小周#stranger', '111222');
      expect(await say('小周#stranger', '111222')).not.toContain('李主任');
    });

    test('does not lock the colleague out, who is known by a token', async () => {
      const token = await tokenOf('小周');
      for (let times = 1; times <= 5; times++) await say('小周#stranger', '111222');
      remarks.set('小周#2', token);
      expect(await say('小周#2', '640857')).toContain('认得您了');
    });
  });

  test('the only director who has lost PIN or phone comes in by the code of the next start', async () => {
    await directory.login('self-2');
    expect(await newDirectorCode(app.store, app.ids, time.now)).toBeUndefined();
    const code = await newDirectorCode(app.store, app.ids, time.now, true);
    expect(await say('李主任新手机#2', code ?? '')).toContain('您现在是主任了');
    expect(await newDirectorCode(app.store, app.ids, time.now, true)).toBeUndefined();
  });

  test('what somebody told who is known again is not given to another of the same name', async () => {
    const number = /SQ\d+-\d+/.exec(await say('张奶奶#1', '3栋2单元楼道灯不亮'))?.[0] ?? '';
    for (const name of ['李主任', '张奶奶']) remarks.set(`${name}#2`, await tokenOf(name));
    await directory.login('self-2');
    await say('李主任#2', '482913');
    await see('张奶奶#2');
    const other = await directory.person('张奶奶#other', { name: '张奶奶', reachable: true });
    const token = (await app.store.transaction((tx) => tx.get('people', other)))?.token ?? '';
    expect(await say('李主任#2', `/同一人 @张奶奶·${token} ${number}`)).toContain('是另外一位');
    expect(await say('张奶奶#other', '查')).toContain('没有您登记过');
  });

  describe('one of the staff whose authority sleeps', () => {
    beforeEach(async () => {
      await say('张奶奶#1', '你好');
      await say('小周#1', '/接管 @张奶奶');
      for (const name of ['小周', '李主任', '张奶奶']) remarks.set(`${name}#2`, await tokenOf(name));
      await directory.login('self-2');
      await see('张奶奶#2');
    });

    test('is asked for the PIN when they answer a resident, or command without a slash', async () => {
      expect(await say('小周#2', '明天下午来修')).toMatch(/^小周#2：.*请把您的口令/s);
      expect(await say('李主任#2', '待办')).toContain('请把您的口令');
      await say('小周#2', '640857');
      expect(await say('小周#2', '明天下午来修')).toMatch(/^张奶奶#2：.*明天下午来修/s);
    });

    test('does not lose their place by asking for deletion', async () => {
      expect(await say('李主任#2', '删除我的信息')).not.toContain('1');
      expect(await say('李主任#2', '482913')).toContain('认得您了');
    });
  });

  test('a group of that title is not proved by one friend, whom a stranger may know too', async () => {
    const group = await directory.room('居民群#1', { name: '居民群' });
    for (const name of ['张奶奶', '王大爷']) {
      await say(`${name}#1`, '你好');
      remarks.set(`${name}#2`, await tokenOf(name));
    }
    await directory.login('self-2');
    await see('张奶奶#2');
    const live = () =>
      directory.room('居民群#2', { name: '居民群', proof: { onlyOne: true, members: ['张奶奶#2', '王大爷#2', '路人#2'] } });
    expect(await live()).not.toBe(group);
    await see('王大爷#2');
    expect(await live()).toBe(group);
  });

  test('the group of several staff is not proved by one of them, whom a stranger may have pulled in', async () => {
    const group = await directory.room('工作群#1', { name: '工作群' });
    for (const name of ['小周', '李主任']) remarks.set(`${name}#2`, await tokenOf(name));
    await directory.login('self-2');
    await see('小周#2');
    const proof = { onlyOne: true, members: ['小周#2', '李主任#2'] };
    expect(await directory.room('工作群#2', { name: '工作群', proof })).not.toBe(group);
    await see('李主任#2');
    expect(await directory.room('工作群#2', { name: '工作群', proof })).toBe(group);
  });

  test('news that has waited three days for a group that is not known again is no news, and is reported', async () => {
    await directory.login('self-2');
    const at = time.now.toISOString();
    await app.store.transaction(async (tx) => {
      const [room] = await tx.find('rooms', { name: '居民群' });
      const edition = { id: 'weekly/1', broadcast: 'weekly', title: '停水', text: '明天停水', plannedAt: at, sendAt: at, state: 'planned' };
      await tx.put('editions', edition as never);
      await queue(tx, app.ids, time.now, {
        id: 'c1',
        edition: 'weekly/1',
        to: { room: room?.id ?? '' },
        text: '明天停水',
        kind: 'broadcast',
      });
    });
    later(60 * 24 * 3);
    await app.tick();
    const ended = await app.store.transaction(async (tx) => [await tx.get('deliveries', 'c1'), await tx.get('editions', 'weekly/1')]);
    expect(ended.map((row) => row?.state)).toEqual(['failed', 'done']);
  });

  test('a friend taken for somebody new is who they were, once the owner writes their old token, or mends one that two had', async () => {
    const number = /SQ\d+-\d+/.exec(await say('张奶奶#1', '3栋2单元楼道灯不亮'))?.[0] ?? '';
    const token = await tokenOf('张奶奶');
    await directory.login('self-2');
    await see('张奶奶#2', { token, unique: false });
    const later = /SQ\d+-\d+/.exec(await say('张奶奶#2', '5栋1单元水管爆了'))?.[0] ?? '';
    expect(await say('张奶奶#2', '查')).not.toContain(number);
    remarks.set('张奶奶#2', token);
    const all = await say('张奶奶#2', '查');
    expect(all).toContain(number);
    expect(all).toContain(later);
    expect(await peopleCalled('张奶奶')).toHaveLength(1);
  });

  describe('passers-by', () => {
    test('are forgotten, but for who has told something, waits for something, or is known by a token', async () => {
      await say('路人#1', '今天天气真好', '居民群#1');
      await see('过客#1', { reachable: false });
      await say('张奶奶#1', '3栋2单元楼道灯不亮');
      await say('王大爷#1', '居住证怎么办');
      remarks.set('王大爷#1', await tokenOf('王大爷'));
      await see('王大爷#1');
      later(60 * 24);
      await app.store.transaction((tx) => housekeep(tx, time.now));
      expect(await peopleCalled('过客')).toEqual([]);
      await directory.login('self-2');
      expect(await peopleCalled('路人')).toEqual([]);
      for (const name of ['张奶奶', '王大爷', '小周']) expect(await peopleCalled(name)).toHaveLength(1);
    });

    test('a token that the owner wrote, and that is nobody’s any more, need not be written anew', async () => {
      await directory.login('self-2');
      remarks.set('孙阿姨#2', 'R7K2M');
      await see('孙阿姨#2');
      expect(await tokenOf('孙阿姨')).toBe('R7K2M');
      remarks.set('假主任#2', 'S9QX4HT2K');
      await see('假主任#2');
      expect(await tokenOf('假主任')).toMatch(/^R/);
    });
  });
});
