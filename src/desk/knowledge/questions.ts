import { z } from 'zod';
import { chosenNumber, saysOne } from '../../domain/words/short-answer.ts';
import { afterSlash } from '../commands/parse.ts';
import { question, settle } from '../kernel/question.ts';
import { may } from '../kernel/staff.ts';
import { here } from '../kernel/turn.ts';
import { keepDraft, publish, review, skipFact, takeAnswer } from './filling.ts';
import { noteChange } from './overlay.ts';
import { taughtPhrasing } from './rows.ts';

declare module '../kernel/asked.ts' {
  interface Questions {
    /** What a fact is that only the community knows, by its id. */
    localFact: z.infer<typeof ofFact>;
    /** Whether what was filled in shall be said to residents: just what was shown. */
    publishFacts: z.infer<typeof ofPublishing>;
    /** Whether a phrasing that was just taught is to be forgotten. */
    phrasingAdded: z.infer<typeof ofPhrasing>;
  }
}

const ofFact = z.object({ fact: z.string(), doubted: z.string().exactOptional(), alone: z.literal(true).exactOptional() });
const ofPublishing = z.object({ facts: z.array(z.object({ id: z.string(), value: z.string() })) });
const ofPhrasing = z.object({ id: z.string(), before: taughtPhrasing.exactOptional() });

export const localFact = question<'localFact', 'done' | 'skip' | 'sure' | 'value'>({
  remembers: ofFact,
  minutes: 30,
  owed: true,
  ofStaff: true,
  anyWords: true,
  reads(turn, { doubted }) {
    if (afterSlash(turn.text) !== undefined || !may(turn.person, 'worker') || !turn.message.addressed) return 'other';
    if (saysOne(turn.text, [...turn.content.shortAnswers.cancel, turn.say('local.doneWord')])) return { answer: 'done' };
    if (saysOne(turn.text, [turn.say('local.skipWord')])) return { answer: 'skip' };
    return { answer: doubted !== undefined && chosenNumber(turn.text) === '1' ? 'sure' : 'value' };
  },
  async answers(turn, asked, answer) {
    await settle(turn);
    const replies = {
      done: () => review(turn, '', turn.say('local.paused')),
      skip: () => skipFact(turn, asked),
      sure: () => keepDraft(turn, asked, asked.doubted ?? ''),
      value: () => takeAnswer(turn, asked, turn.raw),
    };
    return { decision: 'action', replies: await replies[answer]() };
  },
});

export const publishFacts = question<'publishFacts', 'yes' | 'no'>({
  remembers: ofPublishing,
  minutes: 30,
  owed: true,
  ofStaff: true,
  reads(turn) {
    if (!may(turn.person, 'worker')) return 'other';
    const number = chosenNumber(turn.text);
    if (number === '1' || saysOne(turn.text, [turn.say('local.publishWord')])) return { answer: 'yes' };
    return number === '2' || saysOne(turn.text, turn.content.shortAnswers.cancel) ? { answer: 'no' } : 'other';
  },
  async answers(turn, { facts }, answer) {
    await settle(turn);
    const replies = answer === 'yes' ? await publish(turn, facts) : [here(turn, turn.say('local.held'))];
    return { decision: 'action', replies };
  },
});

/** Not put in words: what was noted tells how. Over with the next command. */
export const phrasingAdded = question<'phrasingAdded', 'cancel'>({
  remembers: ofPhrasing,
  minutes: 5,
  owed: false,
  ofStaff: true,
  reads: (turn) => (saysOne(turn.text, [turn.say('command.cancelWord')]) ? { answer: 'cancel' } : 'other'),
  async answers(turn, { id, before }) {
    await settle(turn);
    const added = await turn.tx.get('taught', id);
    if (!added) return undefined;
    if (before) await turn.tx.put('taught', before);
    else await turn.tx.remove('taught', id);
    await noteChange(turn);
    return { decision: 'action', topic: null, replies: [here(turn, turn.say('knowledge.unlearnt', { text: added.text }))] };
  },
});
