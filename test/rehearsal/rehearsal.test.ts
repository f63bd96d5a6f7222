import { test } from '@jest/globals';
import { playHamlet } from './hamlet.ts';

/** The small version of `npm run bench -- month`: a hamlet for nine days, over a Sunday that is worked, killed now and then. */
test('what happens is what was promised: nothing lost, doubled, early, late or leaked', async () => {
  await playHamlet(
    {
      seed: 20260914,
      days: 9,
      residents: 200,
      rooms: 4,
      volume: { chatter: 20, questions: 25, riddles: 3, reports: 6, dangers: 0.5, pranks: 0.3, errands: 4 },
      livesAtMost: 1500,
    },
    { kills: 3, matters: 40, heard: 500 },
  );
}, 240_000);
