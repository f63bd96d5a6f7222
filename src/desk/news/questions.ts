import { z } from 'zod';
import { chosenNumber, saysOne } from '../../domain/words/short-answer.ts';
import { question, settle } from '../kernel/question.ts';
import { here } from '../kernel/turn.ts';
import { removeItem } from './item-commands.ts';
import { togetherMinutes } from './pictures.ts';
import { pastEdition } from './reading.ts';

declare module '../kernel/asked.ts' {
  interface Questions {
    /** Which of some editions shall be read back, by number. */
    edition: z.infer<typeof ofEdition>;
    /** Whether what was just added shall stay: nobody is asked; “取消” takes it back. */
    newsAdded: z.infer<typeof ofAdded>;
  }
}

const ofEdition = z.object({ editions: z.array(z.string()) });
const ofAdded = z.object({ item: z.string() });

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

export const newsAdded = question<'newsAdded', 'cancel'>({
  remembers: ofAdded,
  minutes: togetherMinutes,
  // A picture that joins the item leaves it open.
  owed: true,
  ofStaff: true,
  // Other words of refusing may mean a form that it covers.
  reads: (turn) => (saysOne(turn.text, [turn.say('command.cancelWord')]) ? { answer: 'cancel' } : 'other'),
  async answers(turn, { item: id }) {
    await settle(turn);
    const item = await turn.tx.get('newsItems', id);
    return item && item.removedAt === undefined
      ? { decision: 'action', topic: null, replies: [here(turn, await removeItem(turn, item))] }
      : undefined;
  },
});
