import { describe, expect, test } from '@jest/globals';
import { openTestDesk, readBy } from '../support/desk.ts';

/** A desk with three cases of three people, listed to a worker; `say` gives what its speaker reads. */
async function desk() {
  const opened = await openTestDesk({ rooms: [], at: '2026-11-23T10:00:00+08:00' });
  const said = (from: string, text: string) => opened.say(from, text);
  await said('张奶奶', '3栋2单元楼道灯不亮');
  await said('王叔', '5栋3单元楼上漏水');
  await said('陈姐', '8栋垃圾没人收');
  await said('小周', '/待办');
  const say = async (from: string, text: string) => readBy(from, await said(from, text));
  const states = () =>
    opened.store.transaction(async (tx) => (await tx.find('appeals', {}, { by: 'createdAt' })).map(({ state }) => state));
  return { said, say, states };
}

describe('what staff type in haste does nothing to the wrong case', () => {
  test.each(['/受理 1-3', '/办结 1到3 换了灯泡', '/派 1至2 @小周', '/受理 1和2', '/受理 1、2'])('%s: one at a time', async (line) => {
    const { say, states } = await desk();
    expect(await say('小周', line)).toContain('一次办一单');
    expect(new Set(await states())).toEqual(new Set(['registered']));
  });

  test.each(['/受理 2\n/受理 3', '/办结 1 换了灯泡 /办结 2 清完了', '/办结 2 修好了。/转 3 物业 快点修'])(
    '%j: several commands',
    async (lines) => {
      const { say, states } = await desk();
      expect(await say('小周', lines)).toContain('一个一个发');
      expect(new Set(await states())).toEqual(new Set(['registered']));
    },
  );

  test('what is said after another command is no answer to the one before, and reaches no resident', async () => {
    const { said, say } = await desk();
    expect(await say('小周', '/回复 2')).toContain('内容呢');
    await said('小周', '/待办');
    const replies = await said('小周', '这个人烦得很');
    expect(readBy('王叔', replies)).toBe('');
  });

  test('/查 by its row leaves the list as it is on the screen', async () => {
    const { said, say } = await desk();
    await said('小周', '/查 3');
    expect(await say('小周', '/受理 1')).toContain('楼道灯不亮');
  });

  test('a day that is none, or a name without its sign, changes nobody’s duty', async () => {
    const { say } = await desk();
    expect(await say('小周', '/值班 @小周 周八')).toContain('周八');
    expect(await say('小周', '/值班 小周')).toContain('@名字');
    expect(await say('小周', '/值班')).toContain('没有排值班');
  });
});

describe('an alarm, in staff’s own words', () => {
  test.each(['收到', '收到 我马上过去', '我去', '马上到', '好的 收到'])('%s takes it on', async (words) => {
    const { said, say } = await desk();
    await said('吴嫂', '我家煤气漏了 3栋2单元');
    expect(readBy('吴嫂', await said('小周', words))).toContain('收到了');
    expect(await say('小周', '/警情')).toContain('小周');
  });

  test('到了 says that somebody is there; what is said when nothing is on is no command', async () => {
    const { said } = await desk();
    expect(readBy('小周', await said('小周', '我去'))).not.toContain('JQ');
    await said('吴嫂', '我家煤气漏了 3栋2单元');
    await said('小周', '收到');
    expect(readBy('吴嫂', await said('小周', '到了'))).toContain('小周到了');
  });
});
