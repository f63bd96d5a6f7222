import { bareWords, chosenNumber, chosenOf, saysOne } from '../../domain/short-answer.ts';
import { keepFact, skipFact } from '../commands/local.ts';
import { afterSlash } from '../commands/parse.ts';
import { runLine } from '../commands/run.ts';
import { may } from '../staff.ts';
import type { PendingQuestion } from '../tables.ts';
import { type Handler, here, type Outcome, settle, type Turn } from '../turn.ts';
import { continueAppeal, startAppeal } from './appeal.ts';
import { raise } from './emergency.ts';
import { offerHelp } from './fallback.ts';
import { openTopic } from './open-topic.ts';

/** The question that waits for an answer owns numbers and short answers. */
export const pending: Handler = async (turn) => {
  const question = turn.pending?.question;
  return question ? answered[question.kind](turn, question as never) : undefined;
};

type Of<K extends PendingQuestion['kind']> = Extract<PendingQuestion, { kind: K }>;

const answered: { [K in PendingQuestion['kind']]: (turn: Turn, question: Of<K>) => Promise<Outcome | undefined> } = {
  async choice(turn, { topics, facet, text }) {
    const choice = chosenOf(
      turn.text,
      topics.map((topic) => turn.content.titles.get(topic) ?? topic),
      turn.content.shortAnswers,
    );
    if (choice === undefined) return undefined;
    await settle(turn);
    const topic = choice === 'none' ? undefined : topics[choice];
    if (topic === undefined) return offerHelp(turn, text);
    await turn.tx.insert('feedback', {
      id: turn.ids.id(),
      text,
      topic,
      verdict: 'chosen',
      person: turn.person.id,
      at: turn.now.toISOString(),
    });
    return openTopic(turn, topic, facet, text);
  },

  form: (turn, { draft, asks }) => continueAppeal(turn, draft, asks),

  async danger(turn, { emergency, text }) {
    const { yes, no } = turn.content.shortAnswers;
    const kind = turn.content.emergencies.kinds.find(({ id }) => id === emergency);
    const number = chosenNumber(turn.text);
    const safe = number === '2' || saysOne(turn.text, no);
    if (!kind || !(safe || number === '1' || saysOne(turn.text, yes))) return undefined;
    await turn.tx.remove('alarms', turn.conversation.id);
    if (!safe) return raise({ ...turn, text }, kind);
    await giveBack(turn);
    return { decision: 'emergency', topic: null, replies: [here(turn, turn.say('emergency.calm'))] };
  },

  async offer(turn, { text }) {
    const { yes, no, cancel } = turn.content.shortAnswers;
    const number = chosenNumber(turn.text);
    if (number === '1' || saysOne(turn.text, yes)) {
      await settle(turn);
      return startAppeal(turn, 'appeal.other', text, '咨询');
    }
    if (number !== '0' && !saysOne(turn.text, [...no, ...cancel])) return undefined;
    await settle(turn);
    return { decision: 'fallback', topic: null, replies: [here(turn, turn.say('fallback.declined'))] };
  },

  async argument(turn, { line }) {
    await settle(turn);
    if (saysOne(turn.text, turn.content.shortAnswers.cancel)) {
      return { decision: 'action', replies: [here(turn, turn.say('command.cancelled'))] };
    }
    return afterSlash(turn.text) !== undefined ? undefined : runLine(turn, `${line} ${turn.text}`);
  },

  async confirmation(turn, { line, code }) {
    const said = bareWords(turn.text);
    if (saysOne(turn.text, turn.content.shortAnswers.cancel)) {
      await settle(turn);
      return { decision: 'action', replies: [here(turn, turn.say('command.cancelled'))] };
    }
    if (said !== bareWords(`${turn.say('command.confirmWord')}${code}`) && said !== bareWords(code)) return undefined;
    await settle(turn);
    return runLine(turn, line, true);
  },

  async localFact(turn, { fact }) {
    if (afterSlash(turn.text) !== undefined || !may(turn.person, 'worker')) return undefined;
    await settle(turn);
    if (saysOne(turn.text, turn.content.shortAnswers.cancel)) {
      return { decision: 'action', replies: [here(turn, turn.say('local.paused'))] };
    }
    const skipped = bareWords(turn.text) === bareWords(turn.say('local.skipWord'));
    return { decision: 'action', replies: skipped ? await skipFact(turn, fact) : await keepFact(turn, fact, turn.text) };
  },
};

async function giveBack(turn: Turn): Promise<void> {
  const aside = turn.pending?.aside;
  if (aside)
    await turn.tx.put('pending', {
      id: turn.conversation.id,
      question: aside,
      expiresAt: turn.pending?.expiresAt ?? turn.now.toISOString(),
    });
  else await settle(turn);
}
