import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readBy } from '../support/desk.ts';
import { openSiteStage, type SiteStage } from './stage.ts';

let stage: SiteStage;
beforeEach(async () => {
  stage = await openSiteStage();
});
afterEach(async () => {
  expect(stage.errors).toEqual([]);
  await stage.close();
});

const numberIn = (text: string) => /SQ\d{6}-\d{4}/.exec(text)?.[0] ?? '';
/** Somebody tells of a matter, and it is done. @returns its number */
async function done(who: string, what: string, result: string): Promise<string> {
  const number = numberIn(readBy(who, await stage.desk.say(who, what)));
  await stage.desk.say('小周', `/办结 ${number} ${result}`);
  return number;
}
/** Releases a sentence, and confirms it. @returns what was said to it */
async function release(number: string, words = ''): Promise<string> {
  const asked = readBy('小周', await stage.desk.say('小周', `/公示 ${number} ${words}`));
  const [, code] = /确认 (\w\w)/.exec(asked) ?? [];
  if (code === undefined) return asked;
  return `${asked}\n${readBy('小周', await stage.desk.say('小周', `确认 ${code}`))}`;
}
const page = async () => (await stage.get('/open')).text;

describe('what was done, released by staff', () => {
  test('nothing stands there by itself; a sentence does when it was confirmed as shown', async () => {
    const number = await done('张奶奶', '阳光花园3栋2单元楼道灯坏了', '换了楼道的灯泡，亮了');
    expect(await page()).not.toContain('换了楼道的灯泡');
    const asked = readBy('小周', await stage.desk.say('小周', `/公示 ${number}`));
    expect(asked).toContain('换了楼道的灯泡，亮了');
    expect(asked).toContain('地点：阳光花园');
    expect(await page()).not.toContain('换了楼道的灯泡');
    expect(await release(number, '楼道灯换好了，整层都亮了')).toContain('登上了');
    expect(await page()).toContain('楼道灯换好了，整层都亮了');
    await stage.desk.say('小周', `/公示 ${number} 取消`);
    expect(await page()).not.toContain('楼道灯换好了');
  });

  test.each([
    ['a building', '3栋的灯换好了', '3栋'],
    ['a door', '402室门口的灯换好了', '402室'],
    ['a house of a road', '人民路12号门口的灯换好了', '人民路12号'],
    ['a name', '张奶奶家门口的灯换好了', '张奶奶'],
  ])('%s is refused', async (_, words, found) => {
    const number = await done('张奶奶', '3栋2单元楼道灯坏了', '换了灯泡，亮了');
    expect(await release(number, words)).toContain(`“${found}`);
    expect(await page()).not.toContain(words);
  });

  test('numbers of people are masked', async () => {
    const number = await done('张奶奶', '3栋2单元楼道灯坏了', '换了灯泡，亮了');
    expect(await release(number, '灯换好了，再坏打 13985801234')).toContain('****1234');
    expect(await page()).not.toContain('13985801234');
  });

  test('what is not done, and what is about the staff, is not released', async () => {
    const open = numberIn(readBy('张奶奶', await stage.desk.say('张奶奶', '3栋2单元楼道灯坏了')));
    expect(await release(open, '灯换好了')).toContain('还没办结');
    const complaint = numberIn(readBy('老钱', await stage.desk.say('老钱', '我要投诉窗口的工作人员，在12栋办低保态度太差，让我跑了三趟')));
    await stage.desk.say('李主任', `/办结 ${complaint} 已经批评教育，向居民道歉`);
    expect(readBy('李主任', await stage.desk.say('李主任', `/公示 ${complaint} 道了歉`))).toContain('不登');
  });

  test('it goes when the case is taken up again, and with its reporter’s data', async () => {
    const lamp = await done('张奶奶', '3栋2单元楼道灯坏了', '换了灯泡，亮了');
    await release(lamp, '楼道灯换好了');
    const leak = await done('王叔', '5栋1单元楼顶漏水', '补好了楼顶');
    await release(leak, '楼顶补好了，不漏了');
    await stage.desk.say('小周', `/重办 ${lamp}`);
    const text = await page();
    expect(text).not.toContain('楼道灯换好了');
    expect(text).toContain('楼顶补好了');
    await stage.desk.say('王叔', '删除我的信息');
    await stage.desk.say('王叔', '确认');
    expect(await page()).not.toContain('楼顶补好了');
  });

  test('a kind or a place of which there are fewer than three is not named', async () => {
    for (const building of ['1', '2']) {
      const number = await done(`住户${building}`, `阳光花园${building}栋楼道灯坏了`, '换了灯泡，亮了');
      expect(await release(number, '楼道灯换好了')).toContain('登上了');
    }
    const section = async () => /办了哪些[\s\S]*?核对公示/.exec(await page())?.[0] ?? '';
    expect(await section()).toContain('其他');
    expect(await section()).not.toMatch(/路灯|阳光花园/);
    expect(await release(await done('住户3', '阳光花园7栋楼道灯坏了', '换了灯泡，亮了'), '楼道灯换好了')).toContain('登上了');
    expect(await section()).toContain('路灯');
    expect(await section()).toContain('阳光花园');
  });
});
