import { openStates } from '../../domain/appeals/appeal.ts';
import { plusMinutes } from '../../domain/time/clock-time.ts';
import type { EmergencyKind } from '../../domain/understanding/emergency.ts';
import { bareWords, chosenNumber } from '../../domain/words/short-answer.ts';
import { readSolved } from '../../domain/words/verdict.ts';
import { actingIn, fileAppeal, makeMove } from '../appeals/moves.ts';
import type { Appeal } from '../appeals/rows.ts';
import { recentList } from '../commands/arguments.ts';
import { placeIn } from '../kernel/places.ts';
import { askIn, renew } from '../kernel/question.ts';
import { may, toDuty } from '../kernel/staff.ts';
import { type Handler, here, type Outcome, privately, type Turn } from '../kernel/turn.ts';
import { takenOverBy } from '../people/take-over.ts';
import { howToReveal } from '../privacy/privacy.ts';

/** How long a resident may take to say whether somebody is in danger before staff are paged all the same. */
const patienceMinutes = 1;
/** What answers a question of ours and shows no sign that a rule knows is only asked about when the model is sure of danger. */
const surely = 0.8;
/** So long what somebody says belongs to the emergency they told of. */
const goesOnMinutes = 15;
/** What is longer and half understood is a question of its own. */
const longestUnclear = 8;
/**
 * Danger to life comes first: the number to call, then an urgent appeal with the words as they were, then the staff.
 * Nothing silences it: no mention rule, take-over, limit or hour of the night.
 */
export const emergency: Handler = async (turn) => {
  const danger = turn.understood.emergency;
  if (!danger) return undefined;
  // A member of staff writing "/回复 3 着火点已处理" is at work, not in danger.
  if (may(turn.person, 'worker') && (await isAtWork(turn))) return undefined;
  if (answersUs(turn) && (danger.belief ?? 1) < surely) return undefined;
  if (danger.certainty !== 'explicit' && saysItIsSolved(turn)) return undefined;
  return danger.certainty === 'explicit' ? raise(turn, danger.kind) : askWhether(turn, danger.kind);
};

/** Whether a place, or what staff have asked, is waited for: "在门口往里走第二个" answers that, and staff read it. */
function answersUs({ asked }: Turn): boolean {
  const question = asked?.question;
  return question?.kind === 'supplement' || (question?.kind === 'form' && question.asks === 'where');
}

/** "没再响了", said to whether something is solved, is good news. */
function saysItIsSolved({ asked, text, content }: Turn): boolean {
  return asked?.question.kind === 'rating' && readSolved(content.simplify(text), content.verdicts) === 'yes';
}

/** Whether what a member of staff writes is a command, its text, or said to a resident in their place. */
async function isAtWork(turn: Turn): Promise<boolean> {
  if (/^[/／]/.test(turn.text.trim()) || ['argument', 'localFact'].includes(turn.asked?.question.kind ?? '')) return true;
  if (recentList(turn, 'appeals') && /^\s*第?[\d０-９]{1,2}[\s　.、号个]*\p{Script=Han}/u.test(turn.text)) return true;
  return !turn.room && (await takenOverBy(turn)).length > 0;
}

/** The emergency that this person told of just now and that nobody has closed. */
async function justRaised(turn: Turn): Promise<Appeal | undefined> {
  const since = plusMinutes(turn.now, -goesOnMinutes).toISOString();
  const told = await turn.tx.find('appeals', {
    person: turn.person.id,
    category: 'action.emergency',
    state: openStates,
    createdAt: { atLeast: since },
  });
  return told.at(-1);
}

/** After an emergency, what is not clearly something else belongs to it: where it is, how it goes on. Whoever is on duty hears it. */
export const emergencyGoesOn: Handler = async (turn) => {
  const appeal = await justRaised(turn);
  const question = turn.asked?.question.kind;
  // A number answers a list, and a yes or no the question whether somebody is in danger.
  if (!appeal || question === 'danger' || (question !== undefined && chosenNumber(turn.text) !== undefined)) return undefined;
  const [{ decision, topic }] = turn.understood.questions;
  const isPlace = placeIn(turn.content, turn.text) !== undefined;
  const unclear = decision === 'clarify' && bareWords(turn.text).length > longestUnclear;
  const another = !isPlace && topic !== 'action.emergency' && (decision === 'answer' || unclear);
  // In a group the address is heard unasked; what else is said there may be to anybody.
  if (turn.room && !turn.message.addressed && !isPlace) return undefined;
  if (another || bareWords(turn.text) === '') return undefined;
  return addTo(turn, appeal);
};

async function addTo(turn: Turn, appeal: Appeal): Promise<Outcome> {
  const found = placeIn(turn.content, turn.text);
  const changed = found === undefined ? appeal : { ...appeal, place: appeal.place ?? found };
  const moved = await makeMove(actingIn(turn), changed, 'supplement', turn.text.slice(0, 500));
  const notice = turn.say('emergency.more', {
    number: moved.id,
    name: turn.person.name,
    text: turn.text,
    reveal: await howToReveal(turn, moved),
  });
  const told = turn.say('emergency.passedOn');
  const reply = turn.room && turn.person.reachable ? privately(turn, told) : here(turn, told);
  return { decision: 'emergency', topic: 'action.emergency', replies: [reply, ...(await toDuty(turn.tx, turn.now, notice))] };
}

/** Gives the card and calls the staff. Told twice, it is still one emergency. */
export async function raise(turn: Turn, kind: EmergencyKind): Promise<Outcome> {
  await renew(turn);
  const before = await justRaised(turn);
  if (before) {
    const added = await addTo(turn, before);
    return { ...added, replies: [...cards(turn, kind, before.id), ...added.replies.slice(1)] };
  }
  const appeal = await fileAppeal(turn, {
    category: 'action.emergency',
    kind: '求助',
    what: turn.text,
    anonymous: false,
    files: [],
    urgent: true,
  });
  await turn.tx.put('alarms', { id: appeal.id, appeal: appeal.id, nextAt: plusMinutes(turn.now, 5).toISOString(), pages: 1 });
  const notice = turn.say('emergency.page', {
    title: kind.title,
    number: appeal.id,
    name: turn.person.name,
    room: turn.room?.name ?? '',
    text: kind.privateOnly && turn.room ? '' : turn.text,
    reveal: await howToReveal(turn, appeal),
  });
  return {
    decision: 'emergency',
    topic: 'action.emergency',
    replies: [...cards(turn, kind, appeal.id), ...(await toDuty(turn.tx, turn.now, notice))],
  };
}

/** In a group only a short card; what must stay private gets a neutral line there and the card in private. */
function cards(turn: Turn, kind: EmergencyKind, number: string) {
  const card = turn.say('emergency.card', { card: kind.card, number });
  if (!turn.room) return [here(turn, card)];
  if (!kind.privateOnly) return [here(turn, kind.groupCard)];
  return turn.person.reachable ? [here(turn, kind.groupCard), privately(turn, card)] : [here(turn, kind.groupCard)];
}

/**
 * Asks whether somebody is in danger, and has staff called when no answer comes. What must stay private is asked in private;
 * the group sees a neutral line.
 */
async function askWhether(turn: Turn, kind: EmergencyKind): Promise<Outcome> {
  const discreet = turn.room !== undefined && kind.privateOnly;
  const id = discreet ? turn.person.id : turn.conversation.id;
  await askIn(turn, id, { kind: 'danger', emergency: kind.id, text: turn.text });
  await turn.tx.put('alarms', {
    id,
    asked: { person: turn.person.id, emergency: kind.id, text: turn.text },
    nextAt: plusMinutes(turn.now, patienceMinutes).toISOString(),
    pages: 0,
  });
  const question = turn.say('emergency.ask', { number: kind.call[0] ?? '' });
  const asked = discreet ? [here(turn, kind.groupCard), privately(turn, question)] : [here(turn, question)];
  return { decision: 'emergency', topic: 'action.emergency', replies: asked };
}
