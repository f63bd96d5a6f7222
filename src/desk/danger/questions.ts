import { z } from 'zod';
import { isDenial } from '../../domain/danger/denial.ts';
import { chosenNumber } from '../../domain/words/short-answer.ts';
import { afterSlash } from '../commands/parse.ts';
import { question, settle } from '../kernel/question.ts';
import { may } from '../kernel/staff.ts';
import { here } from '../kernel/turn.ts';
import { raise } from './emergency.ts';

declare module '../kernel/asked.ts' {
  interface Questions {
    /** Whether somebody is in danger now; `text` is what made the bot ask, `emergency` the kind that it sounded like. */
    danger: z.infer<typeof ofDanger>;
  }
}

const ofDanger = z.object({ emergency: z.string(), text: z.string() });

/** Only a whole denial ends it. Whatever else is said is an answer too, and calls for help: whoever is in danger seldom answers to the point. */
export const danger = question<'danger', 'safe' | 'told'>({
  remembers: ofDanger,
  minutes: 10,
  owed: true,
  rank: 9,
  reads(turn, { emergency }) {
    if (!turn.content.emergencies.kinds.some(({ id }) => id === emergency)) return 'other';
    if (may(turn.person, 'worker') && afterSlash(turn.text) !== undefined) return 'other';
    return { answer: isDenial(turn.content.simplify(turn.text), turn.content.dangerTalk.denial) ? 'safe' : 'told' };
  },
  async answers(turn, { emergency, text }, answer) {
    const kind = turn.content.emergencies.kinds.find(({ id }) => id === emergency);
    await turn.tx.remove('alarms', turn.conversation.id);
    await settle(turn);
    if (answer === 'safe' || !kind) return { decision: 'emergency', topic: null, replies: [here(turn, turn.say('emergency.calm'))] };
    const said = chosenNumber(turn.text) === undefined ? `${text} ${turn.text}` : text;
    return raise(
      { ...turn, text: said.trim() },
      turn.understood.emergency?.certainty === 'explicit' ? turn.understood.emergency.kind : kind,
    );
  },
});
