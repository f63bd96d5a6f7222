import { describe, expect, test } from '@jest/globals';
import { configExit, supervise } from '../../src/cli/supervise.ts';

/** Plays a list of lives of the bot: how long it ran (ms) and how it ended. */
async function play(lives: readonly { ran: number; code: number | null }[], stopDuring?: number) {
  let time = 0;
  let started = 0;
  const pauses: number[] = [];
  const killed: string[] = [];
  const supervised = supervise({
    spawn() {
      const life = lives[started++];
      if (!life) throw new Error('started once too often');
      return {
        kill: (signal) => killed.push(signal),
        ended: Promise.resolve().then(() => {
          time += life.ran;
          if (started === stopDuring) supervised.stop('SIGTERM');
          return life.code;
        }),
      };
    },
    now: () => time,
    pause: async (ms) => {
      pauses.push(ms);
      time += ms;
    },
    report: () => undefined,
  });
  return { code: await supervised.ended, started, pauses, killed };
}

describe('the parent of the bot', () => {
  test('starts it again after a crash, later each time', async () => {
    const crash = { ran: 10, code: 70 };
    const { started, pauses, code } = await play([...Array(8).fill(crash), { ran: 10, code: 0 }]);
    expect(started).toBe(9);
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * 1000));
    expect(code).toBe(0);
  });

  test('begins to count anew when it was well for five minutes', async () => {
    const { pauses } = await play([
      { ran: 10, code: 1 },
      { ran: 10, code: null },
      { ran: 300_000, code: 1 },
      { ran: 1, code: 0 },
    ]);
    expect(pauses).toEqual([1000, 2000, 1000]);
  });

  test('does not start again what cannot be set up', async () => {
    expect(await play([{ ran: 10, code: configExit }])).toMatchObject({ started: 1, code: configExit, pauses: [] });
  });

  test('passes a signal on and ends with the bot', async () => {
    expect(
      await play(
        [
          { ran: 10, code: 1 },
          { ran: 10, code: null },
        ],
        2,
      ),
    ).toMatchObject({ started: 2, killed: ['SIGTERM'], code: 0 });
  });
});
