import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { type Rehearsal, rehearse } from '../../bench/month/rehearsal.ts';
import { shippedContent } from '../support/content.ts';

/** What has to have happened at least, so that nothing else happening says anything: more kills, matters and messages than that. */
export interface Enough {
  readonly kills: number;
  readonly matters: number;
  readonly heard: number;
}

/** Plays a hamlet in a folder of its own: in memory where there is such a folder, since it is not the disk that is tested. */
export async function playHamlet(hamlet: Omit<Rehearsal, 'folder' | 'content'>, enough: Enough): Promise<void> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'lianxinqiao-rehearsal-'));
  try {
    const { differences, kills, matters, heard } = await rehearse({ ...hamlet, folder, content: shippedContent() });
    expect(differences).toEqual([]);
    expect({ killed: kills > enough.kills, matters: matters > enough.matters, heard: heard > enough.heard }).toEqual({
      killed: true,
      matters: true,
      heard: true,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
