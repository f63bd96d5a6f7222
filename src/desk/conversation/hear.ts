import { mask } from '../../domain/words/masking.ts';
import { bareWords } from '../../domain/words/short-answer.ts';
import { matterIn } from '../../domain/words/talk.ts';
import { recentMatters } from '../appeals/about.ts';
import { withItsPage } from '../appeals/case-page.ts';
import { filled } from '../appeals/filled.ts';
import { picture } from '../appeals/form.ts';
import { introduced } from '../appeals/form-of-address.ts';
import { isOver } from '../appeals/let-be.ts';
import { alsoAbout, openMatter } from '../appeals/open-matter.ts';
import { ownAppeal } from '../appeals/own-appeals.ts';
import { inOneBreath, rating } from '../appeals/rating.ts';
import { afterSlash } from '../commands/parse.ts';
import { withAlarmsOn } from '../danger/awake.ts';
import { emergency, mayTellOfDanger } from '../danger/emergency.ts';
import { alarmGoesOn, alarmPerhaps } from '../danger/goes-on.ts';
import { inOwnWords } from '../danger/staff-words.ts';
import { alarmStatus } from '../danger/status.ts';
import { publicRecordAsked } from '../figures/public-record.ts';
import { firstAccount } from '../kernel/accounts.ts';
import { noteAct } from '../kernel/audit.ts';
import type { App } from '../kernel/desk.ts';
import { inTransaction } from '../kernel/in-transaction.ts';
import type { Message, Reply } from '../kernel/message.ts';
import { placeIn } from '../kernel/places.ts';
import type { Transaction } from '../kernel/ports.ts';
import { isSame, letGo, settle, topOf } from '../kernel/question.ts';
import { may } from '../kernel/staff.ts';
import { type Handler, here, type Outcome, privately, type Turn, Unfinished, UserError } from '../kernel/turn.ts';
import { newsPicture } from '../news/pictures.ts';
import { news } from '../news/reading.ts';
import { enrolment } from '../people/enrolment.ts';
import { ownData } from '../people/own-data.ts';
import { unfollowed } from '../people/unfollowing.ts';
import { wake as waking } from '../people/waking.ts';
import { askToTakeBack, keepOriginal } from '../privacy/privacy.ts';
import { reckonOwn } from '../reckoning/reckon.ts';
import { reminders } from '../reminders/remind.ts';
import { queue, release } from '../sending/deliveries.ts';
import { proofAsked } from '../supervision/asked.ts';
import { arrived } from '../talk/arrived.ts';
import { declined } from '../talk/declined.ts';
import { fallback, toldOfPlace } from '../talk/fallback.ts';
import { withKindWord } from '../talk/kind-word.ts';
import { meToo } from '../talk/me-too.ts';
import { menu } from '../talk/menu.ts';
import { isOwnWords, ownWords } from '../talk/own-words.ts';
import { question } from '../talk/question.ts';
import { smallTalk } from '../talk/small-talk.ts';
import { rathersStillAbout, stillAbout } from '../talk/still-about.ts';
import { relay, takenOver } from '../talk/taken-over.ts';
import { trafficBefore } from '../talk/traffic.ts';
import { answerOwed, answerQuestion, answersClearly, withOwedAgain } from './answer-question.ts';
import { openTurn } from './open-turn.ts';
import { unkept } from './receiving.ts';
import { command, confirming, noCommand } from './staff-line.ts';

/** What is owed is answered, and "解决了" heard, however much somebody says. */
const traffic = trafficBefore(async (turn) => (await rating(turn)) ?? answerOwed(turn));

const wake = withAlarmsOn(waking);
const ofAlarms = inOwnWords(command);

/** Whether somebody is in danger was asked: whatever is said next answers that, before anything else is made of it. */
const dangerAnswered: Handler = async (turn) => (turn.asked?.question.kind === 'danger' ? answerQuestion(turn) : undefined);

/** A denial that explains nothing is no longer than this. */
const bareDenial = 5;

/** … and what made us ask is heard once more when there was none: "窗玻璃没得了，风灌进来", "没有危险". */
const noDanger: Handler = async (turn) => {
  const question = turn.asked?.question;
  const outcome = await dangerAnswered(turn);
  if (question?.kind !== 'danger' || !outcome || outcome.topic !== null || bareWords(turn.text).length > bareDenial) return outcome;
  const understood = { ...turn.content.understand(matterIn(question.text, turn.content.talkWords)), emergency: null };
  const [{ decision, topic }] = understood.questions;
  const isGrievance = decision === 'answer' && turn.content.categories.has(topic ?? '');
  const hasPlace = placeIn(turn.content, question.text) !== undefined;
  if (!isGrievance && !hasPlace && (await recentMatters(turn)).length === 0) return outcome;
  const said = { ...turn, text: question.text, asked: turn.covered.at(-1), covered: turn.covered.slice(0, -1), understood, lately: [] };
  for (const { hears } of listeners.filter(({ again }) => again)) {
    const heard = await hears(said);
    if (heard) return { ...heard, replies: [...outcome.replies, ...heard.replies] };
  }
  const told = await toldOfPlace(said);
  return told ? { ...told, replies: [...outcome.replies, ...told.replies] } : outcome;
};

/**
 * What we said ourselves, said back, tells of no danger: our cards and questions are full of its words. Nor is it asked about where a
 * message answers us, or is a command, and only sounds like it: "没什么不满意的，天黑了还在弄", "没再响了".
 */
const dangerTold: Handler = async (turn) => {
  const heard = turn.understood.emergency;
  if (!mayTellOfDanger(turn) || isOwnWords(turn)) return undefined;
  const isPlain = heard?.certainty === 'explicit';
  // "我就死在街道办算了" has its words, and drops nothing.
  const isWorded = heard?.kind.restricted === true && turn.content.emergencyOf(turn.text) !== null;
  const isOther = afterSlash(turn.text) !== undefined || (isOver(turn) && !isWorded) || (await answersClearly(turn));
  return !isPlain && isOther ? undefined : emergency(turn);
};

/** "没有危险", ticked on a page: what was asked is over, and the report below is taken down. */
const deniedOnPage: Handler = async (turn) => {
  if (turn.asked?.question.kind !== 'danger') return undefined;
  await turn.tx.remove('suspicions', turn.conversation.id);
  await settle(turn);
  return undefined;
};

/** Danger in what was filled in on a page, with the place that was told beside it; not asked about again once it was denied there. */
const dangerFilledIn: Handler = async (turn) => {
  const { page } = turn.message;
  const report = page?.does === 'report' ? page : undefined;
  if (report?.safe && turn.understood.emergency?.certainty !== 'explicit') return undefined;
  return dangerTold(report?.place === undefined ? turn : { ...turn, text: `${turn.text} ${report.place}` });
};

/** A question that may be about an alarm of theirs, or an open matter, as well: whoever has that in hand hears it too. */
const questionBesides: Handler = async (turn) => {
  const outcome = await question(turn);
  const told = outcome?.decision === 'clarify' ? await alarmPerhaps(turn) : undefined;
  if (outcome && told) return { ...outcome, replies: [...told.replies, ...outcome.replies] };
  return outcome && alsoAbout(turn, outcome);
};

/** Who may answer a message. */
interface Listener {
  readonly hears: Handler;
  /** Whether what made us ask after danger is heard by it once that was denied: it is about a matter, no code, command or number. */
  readonly again?: true;
}

/** Who may answer, in this order; the first that does wins. */
const listeners: readonly Listener[] = [
  { hears: noDanger },
  { hears: dangerTold },
  { hears: enrolment },
  { hears: wake },
  { hears: command },
  { hears: confirming },
  { hears: ofAlarms },
  { hears: alarmStatus },
  { hears: alarmGoesOn },
  { hears: takenOver },
  { hears: relay },
  { hears: ownData },
  { hears: traffic },
  { hears: unkept },
  { hears: noCommand },
  { hears: inOneBreath, again: true },
  { hears: rating, again: true },
  { hears: answerQuestion, again: true },
  { hears: publicRecordAsked },
  { hears: proofAsked },
  { hears: reminders },
  { hears: declined },
  { hears: ownAppeal, again: true },
  { hears: meToo },
  { hears: menu },
  { hears: news },
  { hears: newsPicture },
  { hears: ownWords },
  { hears: reckonOwn },
  { hears: introduced },
  { hears: rathersStillAbout },
  { hears: openMatter, again: true },
  { hears: smallTalk },
  { hears: picture, again: true },
  { hears: stillAbout },
  { hears: questionBesides, again: true },
  { hears: alarmPerhaps },
  { hears: fallback },
];
const handlers: readonly Handler[] = listeners.map(({ hears }) => hears);

const silent: Outcome = { decision: 'silent', topic: null, replies: [] };

/**
 * One turn: hears a message and queues what is said to it, all in one transaction. A message that was heard before changes nothing, and
 * talk in a group that does not concern the bot leaves no trace at all: most of what is said in groups is such, and heard again it would
 * lead to nothing again. What is refused (`UserError`) leaves nothing of its turn; that it was heard, and the refusal, are a turn anew.
 */
export async function takeTurn(app: App, message: Message): Promise<Outcome> {
  try {
    return await inTransaction(app, (tx, inside) => turnIn(inside, tx, message, firstAnswer));
  } catch (error) {
    if (error instanceof Unfinished) return { ...silent, lacking: error.lacking };
    if (!(error instanceof UserError)) throw error;
    return inTransaction(app, (tx, inside) => turnIn(inside, tx, message, (turn) => refusal(turn, error)));
  }
}

async function noteReceived(tx: Transaction, { file, person, bytes }: Message, now: Date): Promise<void> {
  if (file === undefined) return;
  await tx.insert('received', { id: file, at: now.toISOString(), person, ...(bytes === undefined ? {} : { bytes }) });
}

/** A turn in the transaction `tx`, answered by `answer`. */
async function turnIn(app: App, tx: Transaction, message: Message, answer: (turn: Turn) => Promise<Outcome>): Promise<Outcome> {
  const now = app.clock.now();
  if (await tx.get('heard', message.id)) return silent;
  await noteReceived(tx, message, now);
  await arriveOnPage(tx, message, now);
  const turn = await openTurn(app, tx, message, now);
  if (!turn) return silent;
  const before = JSON.stringify(turn.conversation);
  if (!turn.room && !message.page) {
    await noteAccount(turn);
    await release(tx, turn.person.id, now);
  }

  const first = await answer(turn);
  await dropPassed(turn, first);
  const outcome = withCutTold(turn, await withOwedAgain(turn, first));
  await keepOriginal(turn);
  const hints = await askToTakeBack(turn);
  const remembered = JSON.stringify(turn.conversation) !== before;
  if (!message.addressed && outcome === silent && hints.length === 0 && message.file === undefined && !remembered) return silent;
  await tx.insert('heard', { id: message.id, at: now.toISOString() });
  if (remembered) await tx.put('conversations', turn.conversation);
  const urgent = outcome.decision === 'emergency' ? { urgent: true } : {};
  for (const reply of [...outcome.replies, ...hints]) {
    if (isReadOnPage(turn, reply)) continue;
    const about = reply.to.person === turn.person.id ? {} : { about: turn.person.id };
    const isAnswer = reply.kind === 'reply' && reply.to.person === turn.person.id;
    await queue(tx, app.ids, now, { ...(await withItsPage(turn, reply)), ...urgent, ...about }, isAnswer ? turn.account : undefined);
  }
  return outcome;
}

/** On which account somebody wrote privately last: there they are written to. */
async function noteAccount({ tx, person: { id }, account }: Turn): Promise<void> {
  const person = await tx.get('people', id);
  if (person && (person.account ?? firstAccount) !== account) await tx.put('people', { ...person, account });
}

/** Who reports on the site is somebody new, and has read there what becomes of their words. */
async function arriveOnPage(tx: Transaction, { person, page }: Message, now: Date): Promise<void> {
  if (page?.does !== 'report') return;
  const name = mask(page.name).text;
  await tx.insert('people', { id: person, name, reachable: false, onPage: true, noticedAt: now.toISOString() });
}

/** What answers something that was filled in is read on the page. */
function isReadOnPage({ message, person }: Turn, { to, kind }: Reply): boolean {
  return message.page !== undefined && kind === 'reply' && !('room' in to) && to.person === person.id;
}

async function firstAnswer(turn: Turn): Promise<Outcome> {
  for (const handler of handlersFor(turn)) {
    const outcome = await handler(turn);
    if (outcome) return ratesNothing(turn, outcome) ? ((await alarmPerhaps(turn)) ?? outcome) : withKindWord(turn, outcome);
  }
  return silent;
}

/** A verdict where nothing was done that it could be of: whoever was helped in danger gives one too. */
function ratesNothing({ changed }: Turn, { topic }: Outcome): boolean {
  return topic === 'action.appeal-rate' && changed.size === 0;
}

/** What was not kept whole is said to be so, before anything that confirms it. */
function withCutTold(turn: Turn, outcome: Outcome): Outcome {
  const [most] = [...turn.cut].sort((a, b) => a - b);
  if (most === undefined || outcome === silent) return outcome;
  return { ...outcome, replies: [privately(turn, turn.say('words.cut', { most })), ...outcome.replies] };
}

/** What is said to a message whose turn was refused. */
async function refusal(turn: Turn, { message, act, replies, answered }: UserError): Promise<Outcome> {
  if (act !== undefined) await noteAct(turn, act, false);
  if (answered) await settle(turn, answered);
  return { decision: 'action', topic: null, replies: replies ?? [here(turn, message)] };
}

/** What is not owed is over once something else was answered: a later "1" does not mean it. */
async function dropPassed(turn: Turn, { decision }: Outcome): Promise<void> {
  if (!turn.asked || turn.asked.owed || !['answer', 'action', 'appeal'].includes(decision)) return;
  const top = await topOf(turn);
  if (top && top.expiresAt === turn.asked.expiresAt && isSame(top.question, turn.asked.question)) await letGo(turn, top);
}

/**
 * In a group silence is the right answer unless the bot is addressed, somebody is in danger, a question of ours waits
 * for just this answer, or the room lets it speak and the match is very clear.
 */
function handlersFor(turn: Turn): readonly Handler[] {
  const { page, event } = turn.message;
  if (event) return [event.does === 'unfollow' ? unfollowed : arrived];
  // A button says nothing that could be danger.
  if (page?.does === 'report' && page.safe) return [deniedOnPage, dangerFilledIn, filled];
  if (page && page.does !== 'say') return turn.message.text === '' ? [filled] : [dangerAnswered, dangerFilledIn, filled];
  // A group that staff have not bound yet is nobody's: only danger and the command that binds it are heard there.
  if (turn.room?.kind === 'unbound') return [dangerAnswered, emergency, enrolment, wake, command];
  // The account's owner speaks there on the phone; what is said to that name is said to the owner.
  if (turn.room && (turn.room.byHandUntil ?? '') > turn.now.toISOString()) return [dangerAnswered, emergency, enrolment, alarmGoesOn];
  if (!turn.room || turn.message.addressed) return handlers;
  // A code that is said in a group is void from then on.
  const overheard: Handler[] = [dangerAnswered, emergency, enrolment, alarmGoesOn];
  // Staff who type a command into a residents' group by mistake are told so, privately.
  if (turn.room.kind === 'staff' || (may(turn.person, 'worker') && afterSlash(turn.text) !== undefined))
    overheard.push(wake, command, confirming, ofAlarms);
  // A command's argument or a fact is not taken from what staff say to each other.
  const spokenTo = ownsChatter(turn) || turn.message.addressed;
  const answering: Handler[] = turn.message.unkept === undefined ? [] : [unkept];
  if (turn.asked && spokenTo && bareWords(turn.text).length <= 40) answering.push(answerQuestion);
  if (turn.room.speaks === 'confident' && isVeryClear(turn)) answering.push(question);
  // What residents say to each other is not counted.
  return answering.length > 0 ? [...overheard, traffic, ...answering] : overheard;
}

/** Whether an answer may be taken from what is said in a group without addressing the bot. */
function ownsChatter({ asked, questions }: Turn): boolean {
  if (!asked) return true;
  const { question } = asked;
  // A name, a day or a row of a list is known when it is said; a confirmation has a code, which nobody says by chance.
  return question.kind === 'argument' ? question.missing !== 'text' : !questions[question.kind].anyWords;
}

/** How sure the bot must be to speak up unasked. */
export const veryClear = 0.9;

function isVeryClear(turn: Turn): boolean {
  const [only, ...others] = turn.understood.questions;
  return (
    others.every(({ topic }) => topic === only.topic) &&
    only.decision === 'answer' &&
    only.topic !== null &&
    turn.content.answers.has(only.topic) &&
    (only.candidates[0]?.score ?? 0) >= veryClear
  );
}
