import type { Category } from '../../domain/content/knowledge.ts';
import { clausesOf } from '../../domain/understanding/take-apart.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { bareWords } from '../../domain/words/short-answer.ts';
import { spoken } from '../../domain/words/talk.ts';
import { placeIn } from '../kernel/places.ts';
import { ask, settle } from '../kernel/question.ts';
import { here, type Outcome, privately, type Turn } from '../kernel/turn.ts';
import { kept } from '../kernel/whole.ts';
import { noticeOnce } from '../privacy/privacy.ts';
import { handlerOf, matterMeant, openMatters } from './about.ts';
import { isUrgent, noticeOf } from './filing.ts';
import { actingIn, fileAppeal, makeMove } from './moves.ts';
import { inPrivate } from './own-appeals.ts';
import type { Appeal } from './rows.ts';
import { toStaffOf } from './staff.ts';
import { openTalk, passOn } from './staff-talk.ts';
import { readAt } from './waiting.ts';

export const callbackTopic = 'action.callback';

/** Whether a telephone number was told. */
export function tellsNumber({ numbers }: Turn): boolean {
  return numbers.some(({ kind }) => kind === 'mobile' || kind === 'phone');
}

/** A name and a telephone number, or one of both, and no more than the words that announce them and when to phone. */
export function isContactOnly(turn: Turn): boolean {
  if (!tellsNumber(turn)) return false;
  const { naming, convenient } = turn.content.talkWords;
  const rest = naming.reduce((left, shape) => left.replace(shape, ''), spoken(turn.text.replace(/(?<!\d)\d*(?<!\*)\*{4,}\d+/gu, '')));
  const left = rest
    .replace(new RegExp(convenient.source, 'gu'), '')
    .replace(/我的?|你们?|他们|电话|手机|号码|联系方式|联系|是|打|这个|给|方便|都|可以|号|有空|在家|哈|嘛|呢|的/gu, '');
  return bareWords(left).length <= 3;
}

/** When it suits, as it was said; empty when nothing was said of it. */
function convenientIn(turn: Turn, text: string): string {
  return [...text.matchAll(new RegExp(turn.content.talkWords.convenient.source, 'gu'))].map(([said]) => said).join('');
}

/** A wish to be phoned: it belongs to what is open, else it is a matter of its own; the number is asked for when none was told. */
export async function wishForCall(turn: Turn, text: string, before?: Appeal): Promise<Outcome> {
  const matters = await openMatters(turn);
  const meant = before ?? matterMeant(turn, matters);
  const appeal = meant === 'several' ? ((await openTalk(turn))?.appeal ?? matters[0]) : (meant ?? matters[0]);
  if (!tellsNumber(turn)) {
    if (appeal && (await holdsNumber(turn, appeal))) return addTo(turn, appeal, text);
    if (!turn.room) await ask(turn, { kind: 'callback', text: kept(turn, text), ...(appeal ? { appeal: appeal.id } : {}) });
    return inPrivate(turn, callbackTopic, askNumber(turn, text));
  }
  if (appeal) return addTo(turn, appeal, text);
  return fileCallback(turn, text);
}

/** So long a wish to be phoned is; who says more tells of what it is about. */
const longestWish = 16;

/** Asks which number, and when, unless that was said. */
export function askNumber(turn: Turn, text: string): string {
  return turn.say('callback.askNumber', {
    willCall: turn.say(bareWords(text).length > longestWish ? 'callback.willCallToo' : 'callback.willCall'),
    when: convenientIn(turn, text) === '' ? turn.say('callback.when') : '',
  });
}

/** A number by itself, from somebody who has nothing open: whether they want to be phoned, and when. */
export async function numberAlone(turn: Turn): Promise<Outcome> {
  if (turn.room) return inPrivate(turn, 'action.privacy', turn.say('privacy.numberAlone'));
  await ask(turn, { kind: 'callback', text: kept(turn, turn.text) });
  return inPrivate(turn, callbackTopic, turn.say('callback.askWish'));
}

/** The answer to "which number, and when": files it, or adds it to the matter it was asked about. */
export async function answerCallback(turn: Turn, asked: { appeal?: string; text: string }): Promise<Outcome> {
  const [latest] = await openMatters(turn);
  const appeal = asked.appeal === undefined ? latest : await turn.tx.get('appeals', asked.appeal);
  const again = tellsNumber(turn) && /\*{4,}/.test(asked.text);
  const text = kept(turn, again ? turn.text : `${asked.text} ${turn.text}`);
  await settle(turn);
  return appeal ? addTo(turn, appeal, text) : fileCallback(turn, text);
}

/** Nobody has said which number: the wish reaches the staff without one. A number by itself, which nobody was to phone, is let go. */
export async function callUnanswered(
  turn: Turn,
  { appeal: number, text }: { appeal?: string; text: string },
): Promise<Outcome | undefined> {
  const appeal = number === undefined ? undefined : await turn.tx.get('appeals', number);
  const unsaid = turn.say('callback.withoutNumber', { text });
  if (appeal) return addTo(turn, appeal, unsaid, 'callback.addedUnsaid');
  return /\*{4,}/.test(text) ? undefined : fileCallback(turn, unsaid, 'callback.receiptUnsaid');
}

async function addTo(
  turn: Turn,
  appeal: Appeal,
  text: string,
  told: 'callback.added' | 'callback.addedUnsaid' = 'callback.added',
): Promise<Outcome> {
  const talk = await openTalk(turn);
  const staff = talk?.appeal?.id === appeal.id ? talk.staff : await handlerOf(turn, appeal);
  const notices = await passOn(turn, appeal, staff, turn.say('callback.step', { text }));
  const who = staff?.name ?? turn.say('about.staff');
  const outcome = inPrivate(turn, callbackTopic, turn.say(told, { who, number: appeal.id, when: convenientIn(turn, text) }));
  return { ...outcome, decision: 'appeal', replies: [...outcome.replies, ...notices] };
}

/** What is reported beside the wish to be phoned: the case is one of that kind then. What is for directors only is told to them on the phone. */
function reportedIn({ content }: Turn, text: string): Category | undefined {
  // Said in one breath, the wish may be louder than what it is about.
  for (const each of [text, ...clausesOf(text)]) {
    const told = content
      .understand(each)
      .questions.flatMap(({ decision, topic }) => (decision === 'answer' ? [content.categories.get(topic ?? '')] : []));
    const found = told.find((category) => category && !category.discreet);
    if (found) return found;
  }
  return undefined;
}

async function fileCallback(
  turn: Turn,
  text: string,
  told: 'callback.receipt' | 'callback.receiptUnsaid' = 'callback.receipt',
): Promise<Outcome> {
  const notice = await noticeOnce(turn);
  const category = reportedIn(turn, text);
  const place = category && placeIn(turn.content, oneLine(text));
  const filed = await fileAppeal(turn, {
    begun: turn.message.id,
    category: category?.id ?? callbackTopic,
    kind: category?.kind ?? '求助',
    what: turn.say('callback.step', { text: kept(turn, text) }),
    ...(place === undefined ? {} : { place }),
    anonymous: false,
    files: [],
    urgent: category !== undefined && isUrgent(turn, { category: category.id, what: text }),
  });
  const receipt = turn.say(told, { number: filed.id, when: convenientIn(turn, text), read: readAt(turn) });
  const reply = turn.room && turn.person.reachable ? privately(turn, receipt) : here(turn, receipt);
  return {
    decision: 'appeal',
    topic: callbackTopic,
    replies: [...notice, reply, ...(await toStaffOf(turn, filed, await noticeOf(turn, filed, { alike: '' })))],
  };
}

/** Whether a number of this person is kept with a matter. */
async function holdsNumber({ tx, person }: Turn, appeal: Appeal): Promise<boolean> {
  return (await tx.find('originals', { person: person.id })).some(({ appeals }) => appeals.includes(appeal.id));
}

/** Takes back that a matter is unnamed, or makes it so; what it waits for it goes on waiting for. */
export async function setNamed(turn: Turn, appeal: Appeal, named: boolean): Promise<Appeal> {
  return makeMove(actingIn(turn), { ...appeal, anonymous: !named }, 'note', turn.say(named ? 'appeal.namedStep' : 'appeal.unnamedStep'));
}
