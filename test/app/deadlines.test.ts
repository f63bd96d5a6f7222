import { describe, expect, test } from '@jest/globals';
import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { type Ended, openStage, type Said } from '../../src/cli/converse.ts';
import { shippedContent } from '../support/content.ts';

/** A desk with one appeal of Monday 10:00; `to` gives what is said when the clock is moved. */
async function desk() {
  const heard: (Said | Ended)[] = [];
  const store = openMemoryStore();
  const stage = await openStage({
    store,
    content: shippedContent(),
    print: (line) => heard.push(line),
    staff: [
      { name: '李主任', role: 'director' },
      { name: '小周', role: 'worker' },
    ],
    staffRooms: ['工作群'],
  });
  const take = async (line: Parameters<typeof stage.take>[0]) => {
    heard.length = 0;
    await stage.take(line);
    return heard.flatMap((each) => ('kind' in each ? [each.text ?? ''] : [])).join('\n');
  };
  const to = (local: string) => take({ at: `${local.replace(' ', 'T')}:00+08:00` });
  await to('2026-11-23 10:00');
  await take({ from: '张奶奶', text: '3栋2单元楼道灯不亮' });
  const appeal = async () => (await store.transaction((tx) => tx.find('appeals')))[0];
  return { to, appeal, say: (from: string, text: string) => take({ from, text }) };
}

describe('a day that staff set', () => {
  test('is the day that was said, also when the appeal waited for the resident', async () => {
    const { to, appeal, say } = await desk();
    await say('小周', '/补充 1 哪个单元？');
    await to('2026-11-25 10:00');
    await say('李主任', '/派 1 @小周 期:12月4日');
    expect((await appeal())?.answerBy).toBe('2026-12-04T09:30:00.000Z');
    await to('2026-12-04 17:30');
    expect((await appeal())?.answerBy).toBe('2026-12-04T09:30:00.000Z');
  });

  test('is reminded of again, though the day before it has passed', async () => {
    const { to, say } = await desk();
    await say('小周', '/受理 1');
    await to('2026-12-01 09:00');
    await say('李主任', '/派 1 @小周 期:12月4日');
    expect(await to('2026-12-01 09:01')).not.toContain('期限过半');
    expect(await to('2026-12-04 17:30')).toContain('今天要给居民一个答复');
  });
});

test('a day that passed while the bot was away is not called today', async () => {
  const { to, say } = await desk();
  await say('小周', '/受理 1');
  await to('2026-11-30 09:00');
  const told = await to('2026-12-01 20:00');
  expect(told).not.toContain('今天要给居民');
  expect(told).toContain('11月30日 17:30 就该给居民答复');
});
