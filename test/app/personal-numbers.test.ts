import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createDirectory } from '../../src/desk/people/directory.ts';
import { type KeptDesk, openKeptDesk } from '../support/kept-desk.ts';

const phone = '13985801234';
const id = '520201195203041229';

let desk: KeptDesk;
beforeEach(async () => {
  desk = await openKeptDesk();
});
afterEach(() => desk.close());

describe('a number that staff type into a command', () => {
  test.each([
    ['where the number of an appeal is expected', ['/备注 139 8580 1234 来过电话', `/查 ${phone}`, `/派 ${phone} @小周`, `/显示 ${phone}`]],
    ['as the name of whom it is filed for', [`/代报 ${phone}: 5栋门口路灯不亮`]],
    ['before something that is still asked for', [`/回复 他的电话${phone}`, `/代报 王大爷${phone}`]],
    ['as the answer to what was asked', ['/代报', `王大爷${phone} 6栋门口路灯不亮`]],
  ])('%s is not kept in the clear', async (_, lines) => {
    for (const line of lines) {
      await desk.say('小周', line);
      expect(desk.onDisk().replace(/[-\s]/g, '')).not.toContain(phone);
    }
  });

  test('finds the appeal in which it stands masked', async () => {
    await desk.say('张奶奶', `3栋2单元楼道灯不亮，我电话${phone}`);
    expect(await desk.say('小周', `/查 ${phone}`)).toContain('SQ261123-0018');
  });

  test('into a chat that they have taken over reaches the resident and is not kept', async () => {
    await desk.say('张奶奶', '3栋2单元楼道灯不亮');
    await desk.say('小周', '/接管 @张奶奶');
    expect(await desk.say('小周', `打我电话${phone}`)).toBe(`张奶奶：工作人员小周：打我电话${phone}`);
    expect(desk.onDisk()).not.toContain(phone);
  });

  test('for everybody to read stays when it is a telephone, and only then, asked for or not', async () => {
    await desk.say('小周', '/本地 填');
    expect(await desk.say('小周', `打${phone}找小王，身份证${id}`)).toContain(`打${phone}找小王，身份证520***********29`);
    expect(await desk.say('小周', `/本地 填 office.phone ${phone}`)).toContain(`记下了：${phone}`);
    expect(desk.onDisk()).not.toContain(id);
  });
});

describe('a number in whatever writing (K9)', () => {
  const writings = [
    '008613985801234',
    '139~8580~1234',
    '139转8580转1234',
    '1 3 9 8 5 8 0 1 2 3 4',
    '一三九八五八零一二三四',
    '壹叁玖捌伍捌零壹贰叁肆',
    '1398580l234',
    '139\u200b8580\u200b1234',
    '0851 8580 1234',
    '522121/19800101/1234',
    '52212119800101123443',
    '9558801234567890123',
    '云A-12345',
    '贵 A12345',
    '军A12345',
    '护照E12345678',
    '台胞证12345678',
  ];

  test.each(writings)('%s is nowhere in the clear: as matter, place, nickname, staff’s words, search, export', async (number) => {
    const heard = [
      await desk.say('张奶奶', `楼道灯不亮，找我${number}`),
      await desk.say('张奶奶', `5栋2单元，我是${number}`),
      await desk.say('张奶奶', `补充 晚上看不见，${number}`),
      await desk.say('小周', `/备注 0018 家属说${number}`),
      await desk.say('小周', `/查 ${number}`),
      await desk.say('小周', `/待办`),
      await desk.say('李主任', `/审计 0018`),
      await desk.say('小周', `/消息 加 通知 找失主：身份证522121198001011234`),
      await desk.say('杨哥', `嗡嗡嗡嘛咪吽 ${number}`),
      await desk.say('小周', '/未答'),
      await desk.say('李主任', '/导出 本月'),
    ];
    for (const text of [...heard, desk.onDisk()]) {
      expect(text).not.toContain(number);
      expect(text).not.toContain('522121198001011234');
    }
    // What nobody sees in it goes when it is shown.
    expect(await desk.say('小周', '/显示 0018')).toContain(number.replaceAll('\u200b', ''));
  });

  test.each(writings)('%s in a nickname or the title of a group is masked at first sight', async (number) => {
    const directory = createDirectory(desk.store, { id: () => 'id', code: () => 'CODE', chance: () => 0 }, 'test');
    await directory.person('somebody', { name: `张三${number}`, reachable: true });
    await directory.room('group', { name: `邻居${number}` });
    expect(desk.onDisk()).toContain('张三');
    expect(desk.onDisk()).not.toContain(number);
  });

  test('that is an ID or a card reaches no resident from a chat that was taken over', async () => {
    await desk.say('张奶奶', '3栋2单元楼道灯不亮');
    await desk.say('小周', '/接管 @张奶奶');
    expect(await desk.say('小周', `是这个不：${id}`)).not.toContain(id);
  });
});

test('a number that the end of what is read would cut in two is left out whole', async () => {
  await desk.say('刘哥', `屋头着火了${'快来'.repeat(992)}电话${phone}`);
  expect(desk.onDisk()).toContain('屋头着火了');
  expect(desk.onDisk()).not.toContain(phone.slice(0, 4));
});

describe('what a resident typed with a number', () => {
  test('before they were asked what they mean can be shown with the appeal that came of it', async () => {
    expect(await desk.say('吴叔', `${phone} 是我电话 嘎嘎咕咕怎么回事`)).toContain('回 1');
    expect(await desk.say('吴叔', '1')).toContain('/显示 SQ261123-0018');
    expect(await desk.say('小周', '/显示 0018')).toContain(phone);
  });

  test.each([
    ['for an appeal that they dropped', ['楼上漏水，我电话', '算了']],
    ['before a choice that they passed over', ['老人过世了户口和社保要跑哪些地方，我电话']],
  ])('%s does not turn up with the next one', async (_, [before, ...more]) => {
    await desk.say('陈姐', `${before}${phone}`);
    for (const text of more) await desk.say('陈姐', text);
    await desk.say('陈姐', '3栋2单元楼道灯不亮');
    expect(await desk.say('小周', '/显示 0018')).toContain('没有遮住的号码');
    expect(await desk.store.transaction((tx) => tx.find('originals'))).toEqual([]);
  });

  test('for an appeal that waits for its place is not put to another one meanwhile', async () => {
    await desk.say('陈姐', '3栋2单元楼道灯不亮');
    await desk.say('陈姐', `楼上漏水，我电话${phone}`);
    await desk.say('陈姐', '催一下');
    expect(await desk.say('小周', '/显示 0018')).toContain('没有遮住的号码');
    await desk.say('陈姐', '5栋3单元501');
    expect(await desk.say('小周', '/显示 0026')).toContain(phone);
  });
});

test('a number that nothing was said about is no question that had no answer', async () => {
  await desk.say('吴叔', `${phone} 嘿嘿`);
  await desk.say('吴叔', `${phone}`);
  expect(await desk.store.transaction((tx) => tx.find('unanswered'))).toEqual([]);
});
