import { describe, expect, test } from '@jest/globals';
import { createPulse } from '../../../src/adapters/wechat/pulse.ts';

const minute = 60_000;

function stage(lastAlive?: number) {
  const told: string[] = [];
  const world = { now: 100 * minute, loggedIn: true, lastSync: 100 * minute };
  const pulse = createPulse(
    {
      health: () => world,
      now: () => new Date(world.now),
      alive: async () => void told.push('alive'),
      away: async (from, to) => void told.push(`away ${from.getTime() / minute}–${to.getTime() / minute}`),
      deaf: () => void told.push('deaf'),
    },
    lastAlive,
  );
  /** The clock moves; in touch unless said otherwise. */
  const at = async (minutes: number, { inTouch = true } = {}) => {
    world.now = minutes * minute;
    if (inTouch) world.lastSync = world.now;
    await pulse.beat();
    return told.splice(0);
  };
  return { pulse, world, at };
}

describe('the pulse', () => {
  test('notes that it is in touch, and waits patiently through a short silence', async () => {
    const { at } = stage();
    expect(await at(100)).toEqual(['alive']);
    expect(await at(103, { inTouch: false })).toEqual([]);
  });

  test('a client that says it is logged in and hears nothing for ten minutes is given up', async () => {
    const { at } = stage();
    await at(100);
    expect(await at(109, { inTouch: false })).toEqual([]);
    expect(await at(111, { inTouch: false })).toEqual(['deaf']);
  });

  test('nobody is deaf who is not logged in: a scan may take a day', async () => {
    const { at, world } = stage();
    world.loggedIn = false;
    expect(await at(1000, { inTouch: false })).toEqual([]);
  });

  test('an absence is told when nothing of it came within two minutes, also one over a restart', async () => {
    const { at } = stage(80 * minute);
    expect(await at(100)).toEqual(['alive']);
    expect(await at(101)).toEqual(['alive']);
    expect(await at(102)).toEqual(['alive', 'away 80–100']);
    expect(await at(103)).toEqual(['alive']);
  });

  test('and not when the server has kept what was said', async () => {
    const { at, pulse } = stage(80 * minute);
    await at(100);
    pulse.heard(90 * minute);
    expect(await at(103)).toEqual(['alive']);
  });

  test('four minutes are not worth a word', async () => {
    const { at } = stage(96 * minute);
    await at(100);
    expect(await at(103)).toEqual(['alive']);
  });
});
