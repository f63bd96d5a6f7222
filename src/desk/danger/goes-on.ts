import { type Course, courseOf } from '../../domain/danger/course.ts';
import { isDenial } from '../../domain/danger/denial.ts';
import { plusMinutes } from '../../domain/time/clock-time.ts';
import { mayAsk } from '../../domain/understanding/acts.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { samePlace } from '../../domain/words/place.ts';
import { bareWords, chosenNumber, hasShape } from '../../domain/words/short-answer.ts';
import { likeness, matterMeant, recentMatters } from '../appeals/about.ts';
import type { Reply } from '../kernel/message.ts';
import { placeIn, placesOf } from '../kernel/places.ts';
import { may } from '../kernel/staff.ts';
import { type Handler, here, type Outcome, privately, type Turn } from '../kernel/turn.ts';
import { callNumber, holdersOf, isRestricted, keepAlarm, kindOf, moved, ownAlarm, says, spokenMoment } from './alarms.ts';
import { calmed, heardOut, passedDeath, withFirstAid } from './answers.ts';
import { calledInWords, toTakers } from './calling.ts';
import { cardOf } from './cards.ts';
import { isAboutDanger, ofOthers } from './others.ts';
import { actingIn, callAgain, emergency, freshMinutes, pass, reopenMinutes } from './raising.ts';
import type { Alarm } from './rows.ts';

/** So long after it was over "越来越浓了" is about it, whatever else it may be about. */
const justOverMinutes = 60;
/** Whoever asks whether anybody comes has everybody called once more, at most so often. */
const callAgainMinutes = 2;
/** Until staff have said that it is over, what is not understood is taken for an alarm of so many days. */
const spokenOfDays = 7;
/** So much stands beside a place where it is said what is the matter there. */
const leastMatter = 4;
/** From here on a grievance is one of its own, though no place is told. */
const surelyGrievance = 0.7;
/** From here on what is said is plainly of an open matter. */
const ofMatter = 1;
/** What is longer and half understood is a question of its own. */
const longestUnclear = 8;

/** While an alarm is on: how it goes on, where it is, whether anybody comes. Whoever has taken it hears, or everybody who was called. */
export const alarmGoesOn: Handler = async (turn) => {
  const own = await ownAlarm(turn.tx, turn.person.id, turn.now, reopenMinutes);
  const course = courseIn(turn, own);
  if (own?.state === 'over') return afterwards(turn, own, course);
  if (own) return ofOwn(turn, own, course);
  return may(turn.person, 'worker') ? undefined : ofOthers(turn, course);
};

/** … and what is understood as nothing else, while staff have not said that it is over: whoever went through it still speaks of it. */
export const alarmPerhaps: Handler = async (turn) => {
  if (turn.room && !turn.message.addressed) return undefined;
  const alarm = await ownAlarm(turn.tx, turn.person.id, turn.now, reopenMinutes, spokenOfDays);
  const [{ decision, topic }] = turn.understood.questions;
  const isClear =
    (decision === 'answer' && topic !== 'action.appeal-rate' && topic !== 'action.emergency') ||
    chosenNumber(turn.text) !== undefined ||
    bareWords(turn.text) === '';
  if (!alarm || isClear || may(turn.person, 'worker') || (alarm.state === 'over' && alarm.takers.length === 0)) return undefined;
  const place = placeIn(turn.content, oneLine(turn.text));
  const there = alarm.place ?? '';
  const elsewhere = place !== undefined && !there.includes(place) && !samePlace(place, there, placesOf(turn.content));
  const said = alarm.history.some(({ text = '' }) => text === oneLine(turn.text));
  return elsewhere || said ? undefined : passQuietly(turn, alarm);
};

/** How it goes on, by what was said. While nobody has asked anything "没有，是我闻错了" says that there is no danger. */
function courseIn({ content, text }: Turn, alarm: Alarm | undefined): Course | undefined {
  const said = content.simplify(text);
  const { goesOn, denial } = content.dangerTalk;
  if (alarm?.state === 'called' && isDenial(said, denial)) return 'over';
  // "他走了": whoever hurt somebody has left.
  return courseOf(said, alarm && isRestricted(content, alarm) ? { ...goesOn, gone: [] } : goesOn);
}

async function ofOwn(turn: Turn, alarm: Alarm, course: Course | undefined): Promise<Outcome | undefined> {
  const fresh = alarm.lastAt >= plusMinutes(turn.now, -freshMinutes).toISOString();
  // A number answers a list, and long after it "好了" answers whatever was asked.
  if (turn.asked && (chosenNumber(turn.text) !== undefined || (!fresh && !isAboutDanger(turn) && !asksWhoComes(turn, course))))
    return undefined;
  const place = placeIn(turn.content, oneLine(turn.text));
  const silently = turn.room !== undefined && !turn.message.addressed;
  const another = isAnother(turn, alarm, place);
  // "5栋下水道堵了，污水流了一地": worse, but not of this.
  if (another && (place !== undefined || !fresh || (await isOfMatter(turn))) && !isAboutDanger(turn) && !asksWhoComes(turn, course))
    return undefined;
  switch (course) {
    case 'over':
      return tell(turn, alarm, course, 'over', (isReached) => withFirstAid(turn, alarm, calmed(turn, alarm, isReached)));
    case 'died':
      return tell(turn, alarm, course, 'more', passedDeath);
    case 'worse': {
      const number = callNumber(turn.content, alarm);
      const worse = (isReached: boolean) => turn.say(isReached ? 'emergency.passedWorse' : 'emergency.waitNobody', { number });
      return tell(turn, alarm, course, 'worse', (isReached) => withFirstAid(turn, alarm, worse(isReached)));
    }
    case 'waiting':
      return another && !asksWhoComes(turn, course) ? undefined : whoComes(turn, alarm);
    case 'thanks':
      return silently || another ? undefined : thanks(turn, alarm);
  }
  if (!fresh || another) return undefined;
  // In a group the address is heard unasked; what else is said there may be to anybody.
  if (silently && place === undefined) return undefined;
  if (bareWords(turn.text) === '' && turn.message.file === undefined) return undefined;
  return tell(turn, alarm, course, 'more', (isReached) => heardOut(turn, alarm, isReached));
}

/** "下水道又冒了", said by somebody whose drain is an open matter. */
async function isOfMatter(turn: Turn): Promise<boolean> {
  const meant = matterMeant(turn, await recentMatters(turn));
  return meant !== undefined && meant !== 'several' && likeness(turn, meant) >= ofMatter;
}

/** "怎么还不来" is asked of help that was called for, though it reads like a question about an appeal, or a grievance. */
function asksWhoComes({ understood, content, text }: Turn, course: Course | undefined): boolean {
  const [{ topic }] = understood.questions;
  if (course !== 'waiting') return false;
  return topic === null || topic.startsWith('action.') || placeIn(content, oneLine(text)) === undefined;
}

/** Whether nobody has said yet that it is over. */
const isOn = ({ state, history }: Alarm) => state !== 'over' && history.findLast(({ course }) => course !== undefined)?.course !== 'over';

/**
 * Another matter: a clear question, or a grievance at a place of its own. Until it is said that it is over, what tells of a lift, a lamp or a dog
 * tells whoever goes there of the way.
 */
function isAnother({ understood, text, content }: Turn, alarm: Alarm, place: string | undefined): boolean {
  const [{ decision, topic, candidates }] = understood.questions;
  if (topic === 'action.emergency' || topic === 'action.callback') return false;
  if (hasShape(text, content.talkWords.another) && decision !== 'decline') return true;
  const { treated, notYet, called } = content.dangerTalk.goesOn;
  const asks = hasShape(text, content.talkWords.asking);
  if (isOn(alarm) && !asks) {
    // "到医院了 还在抢救" sounds like a question about who pays.
    if (says(content, text, [...treated, ...notYet])) return false;
    if (!topic?.startsWith('action.') && !mayAsk(understood) && (place === undefined || alarm.place === undefined)) return false;
  }
  const grievance = decision !== 'decline' && content.categories.has(topic ?? candidates[0]?.topic ?? '');
  if (place !== undefined) {
    const more = bareWords(text).length - bareWords(place).length;
    return grievance && more >= leastMatter && !(alarm.place !== undefined && samePlace(place, alarm.place, placesOf(content)));
  }
  const pleasantry = topic === 'action.thanks' || topic === 'action.greeting';
  // "我打了燃气公司的电话" asks nothing; and a grievance that is hardly known for one, without a place, is none.
  if (says(content, text, called)) return false;
  if (content.categories.has(topic ?? '') && (candidates.find((each) => each.topic === topic)?.score ?? 0) < surelyGrievance) return false;
  return (decision === 'answer' && !pleasantry) || (decision === 'clarify' && bareWords(text).length > longestUnclear);
}

/** Notes what was said and passes it on. All clear and worse news reach everybody who was called; neither ends anything: staff do. */
async function tell(
  turn: Turn,
  alarm: Alarm,
  course: Course | undefined,
  what: 'more' | 'over' | 'worse',
  answer: (isReached: boolean, turn: Turn) => string,
): Promise<Outcome> {
  const acting = actingIn(turn);
  const found = placeIn(turn.content, oneLine(turn.text));
  // "不是3栋是5栋": what is said last of the place is where they are. "烧到5栋了" is not.
  const place = what === 'more' ? (found ?? alarm.place) : (alarm.place ?? found);
  const told = moved(acting, alarm, 'tell', { text: turn.text, file: turn.message.file, course }) ?? alarm;
  // What says nothing of it does not make it go on for longer.
  const lastAt = what === 'more' && place === alarm.place ? alarm.lastAt : told.lastAt;
  const { alarm: kept, replies } = await pass(turn, { ...told, lastAt, ...(place === undefined ? {} : { place }) }, what);
  await keepAlarm(acting, kept);
  return emergency([passedOn(turn, answer(await isInHands(turn, kept), turn)), ...replies]);
}

/** Whether anybody hears of it: nobody is told that it was passed on who is alone with it. */
const isInHands = async (turn: Turn, alarm: Alarm) => holdersOf(alarm).length > 0 || (await calledInWords(turn, alarm)) !== '';

/** Notes what may be about it and tells whoever has taken it; nobody is called anew for that: they read it when they are. */
async function passQuietly(turn: Turn, alarm: Alarm): Promise<Outcome> {
  const acting = actingIn(turn);
  const told = moved(acting, alarm, 'tell', { text: turn.text, file: turn.message.file }) ?? alarm;
  const kept = await keepAlarm(acting, { ...told, lastAt: alarm.lastAt });
  const { replies } = holdersOf(kept).length > 0 ? await pass(turn, kept, 'more') : { replies: [] };
  const number = callNumber(turn.content, alarm);
  const text = turn.say((await isInHands(turn, kept)) ? 'emergency.passedUnsure' : 'emergency.passedUnsureNobody', { number });
  return emergency([passedOn(turn, text), ...replies]);
}

/** That it was passed on: where it was said, but not to all of a group. */
function passedOn(turn: Turn, text: string): Reply {
  return turn.room && turn.person.reachable ? privately(turn, text) : here(turn, text);
}

/** "有没有人管": who was called and who has answered, as it is; and they are called once more. */
async function whoComes(turn: Turn, alarm: Alarm): Promise<Outcome> {
  const acting = actingIn(turn);
  const told = moved(acting, alarm, 'tell', { text: turn.text, course: 'waiting' }) ?? alarm;
  const justCalled = holdersOf(alarm).length === 0 && alarm.pagedAt > plusMinutes(turn.now, -callAgainMinutes).toISOString();
  const { alarm: called, replies } = justCalled ? { alarm: told, replies: [] } : await pass(turn, told, 'waiting');
  const kept = justCalled ? called : { ...called, pagedAt: turn.now.toISOString() };
  await keepAlarm(acting, kept);
  return emergency([passedOn(turn, await whoAnswered(turn, kept, justCalled)), ...replies]);
}

async function whoAnswered(turn: Turn, alarm: Alarm, justCalled: boolean): Promise<string> {
  const { say, tx, content } = turn;
  const number = callNumber(content, alarm);
  const [first] = holdersOf(alarm);
  const taker = first === undefined ? undefined : await tx.get('people', first);
  const name = oneLine(taker?.name ?? '');
  const time = (at = alarm.createdAt) => spokenMoment(at, turn.now);
  if (taker && alarm.state === 'attended') return say('emergency.waitAttended', { name, time: time(alarm.attendedAt) });
  if (taker) return say('emergency.waitHeard', { name, time: time(alarm.heardAt), number });
  const whom = await calledInWords(turn, alarm);
  if (whom === '') return say('emergency.waitNobody', { number });
  return say(justCalled ? 'emergency.waitJustCalled' : 'emergency.waitCalledAgain', { whom, time: time(), number });
}

/** Thanks go to whoever came, quietly. */
async function thanks(turn: Turn, alarm: Alarm): Promise<Outcome> {
  const acting = actingIn(turn);
  await keepAlarm(acting, moved(acting, alarm, 'tell', { text: turn.text, course: 'thanks' }) ?? alarm);
  const text = turn.say('alarm.thanks', { number: alarm.id, name: oneLine(turn.person.name), text: oneLine(turn.text) });
  const answer = turn.say(alarm.takers.length > 0 ? 'emergency.thanksPassed' : 'talk.thanks');
  return { decision: 'action', topic: 'action.thanks', replies: [passedOn(turn, answer), ...toTakers(alarm, { whole: text })] };
}

/** It is over. What has got worse all the same calls everybody anew; thanks are passed on. */
async function afterwards(turn: Turn, alarm: Alarm, course: Course | undefined): Promise<Outcome | undefined> {
  if (turn.room && !turn.message.addressed) return undefined;
  const kind = kindOf(turn.content, alarm.kinds.at(-1));
  const place = placeIn(turn.content, oneLine(turn.text));
  const just = (alarm.overAt ?? '') >= plusMinutes(turn.now, -justOverMinutes).toISOString();
  if (isAnother(turn, alarm, place) && (place !== undefined || !just)) return undefined;
  if (course === 'worse' && kind && !turn.asked) return callAgain(turn, alarm, kind, cardOf(turn.content, kind, turn.text));
  if (course === 'died') return tell(turn, alarm, course, 'more', passedDeath);
  return course === 'thanks' ? thanks(turn, alarm) : undefined;
}
