import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Dialogue, playDialogue, readDialogues } from '../support/dialogue.ts';

const dialogues = ['one.yaml', 'two.yaml', 'three.yaml'].flatMap((file) => readDialogues(join(import.meta.dirname, '../dialogues', file)));

/** Of what was said before danger is told in pieces, only what stands in the store is remembered: a piece that was heard before a restart is not. */
const dropsIn = async (dialogue: Dialogue, restarts: boolean) =>
  (await playDialogue(dialogue, { restarts })).misses.filter(({ dropped }) => dropped).map(({ line }) => `${dialogue.id} ${line}`);

describe('a restart between every two turns', () => {
  test('drops nothing of what is said to an open matter', async () => {
    const dropped: string[] = [];
    for (const dialogue of dialogues) dropped.push(...(await dropsIn(dialogue, true)));
    expect(dropped).toEqual([]);
  });
});
