import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SendError } from '../../src/desk/kernel/accounts.ts';
import { createOutbox } from '../../src/desk/sending/outbox.ts';
import { accountThat } from '../support/account.ts';
import { type KeptDesk, openKeptDesk } from '../support/kept-desk.ts';

let desk: KeptDesk;
beforeEach(async () => {
  desk = await openKeptDesk();
});
afterEach(() => desk.close());

async function erase(person: string) {
  await desk.say(person, '删除我的信息');
  return desk.say(person, '1');
}
const appeals = () => desk.store.transaction((tx) => tx.find('appeals'));

describe('an appeal that is left to who joined it', () => {
  beforeEach(async () => {
    await desk.say('张奶奶', '3栋2单元楼道灯不亮，我是张桂芳住501');
    await desk.say('张奶奶', '', { file: '/received/granny.jpg' });
    await desk.say('小周', '/回复 0018 张婆婆，师傅明天来');
    await desk.say('小刘', '3栋2单元楼道灯坏了，我天天摸黑');
    await desk.say('小刘', '1');
  });

  test('goes on in their own words, and with nothing that was answered to who told it first', async () => {
    await desk.say('张奶奶', '撤回', { at: '2026-11-23T10:10:00+08:00' });
    await desk.say('张奶奶', '1');
    const status = await desk.say('小刘', '查进度');
    expect(status).toContain('摸黑');
    for (const words of ['张桂芳', '张婆婆']) expect(status).not.toContain(words);
  });

  test('keeps nothing that was said or shown by who had their data deleted', async () => {
    expect(await erase('张奶奶')).not.toContain('撤回');
    await desk.say('小周', '你好', { at: '2026-11-23T10:05:00+08:00' });
    for (const words of ['张桂芳', 'granny']) expect(JSON.stringify(await appeals())).not.toContain(words);
    expect(desk.removed).toEqual([expect.stringContaining('granny.jpg')]);
    expect(await appeals()).toMatchObject([{ person: '小刘', state: 'accepted' }]);
  });

  test('loses the pictures, and the words that staff were told, of who joined it and had their data deleted', async () => {
    await desk.say('小刘', '补充 墙上还在滴水');
    await desk.say('小王', '3栋2单元楼道灯坏了');
    await desk.say('小王', '', { file: '/received/wang.jpg' });
    await desk.say('小王', '1');
    await erase('小刘');
    await erase('小王');
    for (const words of ['摸黑', '滴水', 'wang.jpg']) expect(JSON.stringify(await appeals())).not.toContain(words);
    for (const minute of ['05', '06']) await desk.say('小周', '你好', { at: `2026-11-23T10:${minute}:00+08:00` });
    for (const words of ['摸黑', '滴水', 'wang.jpg']) expect(desk.onDisk()).not.toContain(words);
    expect(JSON.stringify(await appeals())).toContain('granny.jpg');
  });
});

describe('whoever has their data deleted', () => {
  test('is forgotten also in what they said to a person who had taken the chat over', async () => {
    await desk.say('张奶奶', '你好');
    await desk.say('小周', '/接管 @张奶奶');
    expect(await desk.say('张奶奶', '我儿子在坐牢')).toContain('小周：');
    await desk.say('小周', '/交还');
    await erase('张奶奶');
    expect(desk.onDisk()).not.toContain('坐牢');
  });

  test('is forgotten when it is merged, and nothing more is done or said about it', async () => {
    await desk.say('张奶奶', '3栋2单元楼道灯不亮，黑得很');
    await desk.say('小刘', '5栋1单元楼道灯不亮');
    await desk.say('小周', '/合并 0018 到 0026');
    await erase('张奶奶');
    const undone = await desk.say('小周', '/拆分 0018');
    expect(undone).toContain('不用再办');
    expect(undone).not.toContain('nobody');
    expect(JSON.stringify(await appeals())).not.toMatch(/黑得很|张奶奶/);
  });

  test('is not asked for a rating, nor is nobody in their place', async () => {
    await desk.say('张奶奶', '3栋2单元楼道灯不亮');
    await desk.say('小周', '/办结 0018 换了灯泡');
    await erase('张奶奶');
    const later = [];
    for (const at of ['2026-11-24T10:01:00+08:00', '2026-12-01T10:01:00+08:00']) later.push(await desk.say('小周', '你好', { at }));
    expect(later.join()).not.toMatch(/nobody|解决没有/);
    expect(await appeals()).toMatchObject([{ state: 'archived', what: '' }]);
  });

  test('does not come back with what was on its way to them', async () => {
    let letGo = () => {};
    const sent = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const { clock, content, ids, log, vault, say } = desk.app;
    const slow = createOutbox({ store: desk.store, accounts: [accountThat(() => sent)], clock, content, ids, log, vault }, say);
    await desk.store.transaction((tx) =>
      tx.insert('deliveries', {
        id: 'slow',
        account: 'wechat',
        sequence: 999,
        kind: 'notice',
        person: '张奶奶',
        text: '您说的滴到灶台',
        state: 'queued',
        attempts: 0,
        notBefore: '2026-11-23T02:00:00.000Z',
        createdAt: '2026-11-23T02:00:00.000Z',
      }),
    );
    const pumped = slow.pump();
    await erase('张奶奶');
    letGo();
    await pumped;
    expect(desk.onDisk().replace(/.*"id":"slow".*\n?/gu, '')).not.toContain('滴到灶台');
    expect(await desk.store.transaction((tx) => tx.archived('deliveries', '2026-11'))).not.toContainEqual(
      expect.objectContaining({ id: 'slow' }),
    );
  });
});

test('a copy of their data holds what was said to and by them, not what others said or staff noted', async () => {
  await desk.say('张奶奶', '3栋2单元楼道灯不亮');
  await desk.say('小刘', '3栋2单元楼道灯坏了，我是刘家的');
  await desk.say('小刘', '1');
  await desk.say('小周', '/派 0018 @小周 当心她家的狗');
  await desk.say('小周', '/回复 0018 师傅明天来');
  let page = '';
  const papers = desk.app.papers;
  if (!papers) throw new Error('there are no papers');
  const made: unknown[] = [];
  Object.assign(desk.app, { papers: { ...papers, page: async (_: string, given: unknown) => `${made.push(given)}` } });
  await desk.say('张奶奶', '导出我的信息');
  page = JSON.stringify(made);
  expect(page).toContain('师傅明天来');
  for (const words of ['刘家的', '当心']) expect(page).not.toContain(words);
});

test('a file with opened numbers that cannot be sent does not stay', async () => {
  const { clock, content, ids, log, vault, say } = desk.app;
  const failing = createOutbox(
    { store: desk.store, accounts: [accountThat(() => Promise.reject(new SendError('no', true)))], clock, content, ids, log, vault },
    say,
  );
  await desk.store.transaction((tx) =>
    tx.insert('deliveries', {
      id: 'sealed',
      account: 'wechat',
      sequence: 999,
      kind: 'reply',
      person: '李主任',
      text: vault.seal('原文'),
      sealed: true,
      file: 'papers/originals.xlsx',
      state: 'queued',
      attempts: 4,
      notBefore: '2026-11-23T02:00:00.000Z',
      createdAt: '2026-11-23T02:00:00.000Z',
    }),
  );
  await failing.pump();
  expect(await desk.store.transaction((tx) => tx.get('deliveries', 'sealed'))).toBeUndefined();
  expect(await desk.store.transaction((tx) => tx.find('discards'))).toMatchObject([{ id: 'papers/originals.xlsx' }]);
});

test('the number of who wanted to stay unnamed cannot be shown by merging their appeal into another', async () => {
  await desk.say('陈姐', '3栋2单元楼道灯不亮，不要说我的名字，电话13985801234');
  await desk.say('小刘', '5栋1单元楼道灯不亮');
  await desk.say('小周', '/合并 0018 到 0026');
  expect(await desk.say('小周', '/显示 0026')).toContain('没有遮住的号码');
  expect(await desk.say('李主任', '/显示 0026')).toContain('13985801234');
});
