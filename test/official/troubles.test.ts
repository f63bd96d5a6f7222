import { afterEach, expect, test } from '@jest/globals';
import type { World } from './emulator/world.ts';
import { fridaysEdition, type OfficialStage, openOfficialStage } from './stage.ts';

let stage: OfficialStage;
afterEach(() => stage.close());

/** Staff answer a resident while something is wrong with the account; then it is set right. */
const troubles: readonly (readonly [string, (world: World) => void, (world: World) => void])[] = [
  [
    'limited for the day',
    (world) => world.fails('/cgi-bin/message/custom/send', { code: 45009 }),
    (world) => {
      world.faults.length = 0;
    },
  ],
  [
    'banned',
    (world) => {
      world.platform.banned = true;
    },
    (world) => {
      world.platform.banned = false;
    },
  ],
  [
    'with a token that is dead whatever is done',
    (world) => world.fails('/cgi-bin/message/custom/send', { code: 40001 }, { code: 40001 }, { code: 40001 }, { code: 40001 }),
    (world) => {
      world.faults.length = 0;
    },
  ],
  [
    'off the whitelist',
    (world) => {
      world.token = undefined;
      world.platform.whitelist = ['192.0.2.1'];
    },
    (world) => {
      world.platform.whitelist = undefined;
    },
  ],
];

test.each(troubles)(
  'an account that is %s answers what is asked all the same, and says the rest when it is well again',
  async (_, begin, end) => {
    stage = await openOfficialStage();
    const { world } = stage;
    const staff = stage.phone('o-staff');
    await stage.enlist(staff, '小周', 'director');
    const resident = stage.phone('o-1');
    await resident.follow();
    await resident.say('3栋2单元楼道灯坏了，晚上看不见');
    const number = /SQ\d{6}-\d{4}/.exec(resident.read())?.[0] ?? '';
    begin(world);
    await staff.say(`/回复 ${number} 师傅明天上午来`);
    expect(staff.read()).toContain(number);
    expect(resident.read()).toBe('');
    // What is asked is answered on the spot: that takes no call.
    await staff.say('/待办');
    expect(staff.read()).toContain(number);
    end(world);
    await stage.to('2026-11-24T00:10:00+08:00');
    expect(resident.read()).toContain('师傅明天上午来');
    expect(resident.all().some(({ how }) => how === 'error')).toBe(false);
    expect(world.outside).toBe(0);
  },
);

test('how long an account is limited is as the platform has it: too fast for a minute, the day’s quota until midnight', async () => {
  stage = await openOfficialStage({ at: '2026-11-23T20:00:00+08:00' });
  const { world } = stage;
  const director = stage.phone('o-director');
  await stage.enlist(director, '李主任', 'director');
  const resident = stage.phone('o-1');
  await resident.follow();
  await resident.say('3栋2单元楼道灯坏了，晚上看不见');
  const number = /SQ\d{6}-\d{4}/.exec(resident.read())?.[0] ?? '';
  const [tooFast, quota] = [45011, 45009].map((code) => ({ code }));
  const answer = async (words: string) => {
    await director.say(`/回复 ${number} ${words}`);
    return director.read();
  };
  world.fails('/cgi-bin/message/custom/send', tooFast ?? 'hang');
  expect(await answer('师傅明天上午来')).not.toContain('限制了账号');
  expect(resident.read()).toBe('');
  await stage.to('2026-11-23T20:01:30+08:00');
  expect(resident.read()).toContain('师傅明天上午来');

  world.fails('/cgi-bin/message/custom/send', quota ?? 'hang');
  expect(await answer('改到明天下午')).toContain('服务号限制了账号');
  await stage.to('2026-11-23T23:50:00+08:00');
  expect(resident.read()).toBe('');
  await stage.to('2026-11-24T00:06:00+08:00');
  expect(resident.read()).toContain('改到明天下午');
  expect(world.outside).toBe(0);
});

test('3,000 people follow: each is welcomed with the answer to their push, and no call is made', async () => {
  stage = await openOfficialStage({ at: '2026-11-26T10:00:00+08:00' });
  const { world } = stage;
  const phones = Array.from({ length: 3_000 }, (_, count) => stage.phone(`o-${count}`));
  for (let first = 0; first < phones.length; first += 100) await Promise.all(phones.slice(first, first + 100).map((each) => each.follow()));
  expect(phones.every((each) => each.all().length === 1 && each.read().includes('欢迎'))).toBe(true);
  expect(world.calls).toEqual([]);
  const kept = await stage.store.transaction(async (tx) => ({
    people: await tx.count('people'),
    deliveries: await tx.count('deliveries', { state: ['queued', 'sending', 'waiting'] }),
  }));
  expect(kept).toEqual({ people: 3_000, deliveries: 0 });
  // Windows that have closed and answers that nobody repeats any more are not kept.
  await stage.to('2026-11-28T04:00:00+08:00');
  expect(await stage.store.transaction(async (tx) => [await tx.count('windows'), await tx.count('handedOut')])).toEqual([0, 0]);
}, 300_000);

test('3,000 followers: an edition is one call, and each of them reads it once', async () => {
  stage = await openOfficialStage({ at: '2026-11-26T10:00:00+08:00' });
  const { world } = stage;
  for (let count = 0; count < 3_000; count++) world.person(`o-${count}`).follows = true;
  await stage.store.transaction((tx) => tx.put('editions', fridaysEdition(world.now())));
  await stage.to('2026-11-27T09:00:30+08:00');
  for (const job of world.jobs) await stage.tell(world.finish(job));
  expect(world.calls.filter(({ path }) => path.includes('/mass/'))).toHaveLength(1);
  expect([...world.people.values()].every(({ shown }) => shown.length === 1)).toBe(true);
});
