import { z } from 'zod';
import { chosenNumber } from '../../domain/words/short-answer.ts';
import { question } from '../kernel/question.ts';
import { pastEdition } from './reading.ts';

declare module '../kernel/asked.ts' {
  interface Questions {
    /** Which of some editions shall be read back, by number. */
    edition: z.infer<typeof ofEdition>;
  }
}

const ofEdition = z.object({ editions: z.array(z.string()) });

export const edition = question<'edition', string>({
  remembers: ofEdition,
  minutes: 10,
  owed: false,
  reads(turn, { editions }) {
    const id = editions[Number(chosenNumber(turn.text)) - 1];
    return id === undefined ? 'other' : { answer: id };
  },
  // The question stays, so that another edition can be looked at.
  answers: (turn, _, id) => pastEdition(turn, id),
});
