import { findPlace } from '../../domain/words/place.ts';
import { bareWords, chosenNumber, saysOne } from '../../domain/words/short-answer.ts';
import { question, settle } from '../kernel/question.ts';
import { here } from '../kernel/turn.ts';
import { raise } from './emergency.ts';

declare module '../kernel/asked.ts' {
  interface Questions {
    /** Whether somebody is in danger now; `text` is what made the bot ask, `emergency` the kind that it sounded like. */
    danger: { emergency: string; text: string };
  }
}

export const danger = question<'danger', 'safe' | 'one' | 'told'>({
  minutes: 10,
  owed: true,
  rank: 9,
  reads(turn, { emergency }) {
    const { danger: shapes, noPlace, place } = turn.content.shortAnswers;
    const number = chosenNumber(turn.text);
    const said = bareWords(turn.text);
    if (!turn.content.emergencies.kinds.some(({ id }) => id === emergency)) return 'other';
    if (number === '2' || shapes.no.test(said)) return { answer: 'safe' };
    if (number === '1') return { answer: 'one' };
    // Whoever tells of danger again has answered.
    const again = turn.understood.emergency !== null || findPlace(turn.text, place) !== undefined || saysOne(turn.text, noPlace);
    return shapes.yes.test(said) || again ? { answer: 'told' } : 'other';
  },
  async answers(turn, { emergency, text }, answer) {
    const kind = turn.content.emergencies.kinds.find(({ id }) => id === emergency);
    await turn.tx.remove('alarms', turn.conversation.id);
    await settle(turn);
    if (answer === 'safe' || !kind) return { decision: 'emergency', topic: null, replies: [here(turn, turn.say('emergency.calm'))] };
    return raise({ ...turn, text: answer === 'one' ? text.trim() : `${text} ${turn.text}`.trim() }, kind);
  },
});
