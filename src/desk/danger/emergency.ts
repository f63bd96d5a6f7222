import { courseOf } from '../../domain/danger/course.ts';
import { plusMinutes } from '../../domain/time/clock-time.ts';
import { thresholds } from '../../domain/understanding/danger.ts';
import type { EmergencyKind } from '../../domain/understanding/emergency.ts';
import { bareWords } from '../../domain/words/short-answer.ts';
import { recentMatters, spokenOfNow } from '../appeals/about.ts';
import { openTalk, passOn } from '../appeals/staff-talk.ts';
import { afterSlash } from '../commands/parse.ts';
import { recentList } from '../commands/recent-list.ts';
import { askIn } from '../kernel/question.ts';
import { may } from '../kernel/staff.ts';
import { type Handler, here, type Outcome, privately, type Turn } from '../kernel/turn.ts';
import { takenOverBy } from '../people/take-over.ts';
import { ownAlarm, says } from './alarms.ts';
import { cardOf, kindMeant, ownWordsOf } from './cards.ts';
import { meantByOthers } from './others.ts';
import { freshMinutes, raise, reopenMinutes } from './raising.ts';

/** How long somebody may take to say whether there is danger before staff are called all the same. */
const patienceMinutes = 1;

/**
 * Danger to life comes first: the number to call, then an alarm with the words as they were, then the staff.
 * Nothing silences it: no mention rule, take-over, limit or hour of the night.
 */
export const emergency: Handler = async (turn) => {
  if (!mayTellOfDanger(turn)) return undefined;
  const danger = turn.understood.emergency;
  const dialled = dialledIn(turn);
  if (dialled) return askWhether(turn, dialled);
  const together = danger?.certainty === 'explicit' ? undefined : heardTogether(turn);
  // Of whoever goes on about an open matter each piece is read by itself: "这会儿还有人不", "算了我打110".
  const isNamed = turn.content.emergencyOf(turn.text) !== null;
  const goesOn = danger?.certainty === 'explicit' && isNamed ? false : await goesOnAbout(turn);
  // … and what only sounds like it, and no rule names, is of that: "他喊我去找厂家", "这个点你们还有人不".
  if (danger && goesOn && !together && !isNamed && danger.belief < thresholds.group) return undefined;
  const perhaps = danger || together || goesOn ? undefined : perhapsTogether(turn);
  if (!danger && !together && !perhaps) return undefined;
  // A member of staff writing "/回复 3 着火点已处理" is at work, not in danger.
  if (may(turn.person, 'worker') && (await isAtWork(turn))) return undefined;
  if (await tellsHowItGoesOn(turn)) return undefined;
  // What answers a question of ours is danger only when it is plainly so.
  if (danger?.certainty !== 'explicit' && (answersUs(turn) || dials.test(turn.text))) return undefined;
  if (together) return raise({ ...turn, text: together.text }, together.kind);
  if (perhaps) return askWhether({ ...turn, text: perhaps.text }, perhaps.kind);
  if (!danger) return undefined;
  return danger.certainty === 'explicit' ? raise(turn, danger.kind) : askWhether(turn, danger.kind);
};

/** The kind whose number was typed as if it could be called here, or whose picture was sent, with little or nothing besides. */
function dialledIn({ content, person, room, text }: Turn): EmergencyKind | undefined {
  const said = bareWords(text);
  if (room || may(person, 'worker') || said.length > longestPiece) return undefined;
  return content.emergencies.kinds.find(({ shown }) => shown.some((shape) => shape.test(said) || shape.test(text)));
}

/** Whether anything of a message, or of what was said just before it, may be about danger: the others are not looked at any further. */
export function mayTellOfDanger(turn: Turn): boolean {
  return turn.understood.emergency !== null || turn.lately.length > 0 || dialledIn(turn) !== undefined;
}

/** Whether an open matter of theirs was spoken of just now. */
const goesOnAbout = async (turn: Turn) => spokenOfNow(turn, await recentMatters(turn)) !== undefined;

/** "139****4444 打我妈的": whom to phone. */
const dials = /\*{4}\d{0,4}[\s,，。]{0,2}打/u;

/** Words that stand by themselves are pieces of one cry when they are as short as this. */
const longestPiece = 12;

/** Danger that one person tells of in several messages, none of which does by itself: "老李倒了", "就在楼下", "喊不应". */
function heardTogether({ lately, text, content }: Turn): { kind: EmergencyKind; text: string } | undefined {
  if (lately.length === 0) return undefined;
  const explicit = (said: string) => {
    const heard = content.emergencyOf(said);
    return heard?.certainty === 'explicit' ? heard.kind : undefined;
  };
  const words = [...lately, text];
  const spaced = words.join(' ');
  // What was said before was read when it was said: by itself it is no danger.
  if (explicit(lately.join(' '))) return undefined;
  const kind = explicit(spaced) ?? (words.every((each) => each.length <= longestPiece) ? explicit(words.join('')) : undefined);
  return kind && { kind, text: spaced };
}

/** Two short pieces in private, neither of which was understood, that sound like danger together: "我绊了一跤", "没站得起来". */
function perhapsTogether({ lately, text, content, room, understood, asked }: Turn): { kind: EmergencyKind; text: string } | undefined {
  const before = lately.at(-1) ?? '';
  const pieces = [before, text];
  const short = pieces.every((each) => each !== '' && each.length <= longestPiece);
  if (asked && asked.question.kind !== 'offer') return undefined;
  if (room || !short || understood.questions[0].decision !== 'decline' || content.emergencyOf(before)) return undefined;
  const heard = content.emergencyOf(pieces.join(' '));
  return heard?.certainty === 'unsure' ? { kind: heard.kind, text: pieces.join(' ') } : undefined;
}

/** "火灭了", "打了119了", "又浓了": said of an alarm that is on, or was a while ago, it is no danger of its own; a clear word of danger is. */
async function tellsHowItGoesOn(turn: Turn): Promise<boolean> {
  const { understood, content, tx, person, now, text } = turn;
  const own = await ownAlarm(tx, person.id, now, reopenMinutes);
  const said = content.simplify(text);
  const course = courseOf(said, content.dangerTalk.goesOn);
  const unsure = understood.emergency?.certainty === 'unsure';
  // Another kind that no rule names, heard in what is said of what is on, is of that: "他又在吐了" tells of no quarrel.
  const fresh = own !== undefined && own.lastAt >= plusMinutes(now, -freshMinutes).toISOString();
  const isOther = understood.emergency !== null && !own?.kinds.includes(understood.emergency.kind.id);
  if (fresh && own.state !== 'over' && isOther && !content.emergencyOf(text)) return true;
  // A neighbour's "压不住了" is worse news of what is on, and no second fire.
  if (!own) return unsure && course === 'worse' && (await meantByOthers(turn)) !== undefined;
  if (own.state === 'over') return unsure && course === 'worse';
  const called = says(content, text, content.dangerTalk.goesOn.called);
  return unsure || course === 'over' || (called && course !== 'worse');
}

/** Whether a place, or what staff have asked, is waited for: "在门口往里走第二个" answers that, and staff read it. */
function answersUs({ asked }: Turn): boolean {
  const question = asked?.question;
  return question?.kind === 'supplement' || (question?.kind === 'form' && question.asks === 'where');
}

/** Whether what a member of staff writes is a command, its text, or said to a resident in their place. */
async function isAtWork(turn: Turn): Promise<boolean> {
  if (afterSlash(turn.text) !== undefined || (turn.asked && turn.questions[turn.asked.question.kind].anyWords)) return true;
  const listed = recentList(turn, 'appeals') ?? recentList(turn, 'alarms');
  if (listed && /^\s*第?[\d０-９]{1,2}[\s　.、号个]*\p{Script=Han}/u.test(turn.text)) return true;
  return !turn.room && (await takenOverBy(turn)).length > 0;
}

/**
 * Asks whether somebody is in danger; when no answer comes staff are called all the same. What must stay private is asked in private;
 * the group sees a neutral line. Whoever of the staff speaks with this person hears it meanwhile.
 */
async function askWhether(turn: Turn, heard: EmergencyKind): Promise<Outcome> {
  const kind = kindMeant(turn.content, heard, turn.text);
  const discreet = turn.room !== undefined && kind.privateOnly;
  const id = discreet ? turn.person.id : turn.conversation.id;
  await askIn(turn, id, { kind: 'danger', emergency: kind.id, text: turn.text });
  await turn.tx.put('suspicions', {
    id,
    person: turn.person.id,
    ...(turn.room && !discreet ? { room: turn.room.id } : {}),
    kind: kind.id,
    text: turn.text,
    nextAt: plusMinutes(turn.now, patienceMinutes).toISOString(),
  });
  const talk = discreet ? undefined : await openTalk(turn);
  const passed = talk ? await passOn(turn, talk.appeal, talk.staff) : [];
  const { call, short } = cardOf(turn.content, kind, turn.text);
  const question = ownWordsOf(turn.content, kind, turn.text).ask ?? turn.say('emergency.ask', { number: call });
  const asked = discreet ? [here(turn, short), privately(turn, question)] : [here(turn, question), ...passed];
  return { decision: 'emergency', topic: 'action.emergency', replies: asked };
}
