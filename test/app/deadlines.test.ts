import { describe, expect, test } from '@jest/globals';
import type { Said } from '../../src/cli/converse.ts';
import { openTestDesk } from '../support/desk.ts';

/** A desk with one appeal of Monday 10:00; `to` gives what is said when the clock is moved. */
async function desk() {
  const opened = await openTestDesk({ rooms: [] });
  const texts = (heard: readonly Said[]) => heard.map(({ text = '' }) => text).join('\n');
  const to = async (local: string) => texts(await opened.to(`${local.replace(' ', 'T')}:00+08:00`));
  const say = async (from: string, text: string) => texts(await opened.say(from, text));
  await say('张奶奶', '3栋2单元楼道灯不亮');
  const appeal = async () => (await opened.store.transaction((tx) => tx.find('appeals')))[0];
  return { to, appeal, say };
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
    expect(await to('2026-12-04 09:00')).toContain('今天要答复');
  });
});

test('a day that passed while the bot was away is not called today', async () => {
  const { to, say } = await desk();
  await say('小周', '/受理 1');
  await to('2026-11-27 09:00');
  const told = await to('2026-12-01 10:00');
  expect(told).not.toContain('今天要答复');
  expect(told).toMatch(/【已经超期】\n.*11月30日到期/);
});
