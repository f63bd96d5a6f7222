import { test } from '@jest/globals';
import { playHamlet } from './hamlet.ts';

/** The small version of `npm run bench -- month official`: three days of a hamlet on a 服务号, over a Friday, killed now and then. */
test('on a 服务号 what happens is what was promised: nothing outside a window, heard twice, lost or leaked', async () => {
  await playHamlet(
    {
      seed: 20261001,
      days: 3,
      residents: 60,
      rooms: 0,
      official: true,
      volume: { chatter: 0, questions: 12, riddles: 2, reports: 6, dangers: 0.5, pranks: 0.3, errands: 4 },
      livesAtMost: 500,
    },
    { kills: 3, matters: 12, heard: 120 },
  );
}, 240_000);
