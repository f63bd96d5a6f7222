import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
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
