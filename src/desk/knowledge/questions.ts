import { z } from 'zod';
import { bareWords, saysOne } from '../../domain/words/short-answer.ts';
import { afterSlash } from '../commands/parse.ts';
import { question, settle } from '../kernel/question.ts';
import { may } from '../kernel/staff.ts';
import { here } from '../kernel/turn.ts';
import { keepFact, skipFact } from './local.ts';

declare module '../kernel/asked.ts' {
  interface Questions {
    /** What a fact is that only the community knows, by its id. */
    localFact: z.infer<typeof ofFact>;
  }
}

const ofFact = z.object({ fact: z.string() });

export const localFact = question<'localFact', 'cancel' | 'skip' | 'value'>({
  remembers: ofFact,
  minutes: 30,
  owed: true,
  ofStaff: true,
  anyWords: true,
  reads(turn) {
    if (afterSlash(turn.text) !== undefined || !may(turn.person, 'worker') || !turn.message.addressed) return 'other';
    if (saysOne(turn.text, turn.content.shortAnswers.cancel)) return { answer: 'cancel' };
    return { answer: bareWords(turn.text) === bareWords(turn.say('local.skipWord')) ? 'skip' : 'value' };
  },
  async answers(turn, { fact }, answer) {
    await settle(turn);
    if (answer === 'cancel') return { decision: 'action', replies: [here(turn, turn.say('local.paused'))] };
    return { decision: 'action', replies: answer === 'skip' ? await skipFact(turn, fact) : await keepFact(turn, fact, turn.raw) };
  },
});
