import { openStates } from '../../domain/appeals/appeal.ts';
import type { TalkAct } from '../../domain/content/knowledge.ts';
import { type Act, likeliestAct } from '../../domain/understanding/acts.ts';
import { isAction } from '../../domain/understanding/lessons.ts';
import { isPartOfHouse, samePlace } from '../../domain/words/place.ts';
import { bareWords, hasShape } from '../../domain/words/short-answer.ts';
import { actOf, courtesyIn, inCommon, spoken } from '../../domain/words/talk.ts';
import { placeIn, placesOf } from '../kernel/places.ts';
import { ask } from '../kernel/question.ts';
import { may, toDirectors } from '../kernel/staff.ts';
import { type Handler, here, type Outcome, type Turn } from '../kernel/turn.ts';
import { briefly, kept } from '../kernel/whole.ts';
import { clearer, handlerOf, likeness, matterMeant, nameOf, recentMatters, related, spokenOfNow } from './about.ts';
import { callbackTopic, isContactOnly, numberAlone, setNamed, tellsNumber, wishForCall } from './callback.ts';
import { justBefore, likelyCategory } from './filing.ts';
import { wantsNoName } from './form.ts';
import { isOver } from './let-be.ts';
import { summaryLine } from './moves.ts';
import { details, inPrivate, withdrawOne } from './own-appeals.ts';
import { brokenAgain, joinedVerdict } from './rating.ts';
import type { Appeal } from './rows.ts';
import { countedMatters } from './several.ts';
import { endTalk, openTalk, passOn, type Talk } from './staff-talk.ts';
import { readAt, urgeMatter, whenText } from './waiting.ts';

/** From here on an answer to an office question is meant, whatever else is open. */
const clearAnswer = 0.75;
/** From here on the office may be asked when it is open, and nobody when they come. */
const probablyOffice = 0.5;
/** Below it, of nothing that they have in common. */
const unrelated = 0.35;
/** From here on a belief alone tells what a message does. */
const surelyActs = 0.7;
/** From here on it is asked whether a matter shall be taken back. */
const probablyCancels = 0.35;
/** What is longer tells more than that it is not wanted. */
const bareCancel = 6;
/** So much of a question a message that is not understood must be to be none of what was spoken of just now. */
const surelyAsks = 0.9;
/** … and so much of a report to tell of another one. */
const surelyReports = 0.8;
/** … and from here on it may be one. */
const perhapsReports = 0.5;
/** So many matters are named when it is asked which is meant. */
const namedAtMost = 4;

/** What residents ask of their own appeals, and what it does. */
const actsOfTopics: Readonly<Record<string, TalkAct>> = { 'action.appeal-urge': 'waiting', 'action.appeal-status': 'progress' };

/** What a belief in an act makes of a message to an open matter. */
const actsBelieved: Partial<Record<Act, TalkAct>> = {
  thank: 'thank',
  acknowledge: 'acknowledge',
  'complain-waiting': 'waiting',
  'ask-when': 'when',
  person: 'person',
};

/** What says more of a matter, whatever topic the words are near to. */
const goesOnTelling: ReadonlySet<Act> = new Set(['report', 'add', 'correct', 'complain-waiting']);

/**
 * The one place that decides which open matter a message is about, when it answers no question of ours: a talk that staff have opened,
 * then what is under way, by its number, place, kind and words. What is clearly something else is left to the next handler; what may
 * be either is passed on, and its person is told so.
 */
export const openMatter: Handler = async (turn) => {
  // What was spoken cannot be read, whatever is open: the fallback tells how to be read.
  if (turn.message.kind === 'voice') return undefined;
  if ((turn.room && !turn.message.addressed) || may(turn.person, 'worker')) return undefined;
  const { talkWords } = turn.content;
  const act = actIn(turn);
  const matters = await recentMatters(turn);
  const talk = await openTalk(turn);
  const joined = await joinedVerdict(turn);
  if (joined) return joined;
  if (act === 'call' || (matters.length === 0 && reportsAndWantsCall(turn)))
    return talk && !tellsNumber(turn) ? toTalk(turn, talk) : wishForCall(turn, turn.text);
  if (turn.message.file !== undefined && !talk) return undefined;
  if (isContactOnly(turn)) return matters.length > 0 ? wishForCall(turn, turn.text) : numberAlone(turn);
  const again = await brokenAgain(turn);
  if (again) return again;
  if (matters.length === 0 && !talk) return undefined;
  if (turn.message.file === undefined && spoken(turn.text) === '') return talk ? quietly(turn, talk) : quiet(turn);
  const over = talk ? undefined : await overByItself(turn, matters);
  if (over) return over;
  if (act === 'thank' || act === 'acknowledge') return talk ? quietly(turn, talk, act) : act === 'acknowledge' ? quiet(turn) : undefined;
  const naming = await named(turn, matters);
  if (naming) return naming;
  const dropped = await notWanted(turn, matters);
  if (dropped) return dropped;
  if (isSomethingElse(turn, matters, talk, act)) {
    if (talk && likelyCategory(turn.content, turn.understood)) endTalk(turn);
    return undefined;
  }
  if (act && !(talk && act === 'when')) {
    const meant = matterMeant(turn, matters) ?? talk?.appeal;
    if (meant === 'several') return whichMatter(turn, matters, act);
    if (meant) return actOn(turn, meant, act, turn.text, talk);
  }
  const closer = talk && closerThan(turn, matters, talk);
  if (closer) return addTo(turn, closer);
  if (talk) return toTalk(turn, talk, mayBeAnother(turn, talk));
  if (tellsNumber(turn)) return wishForCall(turn, turn.text);
  return perhapsAbout(turn, matters, talkWords.another);
};

function actIn(turn: Turn): TalkAct | undefined {
  const courtesy = courtesyIn(turn.content.simplify(turn.text), turn.content.smallTalk.courtesies);
  if (courtesy) return courtesy;
  const [{ decision, topic, candidates }] = turn.understood.questions;
  const clear = decision === 'answer' && topic !== null;
  const shape = addsSurely(turn) ? undefined : actOf(turn.text, turn.content.talkWords);
  const act = shape ?? (clear ? actsOfTopics[topic] : undefined) ?? actBelieved(turn);
  // "派出所打电话喊去下户口，要带哪样" asks about the office.
  const office = clear && turn.content.answers.has(topic) && (candidates[0]?.score ?? 0) >= clearAnswer;
  return act === 'call' && office ? undefined : act;
}

/** "哪天顺路再来换就是": what adds something asks nothing, though it has the words of a question about when. */
function addsSurely({ text, content, understood }: Turn): boolean {
  return actOf(text, content.talkWords) === 'when' && (understood.act?.add ?? 0) >= surelyActs;
}

/** What a message does by the belief alone, where it is clear and no shape says that it is not meant. */
function actBelieved({ text, content, understood }: Turn): TalkAct | undefined {
  const believed = understood.act;
  if (!believed || hasShape(text, content.talkWords.unmeant)) return undefined;
  const act = likeliestAct(believed);
  return believed[act] >= surelyActs ? actsBelieved[act] : undefined;
}

/** Does with a matter what the message wants of it. */
export async function actOn(turn: Turn, appeal: Appeal, act: TalkAct, said: string, talk?: Talk): Promise<Outcome> {
  const isOpen = openStates.includes(appeal.state);
  if (!isOpen && act !== 'progress') return addTo(turn, appeal, said);
  if (act === 'waiting') return urgeMatter(turn, appeal, 'action.appeal-urge', said);
  if (act === 'person') {
    const staff = await handlerOf(turn, appeal);
    const notices = await passOn(turn, appeal, staff, said);
    const text = turn.say('about.directorStaff', { line: await summaryLine(appeal, turn), text: briefly(turn.say, said, appeal.id) });
    const toThem = (await toDirectors(turn.tx, text)).filter(({ to }) => !('room' in to) && to.person !== staff?.id);
    const told = inPrivate(turn, appeal.category, turn.say('about.directorTold', { when: await whenText(turn, appeal) }));
    return { ...told, decision: 'appeal', replies: [...told.replies, ...notices, ...toThem] };
  }
  if (act === 'progress' || act === 'when') {
    const told = inPrivate(
      turn,
      'action.appeal-status',
      `${details(turn, appeal, false)}${isOpen ? `\n${await whenText(turn, appeal)}` : ''}`,
    );
    // What was asked of a member of staff is heard there too.
    const notices = talk?.appeal?.id === appeal.id ? await passOn(turn, appeal, talk.staff, said) : [];
    return { ...told, replies: [...told.replies, ...notices] };
  }
  return addTo(turn, appeal, said);
}

/**
 * Goes to who speaks with this person; they hear that it was passed on, after hours when it will be read, and how to say that it is another
 * matter, where it may be one.
 */
async function toTalk(turn: Turn, { staff, appeal }: Talk, perhapsAnother = false): Promise<Outcome> {
  const goesOn = appeal !== undefined && spokenOfNow(turn, [appeal]) !== undefined;
  const notices = await passOn(turn, appeal, staff);
  const asks = perhapsAnother && appeal !== undefined;
  if (asks) await ask(turn, { kind: 'otherMatter', appeal: appeal.id, text: kept(turn, turn.text) });
  const words = asks
    ? turn.say('about.added', { matter: nameOf(turn, appeal), who: staff.name })
    : turn.say('about.passedOn', { name: staff.name });
  const told = [words, goesOn ? '' : readAt(turn)].filter((line) => line !== '').join('\n');
  return { decision: 'appeal', topic: appeal?.category ?? null, replies: [here(turn, told), ...notices] };
}

/** Whether what was said to a member of staff tells of something that may be another matter than the one they speak of. */
function mayBeAnother(turn: Turn, { appeal }: Talk): boolean {
  const category = likelyCategory(turn.content, turn.understood);
  const reports = (turn.understood.act?.report ?? 0) >= perhapsReports;
  return appeal !== undefined && category !== undefined && category.id !== appeal.category && reports && likeness(turn, appeal) < related;
}

/** Another open matter than the one a member of staff speaks of, where the words are plainly of that one. */
function closerThan(turn: Turn, matters: readonly Appeal[], { appeal }: Talk): Appeal | undefined {
  const meant = matterMeant(turn, matters);
  if (meant === undefined || meant === 'several' || meant.id === appeal?.id) return undefined;
  const near = likeness(turn, meant);
  return near >= related && near - (appeal ? likeness(turn, appeal) : 0) >= clearer ? meant : undefined;
}

/** "占车位那个不用管了，他自己挪了": whether it shall be taken back is asked once, since that ends the matter. */
async function notWanted(turn: Turn, matters: readonly Appeal[]): Promise<Outcome | undefined> {
  const { unmeant, notWanted: ended } = turn.content.talkWords;
  const cancels = (turn.understood.act?.cancel ?? 0) >= probablyCancels || hasShape(turn.text, ended);
  if (!cancels || hasShape(turn.text, unmeant)) return undefined;
  const own = matters.filter(({ person, state }) => person === turn.person.id && openStates.includes(state));
  const meant = matterMeant(turn, own);
  if (meant === undefined || meant === 'several') return undefined;
  const asked = await withdrawOne(turn, meant);
  const told = bareWords(turn.text).length > bareCancel ? await passOn(turn, meant, await handlerOf(turn, meant)) : [];
  return { ...asked, replies: [...asked.replies, ...told] };
}

/** "来水了 谢谢", "他家修好了": nobody need come any more. It is asked once, since that ends the matter. */
async function overByItself(turn: Turn, matters: readonly Appeal[]): Promise<Outcome | undefined> {
  // What was done waits for its verdict: the words may be of that.
  const meant = isOver(turn) ? matterMeant(turn, matters) : undefined;
  if (
    meant === undefined ||
    meant === 'several' ||
    !isOver(turn, meant.what) ||
    meant.person !== turn.person.id ||
    !openStates.includes(meant.state)
  )
    return undefined;
  const told = await withdrawOne(turn, meant, { over: true });
  return { ...told, replies: [...told.replies, ...(await passOn(turn, meant, await handlerOf(turn, meant)))] };
}

/**
 * What was made of a message as a question, while a member of staff speaks with its person or a matter was spoken of just now, and which may
 * have been meant for them: they hear it too.
 */
export async function alsoAbout(turn: Turn, outcome: Outcome): Promise<Outcome> {
  if ((turn.room && !turn.message.addressed) || may(turn.person, 'worker') || hasShape(turn.text, turn.content.talkWords.another))
    return outcome;
  const matters = await recentMatters(turn);
  const talk = await openTalk(turn);
  if (outcome.decision === 'answer') {
    if (!talk || isSurelyOffice(turn)) return outcome;
    const passed = await toTalk(turn, talk);
    return { ...outcome, replies: [...outcome.replies, ...passed.replies] };
  }
  const fresh = spokenOfNow(turn, matters);
  if (outcome.decision !== 'clarify' || !fresh) return outcome;
  const staff = await handlerOf(turn, fresh);
  const notices = await passOn(turn, fresh, staff);
  const text = turn.say('about.addedToo', { matter: nameOf(turn, fresh), who: staff?.name ?? turn.say('about.staff') });
  return { ...outcome, replies: [...outcome.replies, ...inPrivate(turn, fresh.category, text).replies, ...notices] };
}

/** A question about the office that is so clear that nobody who speaks with its person has to hear it. */
function isSurelyOffice({ understood, content }: Turn): boolean {
  const [{ decision, topic, candidates }] = understood.questions;
  return decision === 'answer' && content.answers.has(topic ?? '') && (candidates[0]?.score ?? 0) >= clearAnswer;
}

/** Thanks, a word of consent, a sticker: passed on, and nothing made of it. */
async function quietly(turn: Turn, { staff, appeal }: Talk, act?: TalkAct): Promise<Outcome> {
  const notices = await passOn(turn, appeal, staff);
  const reply = act === 'thank' ? [here(turn, turn.say('talk.thanks'))] : [];
  return { decision: 'action', topic: null, replies: [...reply, ...notices] };
}

function quiet(turn: Turn): Outcome {
  return { decision: 'action', topic: null, replies: [here(turn, turn.say('about.fine'))] };
}

/** Puts it into a matter and says so, with the way out when it was meant for another. */
async function addTo(turn: Turn, appeal: Appeal, said = turn.text): Promise<Outcome> {
  const staff = await handlerOf(turn, appeal);
  const notices = await passOn(turn, appeal, staff, said);
  if (!turn.room) await ask(turn, { kind: 'otherMatter', appeal: appeal.id, text: kept(turn, said) });
  const text = turn.say('about.added', { matter: nameOf(turn, appeal), who: staff?.name ?? turn.say('about.staff') });
  const told = inPrivate(turn, appeal.category, text);
  return { ...told, decision: 'appeal', replies: [...told.replies, ...notices] };
}

/** Asks which of several matters is meant, by their own words. */
async function whichMatter(turn: Turn, matters: readonly Appeal[], act: TalkAct | 'add'): Promise<Outcome> {
  const shown = matters.slice(0, namedAtMost);
  if (!turn.room) await ask(turn, { kind: 'whichMatter', appeals: shown.map(({ id }) => id), act, text: kept(turn, turn.text) });
  const names = shown.map((each, index) =>
    turn.say('about.choice', { row: index + 1, matter: nameOf(turn, each), place: each.place ?? '' }),
  );
  return { ...inPrivate(turn, 'action.appeal-status', turn.say('about.which', { matters: names.join('\n') })), decision: 'clarify' };
}

/** Whether a name shall be shown, or hidden, from now on. */
async function named(turn: Turn, matters: readonly Appeal[]): Promise<Outcome | undefined> {
  const meant = matterMeant(turn, matters);
  const appeal = meant === 'several' || meant === undefined ? matters[0] : meant;
  if (!appeal || appeal.person !== turn.person.id) return undefined;
  const shown = hasShape(turn.text, turn.content.talkWords.named);
  const hidden = !shown && wantsNoName(turn.content, turn.text);
  const besides = likelyCategory(turn.content, turn.understood) !== undefined;
  if (shown && !appeal.anonymous && !besides) return inTheOpen(turn, appeal);
  if (shown ? !appeal.anonymous : !hidden || appeal.anonymous) return undefined;
  if (hidden && likelyCategory(turn.content, turn.understood)?.id !== undefined && placeIn(turn.content, turn.text) !== undefined)
    return undefined;
  const moved = await setNamed(turn, appeal, shown);
  const notices = await passOn(turn, moved, await handlerOf(turn, moved));
  const text = shown ? turn.say('appeal.named', { number: moved.id }) : turn.say('appeal.unnamed');
  const told = inPrivate(turn, appeal.category, text);
  return { ...told, decision: 'appeal', replies: [...told.replies, ...notices] };
}

/** "我不匿名": it is not unnamed; nothing changes. */
function inTheOpen(turn: Turn, { category }: Appeal): Outcome {
  return inPrivate(turn, category, turn.say('declined.anonymous'));
}

/** Whether a message is clearly about nothing that is open. */
function isSomethingElse(turn: Turn, matters: readonly Appeal[], talk: Talk | undefined, act: TalkAct | undefined): boolean {
  if (countedMatters(turn).length > 0) return true;
  const [{ decision, topic, candidates }] = turn.understood.questions;
  const about = talk?.appeal ? [talk.appeal, ...matters] : matters;
  const category = likelyCategory(turn.content, turn.understood);
  const places = placesOf(turn.content);
  const told = places.find(turn.text);
  const place = told && !isPartOfHouse(told) ? told.text : undefined;
  const said = told === undefined ? turn.text : turn.text.replace(told.text, '');
  const near = Math.max(0, ...about.map((appeal) => inCommon(said, `${appeal.what} ${appeal.result ?? ''}`)));
  const elsewhere = place !== undefined && about.every((each) => each.place === undefined || !samePlace(each.place, place, places));
  const begins = hasShape(turn.text, turn.content.talkWords.another);
  if (category && (elsewhere || begins) && !about.some((each) => each.category === category.id && each.place === undefined)) return true;
  const asks = hasShape(turn.text, turn.content.talkWords.asking) || (turn.understood.act?.question ?? 0) >= surelyAsks;
  // "再问个别的，住院报得到不"
  if (begins && asks && decision !== 'decline' && near < related) return true;
  // "你们几点钟开门", when nothing was said of an open matter for a while.
  const best = candidates[0];
  const isOffice = best !== undefined && turn.content.answers.has(best.topic) && best.score >= probablyOffice;
  if (act === 'when' && !talk && isOffice && near < unrelated && spokenOfNow(turn, matters) === undefined) return true;
  if (decision !== 'answer' || topic === null) return false;
  const score = candidates[0]?.score ?? 0;
  if (turn.content.answers.has(topic)) {
    if (act === 'when' && talk) return false;
    return near < related && (talk ? asks : score >= clearAnswer || (turn.understood.act?.question ?? 0) >= surelyAsks);
  }
  // What is said to a member of staff is said to them, unless it begins something of its own, as above, or reports what has nothing to do with it.
  if (turn.content.categories.has(topic)) {
    const unlike = !about.some((each) => each.category === topic && topic !== 'appeal.other') && near < related && act === undefined;
    // Who names where it is begins something of its own sooner than who goes on telling.
    const reports = (turn.understood.act?.report ?? 0) >= (place === undefined ? surelyAsks : surelyReports);
    return unlike && (!talk || (score >= clearAnswer && reports));
  }
  // What sounds like danger and is none is not understood.
  if (topic in actsOfTopics || topic === 'action.emergency') return false;
  // "喊你们主任来" is about what is open; "转人工" begins a talk with whoever is there.
  if (topic === 'action.human' && actOf(turn.text, turn.content.talkWords) === 'person') return false;
  if (refusesCall(turn)) return false;
  // "有没有消息了" asks how it goes.
  if (act === 'progress' && topic.startsWith('news.')) return false;
  // "更正：不是东侧，是西侧" corrects what was said to staff.
  if (talk && (turn.understood.act?.correct ?? 0) >= surelyActs) return false;
  if (!isClearAction(turn)) return false;
  return !talk || bareWords(turn.text).length <= 12;
}

/** "你们要是泄露出去我不饶你" is no clear question about privacy, and who says "下午？现在就要" does not greet. */
function isClearAction({ understood: { questions, act } }: Turn): boolean {
  const [{ candidates }] = questions;
  return (candidates[0]?.score ?? 0) >= clearAnswer && !(act && goesOnTelling.has(likeliestAct(act)));
}

/** "莫打我电话": said to whoever might phone. */
function refusesCall({ understood, text, content }: Turn): boolean {
  return understood.questions[0].topic === callbackTopic && hasShape(text, content.talkWords.unmeant);
}

/** Nothing in its shape tells what it does: what speaks of an open matter, or of nothing that is known, is put into that matter. */
async function perhapsAbout(turn: Turn, matters: readonly Appeal[], another: readonly RegExp[]): Promise<Outcome | undefined> {
  const [{ decision: read, topic }] = turn.understood.questions;
  const decision = isAction(topic ?? '') && (topic === 'action.emergency' || !isClearAction(turn)) ? 'decline' : read;
  const meant = matterMeant(turn, matters);
  if (meant === undefined || hasShape(turn.text, another)) return undefined;
  const near = meant === 'several' ? 0 : likeness(turn, meant);
  // A question about nothing that is open.
  const asks = hasShape(turn.text, turn.content.talkWords.asking);
  const isFresh = meant !== 'several' && meant.state !== 'declined' && (meant.history.at(-1)?.at ?? '') >= justBefore(turn.now);
  const isQuestion = asks && (!isFresh || (turn.understood.act?.question ?? 1) >= surelyAsks);
  if (near < (decision === 'decline' ? unrelated : related) && isQuestion) return undefined;
  if (decision === 'answer' && near < related && !refusesCall(turn)) return undefined;
  const reports = decision !== 'decline' || (turn.understood.act?.report ?? 1) >= surelyReports;
  const other = reports ? likelyCategory(turn.content, turn.understood) : undefined;
  if (other && near < related && meant !== 'several' && other.id !== meant.category) return undefined;
  return meant === 'several' ? whichMatter(turn, matters, 'add') : addTo(turn, meant);
}

/** Whether what is told comes with a wish to be phoned: then all of it is told on the phone, and only the number is asked for. */
function reportsAndWantsCall({ content, understood }: Turn): boolean {
  const told = understood.questions.map(({ topic }) => topic).filter((topic) => topic !== callbackTopic);
  const categories = told.map((topic) => content.categories.get(topic ?? ''));
  return told.length > 0 && told.length < understood.questions.length && categories.every((category) => category && !category.discreet);
}
