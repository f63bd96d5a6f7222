import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { rehearse } from '../../bench/month/rehearsal.ts';
import { shippedContent } from '../support/content.ts';

/** The small version of `npm run bench -- month`: a hamlet for nine days, over a Sunday that is worked, killed now and then. */
test('what happens is what was promised: nothing lost, doubled, early, late or leaked', async () => {
  // In memory where there is such a folder: it is not the disk that is tested.
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'lianxinqiao-rehearsal-'));
  try {
    const { differences, kills, matters, heard } = await rehearse({
      folder,
      content: shippedContent(),
      seed: 20260914,
      days: 9,
      residents: 200,
      rooms: 4,
      volume: { chatter: 20, questions: 25, riddles: 3, reports: 6, dangers: 0.5, pranks: 0.3, errands: 4 },
      livesAtMost: 1500,
    });
    expect(differences).toEqual([]);
    // Otherwise too little would have happened for that to say anything.
    expect({ killed: kills > 3, matters: matters > 40, heard: heard > 500 }).toEqual({ killed: true, matters: true, heard: true });
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 240_000);
