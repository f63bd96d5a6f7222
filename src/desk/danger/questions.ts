import { z } from 'zod';
import { isDenial } from '../../domain/danger/denial.ts';
import { chosenNumber } from '../../domain/words/short-answer.ts';
import { afterSlash } from '../commands/parse.ts';
import { question, settle } from '../kernel/question.ts';
import { may } from '../kernel/staff.ts';
import { here } from '../kernel/turn.ts';
import { kindOf } from './alarms.ts';
import { ownWordsOf } from './cards.ts';
import { raise } from './raising.ts';

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
  inSentences: true,
  reads(turn, { emergency }) {
    if (!kindOf(turn.content, emergency)) return 'other';
    if (may(turn.person, 'worker') && afterSlash(turn.text) !== undefined) return 'other';
    return { answer: isDenial(turn.content.simplify(turn.text), turn.content.dangerTalk.denial) ? 'safe' : 'told' };
  },
  async answers(turn, { emergency, text }, answer) {
    // What was said first and the answer are read together.
    const said = chosenNumber(turn.text) === undefined ? `${text} ${turn.text}`.trim() : text;
    const heard = [turn.understood.emergency, turn.content.understand(said).emergency].find((each) => each?.certainty === 'explicit');
    const kind = heard?.kind ?? kindOf(turn.content, emergency);
    await turn.tx.remove('suspicions', turn.conversation.id);
    await settle(turn);
    if (answer === 'safe' || !kind) {
      const asked = kindOf(turn.content, emergency);
      const calm = (asked && ownWordsOf(turn.content, asked, text).calm) ?? turn.say('emergency.calm');
      return { decision: 'emergency', topic: null, replies: [here(turn, calm)] };
    }
    return raise({ ...turn, text: said }, kind);
  },
});
