import { beforeEach, describe, expect, test } from '@jest/globals';
import { eachTable } from '../../src/desk/kernel/table.ts';
import { newDirectorCode } from '../../src/desk/people/enrolment.ts';
import { tellHeld, tellRemarks } from '../../src/desk/people/remarks.ts';
import { codeIn, type LoginOffice, openLoginOffice } from '../support/login-office.ts';

describe('where everybody has other ids after a login', () => {
  let { app, directory, said, remarks, time, see, say, person, tokenOf, enrol } = {} as LoginOffice;

  beforeEach(async () => {
    ({ app, directory, said, remarks, time, see, say, person, tokenOf, enrol } = await openLoginOffice());
  });

  test('nobody is who they were, and what there is to say to them waits', async () => {
    await say('张奶奶#1', '3栋2单元楼道灯不亮');
    await directory.login('self-2');
    expect(await directory.nativeOf((await person('张奶奶'))?.id ?? '')).toBeUndefined();
    expect(await say('张奶奶#2', '查')).toContain('没有您登记过');
  });

  test('a login that goes on changes nothing', async () => {
    const before = await see('张奶奶#1');
    expect(await directory.login('self-1')).toBe(false);
    expect(await see('张奶奶#1')).toBe(before);
  });

  test('a friend is known by the token in the remark, and hears what waited', async () => {
    await enrol();
    const number = /SQ\d+-\d+/.exec(await say('张奶奶#1', '3栋2单元楼道灯不亮'))?.[0] ?? '';
    remarks.set('张奶奶#2', await tokenOf('张奶奶'));
    await directory.login('self-2');
    remarks.set('小周#2', await tokenOf('小周'));
    await say('小周#2', '640857');
    expect(await say('小周#2', `/办结 ${number} 换了灯泡`)).not.toContain('张奶奶#');
    await see('张奶奶#2');
    await app.outbox.pump();
    expect(said.at(-1)).toContain('张奶奶#2：');
    expect(said.join()).toContain('换了灯泡');
  });

  test('a token that two friends carry is nobody’s, and the director hears of it', async () => {
    await enrol();
    await say('张奶奶#1', '3栋2单元楼道灯不亮');
    const token = await tokenOf('张奶奶');
    await directory.login('self-2');
    remarks.set('李主任#2', await tokenOf('李主任'));
    await see('李主任#2');
    await see('张奶奶#2', { token, unique: false });
    await app.outbox.pump();
    expect(said.join()).toContain(`带着同一个记号 ${token}`);
    expect(await say('张奶奶#2', '查')).toContain('没有您登记过');
  });

  describe('authority', () => {
    beforeEach(async () => {
      await enrol();
      remarks.set('小周#2', await tokenOf('小周'));
      remarks.set('李主任#2', await tokenOf('李主任'));
      await directory.login('self-2');
    });

    test('sleeps until the PIN was said privately', async () => {
      expect(await say('小周#2', '/待办')).toContain('请把您的口令');
      expect(await say('小周#2', '640857')).toContain('认得您了');
      expect(await say('小周#2', '/待办')).not.toContain('口令');
    });

    test('is locked by five wrong ones until the next day; a director lets choose anew', async () => {
      await say('李主任#2', '482913');
      for (let times = 1; times < 5; times++) expect(await say('小周#2', '111222')).toContain('口令不对');
      const fifth = await say('小周#2', '111222');
      expect(fifth).toContain('今天不能再试');
      expect(fifth).toContain('李主任#2：小周 的口令错了五次');
      expect(await say('小周#2', '640857')).toContain('今天不能再试');
      const code = codeIn(await say('李主任#2', '/员工 加 @小周'));
      expect(await say('小周#2', '/待办')).toContain('口令');
      expect(await say('小周#2', code)).toContain('您现在是经办了');
      expect(await say('小周#2', '/待办')).not.toContain('口令');
      time.now = new Date('2026-11-24T03:00:00Z');
      await directory.login('self-3');
      remarks.set('小周#3', await tokenOf('小周'));
      expect(await say('小周#3', '640857')).not.toContain('认得您了');
    });

    test('comes back by name and PIN together where there is no token, and the directors hear of it', async () => {
      await say('李主任#2', '482913');
      expect(await say('小周#3', '640858')).toContain('口令不对');
      const back = await say('小周#3', '640857');
      expect(back).toContain('小周#3：认得您了');
      expect(back).toContain('李主任#2：有人报对了 小周 的口令');
      expect(await say('小周#3', '/待办')).not.toContain('口令');
    });

    test('a PIN alone, a name alone, and digits of residents are nothing', async () => {
      expect(await say('路人#2', '640857')).not.toContain('口令');
      expect(await say('小周#3', '/待办')).toContain('回数字');
      await say('小周#2', '640857');
      // Whoever is found already is not found a second time.
      expect(await say('小周#3', '640857')).not.toContain('口令');
    });

    test('a director who has no PIN comes in by the code of the host', async () => {
      expect(await newDirectorCode(app.store, app.ids, time.now)).toBeUndefined();
      await app.store.transaction(async (tx) => {
        for (const { pin: _, ...director } of await tx.find('people', { role: 'director' })) await tx.put('people', director);
      });
      const code = await newDirectorCode(app.store, app.ids, time.now);
      expect(await say('李主任#2', code ?? '')).toContain('您现在是主任了');
    });
  });

  describe('a group', () => {
    const live = (native: string, members: string[], onlyOne = true) =>
      directory.room(native, { name: native.split('#')[0] ?? '', proof: { onlyOne, members } });
    let group: string;

    beforeEach(async () => {
      await enrol();
      await say('李主任#1', '/绑定 居民', '居民群#1');
      group = await directory.room('居民群#1', { name: '居民群' });
      remarks.set('小周#2', await tokenOf('小周'));
      await directory.login('self-2');
      await see('小周#2');
    });

    test('is known again by a member of staff in it', async () => expect(await live('居民群#2', ['小周#2', '路人#2'])).toBe(group));
    test('is not known by its title', async () => expect(await live('居民群#2', ['路人#2'])).not.toBe(group));
    test('is not known while another has its title', async () => expect(await live('居民群#2', ['小周#2'], false)).not.toBe(group));

    test('is known again by its code, which the directors are given', async () => {
      remarks.set('李主任#2', await tokenOf('李主任'));
      await say('李主任#2', '482913');
      await tellHeld(app, 'wechat');
      const code = /居民群”：(\/绑定 \w{4})/.exec(said.join())?.[1] ?? '';
      expect(await say('路人#2', code, '新名字#2')).toBe('');
      expect(await say('李主任#2', code, '新名字#2')).toContain('和以前一样');
      expect(await directory.room('新名字#2', { name: '新名字' })).toBe(group);
    });
  });

  test('staff can say who somebody is; authority is not handed over so', async () => {
    await enrol();
    const number = /SQ\d+-\d+/.exec(await say('张奶奶#1', '3栋2单元楼道灯不亮'))?.[0] ?? '';
    await directory.login('self-2');
    for (const name of ['小周', '李主任']) remarks.set(`${name}#2`, await tokenOf(name));
    await say('李主任#2', '482913');
    await say('李主任#2', `/办结 ${number} 换了灯泡`);
    await say('张奶奶#2', '你好');
    const joined = await say('李主任#2', `/同一人 @张奶奶 ${number}`);
    expect(joined).toContain('以前报的事');
    expect(joined).toContain('张奶奶#2：您反映的事');
    expect(await say('李主任#2', `/同一人 @小周 ${number}`)).toContain('工作人员不能这样认');
  });

  test('whoever is known again by staff has everything deleted, also what they said when they were not known', async () => {
    await enrol();
    const number = /SQ\d+-\d+/.exec(await say('张奶奶#1', '3栋2单元楼道灯不亮'))?.[0] ?? '';
    await directory.login('self-2');
    for (const name of ['小周', '李主任']) remarks.set(`${name}#2`, await tokenOf(name));
    await say('李主任#2', '482913');
    await say('小刘#2', '5栋1单元楼道灯不亮');
    await say('张奶奶#2', '5栋1单元楼道灯坏了，黑得很');
    await say('张奶奶#2', '1');
    await say('张奶奶#2', '补充 我是张桂芳');
    await say('李主任#2', `/同一人 @张奶奶 ${number}`);
    await say('张奶奶#2', '删除我的信息');
    expect(await say('张奶奶#2', '1')).toContain('都删掉了');
    const left = await app.store.transaction(async (tx) => [
      await tx.find('appeals'),
      await tx.find('deliveries'),
      ...(await Promise.all((await tx.archivedMonths('deliveries')).map((month) => tx.archived('deliveries', month)))),
    ]);
    expect(JSON.stringify(left)).not.toMatch(/黑得很|张桂芳/);
  });

  test('whoever is known again by staff loses nothing that there is of them under either id', async () => {
    await enrol();
    const number = /SQ\d+-\d+/.exec(await say('张奶奶#1', '3栋2单元楼道灯不亮'))?.[0] ?? '';
    await directory.login('self-2');
    for (const name of ['小周', '李主任']) remarks.set(`${name}#2`, await tokenOf(name));
    await say('李主任#2', '482913');
    const older = (await app.store.transaction((tx) => tx.get('appeals', number)))?.person ?? '';
    await say('张奶奶#2', '订阅');
    await say('张奶奶#2', '办低保');
    await say('张奶奶#2', '答非所问');
    await say('张奶奶#2', '我要投诉');
    const newer = await see('张奶奶#2');
    await app.store.transaction(async (tx) => {
      const at = time.now.toISOString();
      await tx.put('blocks', { id: newer, until: '2026-11-26T02:00:00.000Z', reason: '刷屏', by: '李主任', at });
      await tx.put('blocks', { id: older, until: '2026-11-24T02:00:00.000Z', reason: '从前', by: '李主任', at });
      await tx.put('traffic', { id: newer, since: at, count: 0, said: [], run: 0, level: 2, quietUntil: '2026-11-23T03:00:00.000Z' });
    });
    await say('李主任#2', `/同一人 @张奶奶 ${number}`);
    const left = await app.store.transaction(async (tx) => ({
      people: await tx.find('people', { name: '张奶奶' }),
      block: await tx.get('blocks', older),
      limit: await tx.get('traffic', older),
      feedback: await tx.mentioning('feedback', older),
      asked: await tx.get('questions', older),
      gone: (await Promise.all(eachTable(tx.tables).map(([name]) => tx.mentioning(name, newer)))).flat(),
    }));
    expect(left).toMatchObject({
      people: [{ id: older, subscribedAt: expect.any(String), noticedAt: expect.any(String) }],
      block: { until: '2026-11-26T02:00:00.000Z', reason: '刷屏' },
      limit: { level: 2 },
      feedback: [{ verdict: 'rejected' }],
      asked: { stack: [{ question: { kind: 'form' } }] },
      gone: [],
    });
  });

  test('whoever told of a matter under one id and joined it under another counts once', async () => {
    await enrol();
    const number = /SQ\d+-\d+/.exec(await say('张奶奶#1', '3栋2单元楼道灯不亮'))?.[0] ?? '';
    await directory.login('self-2');
    for (const name of ['小周', '李主任']) remarks.set(`${name}#2`, await tokenOf(name));
    await say('李主任#2', '482913');
    await say('张奶奶#2', '3栋2单元楼道灯坏了');
    expect(await say('张奶奶#2', '1')).toContain('2');
    await say('李主任#2', `/同一人 @张奶奶 ${number}`);
    expect((await app.store.transaction((tx) => tx.get('appeals', number)))?.followers).toEqual([]);
  });

  test('a PIN that anybody would try, or that stands in the example, is not taken; none in a group', async () => {
    await enrol();
    for (const pin of ['1234', '0000', '12', '739251', '6408', '64085', '640817', '520131', '147258', '199806'])
      expect(await say('小周#1', `/口令 ${pin}`)).toContain('换一个再发');
    await say('李主任#1', '/绑定 工作', '工作群#1');
    expect(await say('小周#1', '/口令 640857', '工作群#1')).toContain('不要发在群里');
  });

  test('of two with one name, the token names the one who is meant', async () => {
    await enrol();
    await say('张奶奶#1', '你好');
    await see('张奶奶#other');
    expect(await say('小周#1', '/接管 @张奶奶')).toContain('不止一位');
    expect(await say('小周#1', `/接管 @${await tokenOf('张奶奶')}`)).toContain('张奶奶 交给您了');
  });

  test('friends without a remark are told to the directors once, in the morning, when the bot cannot write it', async () => {
    await enrol();
    await say('张奶奶#1', '你好');
    await tellRemarks(app, 'wechat');
    expect(said.join()).not.toContain('备注');
    await app.store.transaction(async (tx) => {
      const login = await tx.get('logins', 'wechat');
      if (login) await tx.put('logins', { ...login, remarksFail: true });
    });
    await tellRemarks(app, 'wechat');
    await app.outbox.pump();
    expect(said.at(-1)).toContain(`张奶奶·${await tokenOf('张奶奶')}`);
    said.length = 0;
    time.now = new Date('2026-11-24T02:00:00Z');
    await tellRemarks(app, 'wechat');
    await app.outbox.pump();
    expect(said).toEqual([]);
  });
});
