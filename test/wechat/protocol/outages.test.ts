import { afterEach, describe, expect, test } from '@jest/globals';
import type { Person } from '../web-wechat/world.ts';
import { openStage, type Stage } from './probing.ts';

/** Outages are told by what the client does in them, so that they are the same on a busy machine. */
describe('the real puppet without a network', () => {
  let stage: Stage;
  let granny: Person;

  const open = async (factor: number) => {
    stage = await openStage(
      (world) => {
        granny = world.friend('张奶奶');
      },
      { factor },
    );
    return stage;
  };
  afterEach(() => stage.close());

  test('for a moment loses nothing', async () => {
    const { wechat, probe } = await open(20);
    wechat.faults.cut({ until: { synccheck: 1 } });
    wechat.talk.say(granny, '断了一下');
    expect(await probe.hears('断了一下')).toHaveLength(1);
  });

  test('until its third failure (8 s) starts anew, and drops what was said in the gap as old', async () => {
    const { wechat, probe } = await open(20);
    wechat.faults.cut({ until: { synccheck: 3 } });
    wechat.talk.say(granny, '断了以后');
    await wechat.world.until(() => (wechat.calls.get('webwxinit') ?? 0) > 1, 'a new start');
    await wechat.account.heardAll();
    wechat.talk.say(granny, '好了以后');
    await probe.hears('好了以后');
    expect(probe.heard.filter(({ text }) => text === '断了以后')).toEqual([]);
    expect(probe.heard.flatMap(({ event, text = '' }) => (event === 'error' ? [text] : [])).join()).toContain('5s后尝试重启');
  });

  test('until its new start has failed (15 s) is deaf for minutes, and says that it is logged in', async () => {
    const { wechat, probe } = await open(100);
    const checks = () => wechat.calls.get('synccheck') ?? 0;
    wechat.faults.cut({ until: { webwxinit: 1 } });
    // The one attempt that is left, a minute later, succeeds, but does not sync again.
    await wechat.world.until(() => (wechat.calls.get('webwxinit') ?? 0) > 2, 'the last attempt');
    const deafFrom = wechat.world.clock.now().getTime();
    const before = checks();
    wechat.talk.say(granny, '听得到吗');
    expect(await probe.run((bot) => bot.isLoggedIn, undefined)).toBe(true);
    await wechat.world.until(() => checks() > before, 'another sync');
    const deafSeconds = (wechat.world.clock.now().getTime() - deafFrom) / 1000;
    expect(deafSeconds).toBeGreaterThan(60);
  });
});
