import { courseOf } from '../../domain/danger/course.ts';
import { plusMinutes } from '../../domain/time/clock-time.ts';
import type { EmergencyKind } from '../../domain/understanding/emergency.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { samePlace } from '../../domain/words/place.ts';
import type { Reply } from '../kernel/message.ts';
import { placeIn, placesOf } from '../kernel/places.ts';
import { renew } from '../kernel/question.ts';
import type { Outcome, Turn } from '../kernel/turn.ts';
import { briefly } from '../kernel/whole.ts';
import { howToReveal } from '../privacy/privacy.ts';
import {
  type Acting,
  alarmsOn,
  holdersOf,
  isRestricted,
  keepAlarm,
  matterOf,
  moved,
  newAlarm,
  ownAlarm,
  type Told,
  titleOf,
} from './alarms.ts';
import { callNow, type Notice, toCalled, toTakers, whoWasTold } from './calling.ts';
import { type Card, cardOf, cardReplies, kindMeant } from './cards.ts';
import type { Alarm } from './rows.ts';

/** So long after the last word of it what somebody says belongs to it, unless it is clearly something else. */
export const freshMinutes = 15;
/** Within so many minutes the same danger at the same place, or in the same group, is the same. */
const sameMinutes = 20;
/** So long after it was over what has got worse is the same danger. */
export const reopenMinutes = 6 * 60;

export function actingIn(turn: Turn): Acting {
  return { ...turn, actor: turn.person.id };
}

/** What a turn tells of. */
export function toldIn(turn: Turn, kind: EmergencyKind): Told {
  return { person: turn.person.id, room: turn.room?.id, kind, text: turn.text, file: turn.message.file };
}

/** Gives the card and calls for help. Told twice, or by several, it is still one alarm. */
export async function raise(turn: Turn, heard: EmergencyKind): Promise<Outcome> {
  await renew(turn);
  const kind = kindMeant(turn.content, heard, turn.text);
  const card = cardOf(turn.content, kind, turn.text);
  const own = await ownAlarm(turn.tx, turn.person.id, turn.now, reopenMinutes);
  if (own && own.state !== 'over' && isSame(turn, own, kind)) return again(turn, own, kind, card);
  if (own?.state === 'over' && own.kinds.includes(kind.id)) return callAgain(turn, own, kind, card);
  const same = await sameDanger(turn, kind);
  if (same) return again(turn, { ...same, voices: [...same.voices, turn.person.id] }, kind, card);
  const alarm = await newAlarm(actingIn(turn), toldIn(turn, kind));
  return calledFor(turn, alarm, kind, card);
}

/** Whether what somebody tells belongs to the alarm of theirs that is on: told a while later, or of a kind that is nobody's business, it is one of its own. */
function isSame({ content, now }: Turn, alarm: Alarm, kind: EmergencyKind): boolean {
  const fresh = alarm.lastAt >= plusMinutes(now, -freshMinutes).toISOString();
  return fresh && (alarm.kinds.includes(kind.id) || isRestricted(content, alarm) === (kind.restricted === true));
}

/** Calls for help for a new alarm. */
async function calledFor(turn: Turn, alarm: Alarm, kind: EmergencyKind, card: Card): Promise<Outcome> {
  const { alarm: called, replies } = await callNow(turn, alarm, await firstPage(turn, alarm, await howToReveal(turn, heldBy(alarm))));
  await keepAlarm(actingIn(turn), called);
  turn.alarms.add(alarm.id);
  const told = await whoWasTold(turn, called, replies, card.call);
  return emergency([...cardReplies(turn, kind, card, told), ...replies]);
}

/** What staff read when they are called first. */
export async function firstPage(acting: Pick<Acting, 'tx' | 'say' | 'content'>, alarm: Alarm, reveal: string): Promise<Notice> {
  const { say, tx } = acting;
  const first = alarm.history.findLast(({ move }) => move === 'call');
  const person = await tx.get('people', alarm.person);
  const room = alarm.room === undefined ? undefined : await tx.get('rooms', alarm.room);
  const head = { title: titleOf(acting, alarm), number: alarm.id };
  return {
    whole: say(alarm.unanswered ? 'alarm.noAnswer' : 'alarm.page', {
      ...head,
      name: oneLine(person?.name ?? ''),
      room: oneLine(room?.name ?? ''),
      text: briefly(say, first?.text ?? '', alarm.id),
      reveal,
    }),
    discreet: say('alarm.pageDiscreet', { ...head, place: alarm.place ?? '' }),
  };
}

/** It is told again, by the same person or by another: whoever takes it hears, and the card is said once more. */
async function again(turn: Turn, alarm: Alarm, kind: EmergencyKind, card: Card): Promise<Outcome> {
  const acting = actingIn(turn);
  const more = alarm.kinds.includes(kind.id) ? alarm : { ...alarm, kinds: [...alarm.kinds, kind.id] };
  const place = more.place ?? placeIn(turn.content, oneLine(turn.text));
  const worse = courseOf(turn.content.simplify(turn.text), turn.content.dangerTalk.goesOn) === 'worse';
  const told =
    moved(acting, { ...more, ...(place === undefined ? {} : { place }) }, 'tell', {
      text: turn.text,
      file: turn.message.file,
      ...(worse ? { course: 'worse' as const } : {}),
    }) ?? more;
  const { alarm: kept, replies } = await pass(turn, told, worse ? 'worse' : 'more');
  await keepAlarm(acting, kept);
  return emergency([...cardReplies(turn, kind, card, await whoHasIt(turn, kept, replies, card.call)), ...replies]);
}

/** It was over, and it has begun anew: everybody is called again under the same number. */
export async function callAgain(turn: Turn, alarm: Alarm, kind: EmergencyKind, card: Card): Promise<Outcome> {
  const acting = actingIn(turn);
  const { overAt: _, result: __, heardAt: ___, attendedAt: ____, ...open } = alarm;
  const at = turn.now.toISOString();
  const anew = { ...open, pages: 1, pagedAt: at, nextAt: plusMinutes(turn.now, 5).toISOString() };
  const told = moved(acting, anew, 'call', { text: turn.text, file: turn.message.file }) ?? anew;
  return calledFor(turn, told, kind, card);
}

/** What staff read of what is said while it is on: with the words, and without. */
const sentences = {
  more: ['alarm.more', 'alarm.moreDiscreet'],
  over: ['alarm.over', 'alarm.overDiscreet'],
  worse: ['alarm.worse', 'alarm.worseDiscreet'],
  waiting: ['alarm.waiting', 'alarm.waitingDiscreet'],
} as const;
type Passed = keyof typeof sentences;

/**
 * Passes on what was said: to whoever has taken it on, or to everybody who is called while nobody has. All clear and worse news reach
 * everybody who was called.
 */
export async function pass(turn: Turn, alarm: Alarm, what: Passed): Promise<{ alarm: Alarm; replies: Reply[] }> {
  turn.alarms.add(alarm.id);
  const notice = await noticeOf(turn, alarm, what);
  if (holdersOf(alarm).length === 0) return callNow(turn, alarm, notice);
  const everybody = what === 'over' || what === 'worse';
  return { alarm, replies: everybody ? toCalled(turn, alarm, notice) : toTakers(alarm, notice) };
}

async function noticeOf(turn: Turn, alarm: Alarm, what: Passed): Promise<Notice> {
  const { say } = turn;
  const own = [alarm.person, ...alarm.voices].includes(turn.person.id);
  const head = { number: alarm.id, matter: matterOf(turn, alarm) };
  const name = oneLine(turn.person.name);
  const [whole, discreet] = sentences[what];
  return {
    whole: say(whole, {
      ...head,
      name: own ? name : say('alarm.somebodyElse', { name }),
      text: briefly(say, turn.text, alarm.id) || say('takeOver.picture'),
      reveal: await howToReveal(turn, heldBy(alarm)),
    }),
    discreet: say(discreet, head),
    file: turn.message.file,
  };
}

/** Who has it, or who was told just now. */
export async function whoHasIt(turn: Turn, alarm: Alarm, replies: readonly Reply[], call: string): Promise<string> {
  const [first] = holdersOf(alarm);
  const taker = first === undefined ? undefined : await turn.tx.get('people', first);
  if (taker) return turn.say('emergency.hasIt', { name: oneLine(taker.name), number: alarm.id });
  return whoWasTold(turn, alarm, replies, call);
}

/** The alarm that others told of just now and that is surely the same: there, or in the same group. Never of what is restricted. */
async function sameDanger({ tx, now, room, text, content, person }: Turn, kind: EmergencyKind): Promise<Alarm | undefined> {
  if (kind.restricted) return undefined;
  const since = plusMinutes(now, -sameMinutes).toISOString();
  const place = placeIn(content, oneLine(text));
  return (await alarmsOn(tx)).findLast((alarm) => {
    if (alarm.createdAt < since || alarm.person === person.id || !alarm.kinds.includes(kind.id) || isRestricted(content, alarm))
      return false;
    if (alarm.place !== undefined && place !== undefined) return samePlace(alarm.place, place, placesOf(content));
    return room !== undefined && alarm.room === room.id;
  });
}

/** An alarm as what sealed numbers belong to. */
export function heldBy(alarm: Alarm): { id: string; what: string; place?: string } {
  return {
    id: alarm.id,
    what: alarm.history.map(({ text = '' }) => text).join(' '),
    ...(alarm.place === undefined ? {} : { place: alarm.place }),
  };
}

export function emergency(replies: readonly Reply[]): Outcome {
  return { decision: 'emergency', topic: 'action.emergency', replies };
}
