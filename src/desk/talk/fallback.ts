import { isChat } from '../../domain/understanding/acts.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { bareWords, hasShape } from '../../domain/words/short-answer.ts';
import { spoken } from '../../domain/words/talk.ts';
import { likelyCategory } from '../appeals/filing.ts';
import { isUnnamedWish, startAppeal, startAppealAt, startUnnamed } from '../appeals/form.ts';
import { placeIn } from '../kernel/places.ts';
import { ask, isSame, topOf } from '../kernel/question.ts';
import { type Handler, here, type Outcome, type Turn } from '../kernel/turn.ts';
import { kept } from '../kernel/whole.ts';
import { localValue } from '../knowledge/answer-text.ts';
import { rememberUnanswered } from '../knowledge/unanswered.ts';

/** A topic that came no nearer than this is no guess worth telling staff. */
const worthGuessing = 0.15;
/** A topic that came as near as this may be meant, however idly it is said. */
const perhapsMatter = 0.2;
/** Shorter than this, what was said beside a place tells nothing. */
const leastTold = 5;

/** No idea: says so, never guesses, and offers a person. */
export const fallback: Handler = async (turn) => {
  if (turn.message.kind === 'voice') return { decision: 'fallback', topic: null, replies: [here(turn, turn.say('fallback.voice'))] };
  if (bareWords(turn.text) === '') return { decision: 'fallback', topic: null, replies: [here(turn, turn.say('fallback.wordless'))] };
  const place = placeIn(turn.content, turn.text);
  if (place !== undefined && bareWords(place) === bareWords(turn.text)) return startAppealAt(turn, place);
  if (isUnnamedWish(turn)) return startUnnamed(turn);
  const told = await toldOfPlace(turn);
  if (told) return told;
  if (turn.content.learning) return { decision: 'fallback', topic: null, replies: [here(turn, turn.say('fallback.learning'))] };
  const [best] = turn.understood.questions[0].candidates;
  // "今天太阳好大哦" leaves staff nothing to learn; who meant something all the same may have it passed on.
  if (isIdle(turn) && (best?.score ?? 0) < perhapsMatter) {
    await ask(turn, { kind: 'offer', text: kept(turn, turn.text) });
    return { decision: 'fallback', topic: null, replies: [here(turn, turn.say('smallTalk.chat'))] };
  }
  await rememberUnanswered(turn, turn.text, best && best.score >= worthGuessing ? best.topic : undefined);
  turn.conversation.misses += 1;
  return offerHelp(turn, turn.text);
};

/** Whether somebody chats, in words, and neither asks nor advertises anything. */
function isIdle({ text, understood, content: { talkWords } }: Turn): boolean {
  return (
    isChat(understood) && /\p{Script=Han}/u.test(text) && !hasShape(text, [...talkWords.asking, ...talkWords.advert, ...talkWords.naming])
  );
}

/** Whoever names a place and tells something of it reports something there, whatever it is. */
export const toldOfPlace: Handler = async (turn) => {
  const place = placeIn(turn.content, turn.text);
  if (place === undefined || !tellsMore(turn, place) || hasShape(turn.text, turn.content.talkWords.advert)) return undefined;
  return startAppeal(turn, likelyCategory(turn.content, turn.understood)?.id ?? 'appeal.other', turn.text);
};

/** Beside a place so much was said, or plainly what is the matter, and nothing asked. */
function tellsMore({ text, content }: Turn, place: string): boolean {
  const beside = text.replace(place, ' ').trim();
  const rest = spoken(beside);
  if (content.talkWords.asking.some((shape) => shape.test(rest))) return false;
  if (rest.length >= leastTold) return true;
  const [{ decision, topic }] = content.understand(beside).questions;
  return decision === 'answer' && content.categories.has(topic ?? '');
}

/**
 * Waits for the "1" with which what an answer leaves open is put to the staff, together with the words that asked for it. Of two answers
 * to one message both are put.
 */
export async function offerToAsk(turn: Turn, topic: string, open: string, words: string): Promise<void> {
  const top = await topOf(turn);
  const isNew = top !== undefined && ![turn.asked, ...turn.covered].some((each) => isSame(each?.question, top.question));
  const before = isNew && top.question.kind === 'offer' ? `${top.question.text}\n` : '';
  const text = before + turn.say('answer.toAsk', { open, words: kept(turn, oneLine(words)) });
  await ask(turn, { kind: 'offer', text: kept(turn, text), topic });
}

/** Offers to put a question to the staff; after a second miss in a row more plainly. */
export async function offerHelp(turn: Turn, text: string): Promise<Outcome> {
  await ask(turn, { kind: 'offer', text: kept(turn, text) });
  const phone = localValue('office.phone', turn);
  const said = turn.conversation.misses >= 2 ? turn.say('fallback.again', { phone }) : turn.say('fallback.first', { phone });
  return { decision: 'fallback', topic: null, replies: [here(turn, said)] };
}
