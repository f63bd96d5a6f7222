import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { play, readTranscript } from './support/transcript.ts';

/** Each transcript is a promise to a resident or a member of staff. `UPDATE_TRANSCRIPTS=1` writes down what is said now. */
const folder = join(import.meta.dirname, 'conversations');

describe('conversations', () => {
  test.each(readdirSync(folder).filter((name) => name.endsWith('.txt')))('%s', async (name) => {
    const path = join(folder, name);
    const written = readFileSync(path, 'utf8');
    const played = await play(readTranscript(written));
    if (process.env.UPDATE_TRANSCRIPTS) writeFileSync(path, played);
    else expect(played).toBe(written);
  });
});
