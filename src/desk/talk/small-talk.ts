import { chats } from '../../domain/content/knowledge.ts';
import { inShanghai, spokenDay, spokenWeekday } from '../../domain/time/clock-time.ts';
import { hasShape, saysOne } from '../../domain/words/short-answer.ts';
import { courtesyIn } from '../../domain/words/talk.ts';
import { settle } from '../kernel/question.ts';
import { type Handler, here, type Outcome, type Turn } from '../kernel/turn.ts';
import { localValue } from '../knowledge/answer-text.ts';

/** What each counts as. */
const topics = { nod: 'action.thanks', call: 'action.greeting', puzzled: null, office: null } as const;

/** 👍, 嗯, 哈哈, "?", a sticker, a bare "@小桥": a short word, never the last answer again, and nothing is taken down. */
export const smallTalk: Handler = async (turn) => {
  if (turn.room && !turn.message.addressed) return undefined;
  const said = turn.content.simplify(turn.text);
  if (hasShape(said, turn.content.smallTalk.aboutBot)) return whatItIs(turn);
  const chat = chats.find((each) => hasShape(said, turn.content.smallTalk.chats[each]));
  if (chat && !turn.asked?.owed) {
    // "1" means nothing any more that was offered before.
    if (turn.asked) await settle(turn);
    return { decision: 'fallback', topic: null, replies: [here(turn, chatted(turn, chat))] };
  }
  const courtesy = courtesyIn(said, turn.content.smallTalk.courtesies);
  if (courtesy === 'thank') return { decision: 'action', topic: 'action.thanks', replies: [here(turn, turn.say('talk.thanks'))] };
  const key = courtesy ? 'nod' : kindOf(turn);
  return key && { decision: 'action', topic: topics[key], replies: [here(turn, turn.say(`smallTalk.${key}`))] };
};

function chatted(turn: Turn, chat: (typeof chats)[number]): string {
  return chat === 'today'
    ? turn.say('smallTalk.today', { date: spokenDay(turn.now), day: spokenWeekday(inShanghai(turn.now).weekday) })
    : turn.say(`smallTalk.${chat}`);
}

/** What it is, who it belongs to, and how to reach a person. */
export function whatItIs(turn: Turn): Outcome {
  const { botName: bot, name: community } = turn.content.community;
  const text = turn.say('talk.aboutBot', { bot, community, phone: localValue('office.phone', turn) });
  return { decision: 'action', topic: 'action.about-bot', replies: [here(turn, text)] };
}

function kindOf({ message, text, content: { smallTalk: words } }: Turn): 'nod' | 'call' | 'puzzled' | 'office' | undefined {
  if (message.kind === 'sticker') return 'nod';
  if (message.kind !== 'text') return undefined;
  const said = text.normalize('NFKC').trim();
  if (said === '') return 'call';
  if (/^[?？!！。.…\s]+$/u.test(said)) return 'puzzled';
  if (/^[\p{S}\p{M}\p{Cf}\p{P}\s]+$/u.test(said) || /^(?:\[[\p{Script=Han}a-z]{1,6}\])+$/iu.test(said)) return 'nod';
  if (saysOne(said, words.nods)) return 'nod';
  if (saysOne(said, words.calls) || hasShape(said, words.hello)) return 'call';
  if (saysOne(said, words.puzzled)) return 'puzzled';
  return saysOne(said, words.office) ? 'office' : undefined;
}
