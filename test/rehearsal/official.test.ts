import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { rehearse } from '../../bench/month/rehearsal.ts';
import { shippedContent } from '../support/content.ts';

/** The small version of `npm run bench -- month official`: three days of a hamlet on a 服务号, over a Friday, killed now and then. */
test('on a 服务号 what happens is what was promised: nothing outside a window, heard twice, lost or leaked', async () => {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'lianxinqiao-rehearsal-'));
  try {
    const { differences, kills, matters, heard } = await rehearse({
      folder,
      content: shippedContent(),
      seed: 20261001,
      days: 3,
      residents: 60,
      rooms: 0,
      official: true,
      volume: { chatter: 0, questions: 12, riddles: 2, reports: 6, dangers: 0.5, pranks: 0.3, errands: 4 },
      livesAtMost: 500,
    });
    expect(differences).toEqual([]);
    expect({ killed: kills > 3, matters: matters > 12, heard: heard > 120 }).toEqual({ killed: true, matters: true, heard: true });
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 240_000);
