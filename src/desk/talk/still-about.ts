import { statementsOf } from '../../domain/content/answer.ts';
import { bareWords, hasShape } from '../../domain/words/short-answer.ts';
import { likelyCategory } from '../appeals/filing.ts';
import { placeIn } from '../kernel/places.ts';
import { type Handler, here, isTalkedAbout, type Outcome, type Turn, talkAbout } from '../kernel/turn.ts';
import { briefly } from '../kernel/whole.ts';
import { offerToAsk } from './fallback.ts';
import { openTopic } from './open-topic.ts';

/** What is longer begins something of its own. */
const longestTold = 24;
const longestAsked = 12;
/** From here on a topic of its own is meant. */
const another = 0.6;
/** From here on a message refuses, or thanks. */
const refuses = 0.3;
/** Said of a topic once that who may have it was told because of somebody's own case. */
const ownCase = 'own-case';
/** What is said of others who may do it ("监护人可以代办"). */
const byOthers = /代办|代领|代为|代您|(?:可以|能|书面)委托|亲自|本人(?:去|到|来)|近亲属/u;

/**
 * "我是外地的", "他有房子", "三级的有没得": who tells of their own case, or asks in half a sentence, goes on with what is talked about. They hear who
 * may have it, and what that means for them is for staff to say. The topic stays, for the next "好多钱".
 */
export const stillAbout: Handler = async (turn) => {
  const { conversation, content, text } = turn;
  const topic = isTalkedAbout(conversation, turn.now) ? (conversation.topic ?? '') : '';
  const record = content.answers.get(topic);
  if (!record || (turn.room && !turn.message.addressed) || turn.asked?.owed) return undefined;
  const agent = asksForAnother(turn);
  if (!agent && !goesOn(turn)) return undefined;
  const title = content.titles.get(topic) ?? '';
  const told = conversation.told ?? [];
  if (agent) {
    const known = statementsOf(record).flatMap((each) => each.text.split('\n').filter((line) => byOthers.test(line)));
    talkAbout(turn, topic, told);
    await offerToAsk(turn, topic, title, text);
    return answer(turn, topic, [
      known.length > 0 ? `${known.join('\n')}\n${turn.say('talk.ownCase')}` : turn.say('talk.byOthers', { title }),
    ]);
  }
  if (record.facets.conditions && !told.includes(ownCase)) {
    const shown = await openTopic(turn, topic, 'conditions', text);
    talkAbout(turn, topic, [...(conversation.told ?? []), ownCase]);
    if (turn.asked?.question.kind !== 'offer') await offerToAsk(turn, topic, title, text);
    return { ...shown, replies: [...shown.replies, here(turn, turn.say('talk.ownCase'))] };
  }
  talkAbout(turn, topic, told);
  await offerToAsk(turn, topic, title, text);
  return answer(turn, topic, [turn.say('talk.stillAbout', { title, text: briefly(turn.say, text, '') })]);
};

function answer(turn: Turn, topic: string, lines: readonly string[]): Outcome {
  return { decision: 'answer', topic, facet: null, replies: lines.map((line) => here(turn, line)) };
}

/** Whether it is asked if somebody else may do it, or one of two may stay away, and no other matter is named. */
function asksForAnother({ content, understood, text, message }: Turn): boolean {
  const [{ decision, topic }] = understood.questions;
  const names = decision === 'answer' && topic !== 'office.appointment';
  return message.kind === 'text' && !names && bareWords(text).length <= longestTold && hasShape(text, content.talkWords.goesOn.agent);
}

/** Whether a message that is about nothing by itself speaks of a case of one's own, or asks in half a sentence. */
function goesOn(turn: Turn): boolean {
  const { content, understood, text, message } = turn;
  const [{ decision, candidates }, ...more] = understood.questions;
  if (message.kind !== 'text' || decision === 'answer' || more.length > 0 || placeIn(content, text) !== undefined) return false;
  if (likelyCategory(content, understood) || (candidates[0]?.score ?? 0) >= another) return false;
  if ((understood.act?.refuse ?? 0) >= refuses || (understood.act?.thank ?? 0) >= refuses) return false;
  const { asking, goesOn: shapes } = content.talkWords;
  const said = bareWords(text).length;
  if (hasShape(text, asking)) return decision === 'decline' && said <= longestAsked && hasShape(text, shapes.asks);
  return said <= longestTold && hasShape(text, shapes.tells);
}
