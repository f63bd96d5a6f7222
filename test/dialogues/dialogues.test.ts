import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Miss, playDialogue, readDialogues } from '../support/dialogue.ts';

/**
 * Dialogues of many turns that were written before the program was: `must` says what has to become of what somebody says. At least so
 * many of a hundred such turns have to hold, and at most so many of all may be dropped: the first figure only rises, the second only falls.
 * `DIALOGUES=played` writes down what does not hold, and all that was said.
 */
const floors = [
  { file: 'one.yaml', holds: 78, dropped: 0 },
  { file: 'two.yaml', holds: 70, dropped: 0 },
  { file: 'three.yaml', holds: 84, dropped: 0 },
];

describe('what is said to an open matter is not lost', () => {
  test.each(floors)(
    '$file',
    async ({ file, holds, dropped }) => {
      let turns = 0;
      const misses: Miss[] = [];
      const lines: string[] = [];
      for (const dialogue of readDialogues(join(import.meta.dirname, file))) {
        const played = await playDialogue(dialogue);
        turns += played.turns;
        misses.push(...played.misses);
        lines.push(...played.lines);
      }
      const share = 1 - misses.length / turns;
      if (process.env.DIALOGUES) {
        const known = misses.map(({ dialogue, line, must, dropped }) => `${dialogue}${dropped ? ' DROPPED' : ''} ${must}\n  ${line}`);
        writeFileSync(`${process.env.DIALOGUES}.${file}`, [`${share.toFixed(3)} of ${turns}`, ...known, ...lines, ''].join('\n'));
      }
      expect(Math.floor(share * 100)).toBeGreaterThanOrEqual(holds);
      expect(misses.filter((miss) => miss.dropped).length).toBeLessThanOrEqual(dropped);
    },
    120_000,
  );
});
