import { beforeEach, describe, expect, test } from '@jest/globals';
import { tellHeld } from '../../src/desk/people/remarks.ts';
import { type LoginOffice, openLoginOffice } from '../support/login-office.ts';

/** A group is known again by who was in it; anybody can call a group what they like and pull the bot and some of the staff in. */
describe('after a new login a group', () => {
  let { app, directory, said, remarks, see, say, tokenOf, enrol } = {} as LoginOffice;
  let staffGroup: string;
  let residents: string;

  /** A group of this login, as the account sees it; by default there are two of its title. */
  const live = (native: string, members: string[], onlyOne = false) =>
    directory.room(native, { name: native.split('#')[0] ?? '', proof: { onlyOne, members } });
  const friend = async (name: string) => {
    await say(`${name}#1`, '你好');
    remarks.set(`${name}#1`, await tokenOf(name));
    await see(`${name}#1`);
  };

  beforeEach(async () => {
    ({ app, directory, said, remarks, see, say, tokenOf, enrol } = await openLoginOffice());
    await enrol();
    for (const name of ['张奶奶', '王大爷', '陈姐']) await friend(name);
    for (const name of ['小周', '李主任']) remarks.set(`${name}#1`, await tokenOf(name));
    await say('李主任#1', '/绑定 工作', '工作群#1');
    await say('李主任#1', '/绑定 居民', '居民群#1');
    staffGroup = await live('工作群#1', ['小周#1', '李主任#1']);
    residents = await live('居民群#1', ['张奶奶#1', '王大爷#1', '陈姐#1', '小周#1', '路人#1']);
    for (const name of ['小周', '李主任', '张奶奶', '王大爷', '陈姐']) {
      remarks.set(`${name}#2`, await tokenOf(name));
    }
    await directory.login('self-2');
    for (const name of ['小周', '李主任', '张奶奶', '王大爷', '陈姐']) await see(`${name}#2`);
  });

  test('of the staff is not an outsider’s of that title, though two of the staff are in it; the real one is known besides it', async () => {
    expect(await live('工作群#fake', ['小周#2', '李主任#2', '坏人#2'])).not.toBe(staffGroup);
    expect(await live('工作群#2', ['小周#2', '李主任#2'])).toBe(staffGroup);
    expect(await live('工作群#fake', ['小周#2', '李主任#2', '坏人#2'])).not.toBe(staffGroup);
  });

  test('of the staff is not kept out by a residents’ group that takes its title', async () => {
    const taken = await directory.room('工作群#res', {
      name: '工作群',
      proof: { onlyOne: false, members: ['张奶奶#2', '王大爷#2', '陈姐#2', '小周#2', '路人#2'] },
    });
    expect([staffGroup, residents]).not.toContain(taken);
    expect(await live('工作群#2', ['小周#2', '李主任#2'])).toBe(staffGroup);
  });

  test('of residents is known by those who were in it, whatever else has its title', async () => {
    expect(await live('居民群#fake', ['小周#2', '坏人#2', '坏人2#2'])).not.toBe(residents);
    expect(await live('居民群#2', ['张奶奶#2', '王大爷#2', '陈姐#2', '小周#2'])).toBe(residents);
  });

  test('is not proved by two who were pulled into another, while more who were in it are known', async () => {
    expect(await live('居民群#fake', ['张奶奶#2', '坏人#2'], true)).not.toBe(residents);
  });

  test('in doubt is told to all of the staff and at the computer, with what to do, once', async () => {
    await live('工作群#fake', ['小周#2', '李主任#2', '坏人#2']);
    const told = await tellHeld(app, 'wechat');
    expect(told).toMatch(/工作群”：\/绑定 [A-Z2-9]{4}（有两个群都叫这个名字/);
    for (const name of ['李主任#2', '小周#2'])
      expect(said.filter((line) => line.startsWith(`${name}：`)).join()).toContain('有两个群都叫这个名字');
    expect(await tellHeld(app, 'wechat')).toBeUndefined();
  });

  test('of the staff with somebody unknown in it is not bound by its code without a director’s word', async () => {
    await live('工作群#2', ['小周#2', '李主任#2', '新同事#2'], true);
    const told = (await tellHeld(app, 'wechat')) ?? '';
    expect(told).toContain('不认得是同事的人');
    const code = /工作群”：\/绑定 ([A-Z2-9]{4})/.exec(told)?.[1] ?? '';
    await say('李主任#2', '482913');
    await say('小周#2', '640857');
    const bind = async (who: string, text: string) => {
      const room = await live('工作群#2', ['小周#2', '李主任#2', '新同事#2'], true);
      said.length = 0;
      await app.hear({ id: `b-${who}-${text}`, person: await see(who), room, text, kind: 'text', addressed: true });
      await app.outbox.pump();
      return said.join();
    };
    expect(await bind('小周#2', `/绑定 ${code}`)).toContain('看一下群成员');
    expect(await bind('小周#2', `/绑定 ${code} 都是同事`)).toContain('看一下群成员');
    expect(await bind('李主任#2', `/绑定 ${code}`)).toContain('看一下群成员');
    expect(await live('工作群#2', ['小周#2', '李主任#2', '新同事#2'], true)).not.toBe(staffGroup);
    expect(await bind('李主任#2', `/绑定 ${code} 都是同事`)).toContain('和以前一样');
    expect(await live('工作群#2', ['小周#2', '李主任#2', '新同事#2'], true)).toBe(staffGroup);
  });

  test('forgets who was in it when they have their data deleted', async () => {
    await live('居民群#2', ['张奶奶#2', '王大爷#2', '陈姐#2', '小周#2']);
    const id = await see('张奶奶#2');
    await say('张奶奶#2', '删除我的信息');
    await say('张奶奶#2', '1');
    const room = await app.store.transaction((tx) => tx.get('rooms', residents));
    expect(room?.members).not.toContain(id);
  });
});
