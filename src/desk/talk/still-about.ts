import { statementsOf } from '../../domain/content/answer.ts';
import { mayAsk } from '../../domain/understanding/acts.ts';
import type { Facet, Understood } from '../../domain/understanding/result.ts';
import { bareWords, hasShape } from '../../domain/words/short-answer.ts';
import { spoken } from '../../domain/words/talk.ts';
import { isOfNone, recentMatters } from '../appeals/about.ts';
import { likelyCategory } from '../appeals/filing.ts';
import { placeIn } from '../kernel/places.ts';
import { type Handler, here, type Outcome, type Turn, talkAbout, talkedOf } from '../kernel/turn.ts';
import { briefly } from '../kernel/whole.ts';
import { sideMark } from '../knowledge/answer-text.ts';
import { offerToAsk } from './fallback.ts';
import { openTopic } from './open-topic.ts';

/** What is longer begins something of its own. */
const longestTold = 24;
/** From here on a topic of its own may be meant, and something else than an answer: an action, a case. */
const another = 0.45;
const surelyAnother = 0.6;
const wants = 0.35;
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
  const topic = talkedOf(turn) ?? '';
  const record = content.answers.get(topic);
  if (!record || (turn.room && !turn.message.addressed) || turn.asked?.owed) return undefined;
  const agent = asksForAnother(turn);
  if (!agent && !staysWith(turn)) return undefined;
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
  return goOnAbout(turn, topic, text, turn.understood);
};

/** What somebody asks of what is talked about: a side that was not told yet; then who may have it; the rest is for staff to answer. */
export async function goOnAbout(turn: Turn, topic: string, text: string, understood: Understood): Promise<Outcome> {
  const { conversation, content } = turn;
  const record = content.answers.get(topic);
  const title = content.titles.get(topic) ?? '';
  const told = conversation.told ?? [];
  const [{ facet }] = understood.questions;
  const isSaid = (side: Facet) => told.includes(sideMark(side));
  if (facet !== null && facet !== 'conditions' && record?.facets[facet] && !isSaid(facet)) return openTopic(turn, topic, facet, text);
  if (!record?.facets.conditions || told.includes(ownCase)) return forStaff(turn, topic, text, understood);
  const shown = isSaid('conditions') ? answer(turn, topic, []) : await openTopic(turn, topic, 'conditions', text);
  talkAbout(turn, topic, [...(conversation.told ?? []), ownCase]);
  if (turn.asked?.question.kind !== 'offer') await offerToAsk(turn, topic, title, text);
  return { ...shown, replies: [...shown.replies, here(turn, turn.say('talk.ownCase'))] };
}

/** What is asked of a topic beyond what was said of it is for staff to answer. */
async function forStaff(turn: Turn, topic: string, text: string, understood: Understood): Promise<Outcome> {
  const title = turn.content.titles.get(topic) ?? '';
  talkAbout(turn, topic, turn.conversation.told);
  await offerToAsk(turn, topic, title, text);
  // Who tells of their own case asks nothing that could be said again.
  const { asking, goesOn } = turn.content.talkWords;
  const isAsked = hasShape(text, asking) || goesOn.andThis.some((shape) => shape.test(spoken(text)));
  const tells = !isAsked && !mayAsk(understood);
  const said = tells ? turn.say('talk.ownCase') : turn.say('talk.stillAbout', { title, text: briefly(turn.say, text, '') });
  return answer(turn, topic, [said]);
}

/** The same, before it is added to what is open: what was asked about last is gone on with, where the words fit no open matter. */
export const rathersStillAbout: Handler = async (turn) => {
  const matters = talkedOf(turn) === undefined ? [] : await recentMatters(turn);
  return matters.length > 0 && isOfNone(turn, matters, turn.conversation.topicAt ?? '') ? stillAbout(turn) : undefined;
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

/** Whether a message that is about nothing by itself speaks of a case of one's own, or asks; or asks on for what was said already. */
function staysWith(turn: Turn): boolean {
  const { content, understood, text, message, conversation } = turn;
  const [{ decision, candidates, follows, facet }, ...more] = understood.questions;
  if (message.kind !== 'text' || more.length > 0 || bareWords(text).length > longestTold) return false;
  if (decision === 'answer') return follows === true && (conversation.told ?? []).includes(sideMark(facet));
  if (placeIn(content, text) !== undefined || likelyCategory(content, understood)) return false;
  const { refuse = 0, thank = 0 } = understood.act ?? {};
  if (refuse >= refuses || thank >= refuses) return false;
  const { asking, goesOn: shapes } = content.talkWords;
  if (shapes.andThis.some((shape) => shape.test(spoken(text)))) return true;
  // Danger was heard before: what only has its topic is about nothing.
  const [{ topic, score } = { topic: '', score: 0 }] = candidates.filter((each) => each.topic !== 'action.emergency');
  const tells = hasShape(text, shapes.tells);
  if (score >= (topic.startsWith('action.') ? wants : tells ? surelyAnother : another)) return false;
  return tells || mayAsk(understood) || hasShape(text, asking) || hasShape(text, shapes.asks);
}
