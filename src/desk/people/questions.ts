import { z } from 'zod';
import { bareWords, chosenNumber, saysOne } from '../../domain/words/short-answer.ts';
import { noteAct } from '../kernel/audit.ts';
import { question, settle } from '../kernel/question.ts';
import { here } from '../kernel/turn.ts';
import { eraseAct, erasePerson } from './erasure.ts';
import { erasedNotice, erasedText, eraseQuestion } from './own-data.ts';

declare module '../kernel/asked.ts' {
  interface Questions {
    /** Whether everything that is held about whoever asked shall really be deleted. */
    erasure: Record<never, never>;
  }
}

export const erasure = question<'erasure', 'erase' | 'keep'>({
  remembers: z.object({}),
  minutes: 10,
  owed: true,
  reads(turn) {
    const { yes, no, cancel, erase } = turn.content.shortAnswers;
    const number = chosenNumber(turn.text);
    if (number === '2' || /^不/.test(bareWords(turn.text)) || saysOne(turn.text, [...no, ...cancel])) return { answer: 'keep' };
    if (number === '1' || saysOne(turn.text, [...yes, ...erase])) return { answer: 'erase' };
    const [{ decision, topic }] = turn.understood.questions;
    return (decision === 'answer' && topic !== null) || turn.message.kind !== 'text' ? 'other' : 'unclear';
  },
  again: (turn) => eraseQuestion(turn),
  async answers(turn, _, answer) {
    await settle(turn);
    if (answer === 'keep') return { decision: 'action', replies: [here(turn, turn.say('privacy.eraseKept'))] };
    const withdrawn = await erasePerson(turn);
    await noteAct(turn, eraseAct, true, turn.person.id);
    return { decision: 'action', replies: [here(turn, erasedText(turn)), ...(await erasedNotice(turn, withdrawn))] };
  },
});
