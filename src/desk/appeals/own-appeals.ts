import { openStates } from '../../domain/appeals/appeal.ts';
import { endingIn, readAppealNumber } from '../../domain/appeals/appeal-number.ts';
import { spokenDay, spokenTime } from '../../domain/time/clock-time.ts';
import { readNumeral } from '../../domain/words/numeral.ts';
import { isPartOfHouse, samePlace } from '../../domain/words/place.ts';
import { narrowed } from '../../domain/words/place-change.ts';
import { bareWords, saysOne } from '../../domain/words/short-answer.ts';
import type { Question } from '../kernel/asked.ts';
import { placesOf } from '../kernel/places.ts';
import { ask, settle } from '../kernel/question.ts';
import { type Handler, here, type Outcome, privately, type Turn } from '../kernel/turn.ts';
import { briefly, brieflyOwn, kept } from '../kernel/whole.ts';
import { howToReveal } from '../privacy/privacy.ts';
import { matterMeant, openMatters } from './about.ts';
import { askRightPlace, type Correction, correctionIn } from './corrections.ts';
import { corrected, longestPlace, nameAlone, toldJustNow, whereAlone } from './form.ts';
import { actingIn, archivedAppeal, makeMove, stateTitle, summaryLine } from './moves.ts';
import { withHandler } from './responsible.ts';
import type { Appeal } from './rows.ts';
import { toHandler } from './staff.ts';
import { urgeMatter } from './waiting.ts';

const listedAtMost = 5;
/** From here on the words of a message name a category. */
const named = 0.05;

/** A number by itself, "补充 …" and "改地点 …": words about an appeal of one's own. Nobody learns of somebody else's by its number. */
export const ownAppeal: Handler = async (turn) => {
  if (turn.room && !turn.message.addressed) return undefined;
  const { supplement, correctPlace, correctWhat, status: askingStatus, whole: wholeWords } = turn.content.shortAnswers;
  if (saysOne(turn.text, askingStatus)) return status(turn);
  if (saysOne(turn.text, wholeWords)) return wholeOfLatest(turn);
  const added = corrected(turn.text, supplement);
  if (added) return supplementLatest(turn, added);
  const corrects = corrected(turn.text, correctPlace);
  const what = corrected(turn.text, correctWhat);
  // A place by itself, just after something was told, is the right place of it.
  const recent = await toldJustNow(turn);
  const isUnsaid = recent?.place === turn.say('appeal.placeUnsaid');
  const where = whereAlone(turn) ?? (isUnsaid ? nameAlone(turn) : undefined);
  if (where !== undefined) {
    const unsaid = await unplaced(turn);
    const [first, ...others] = unsaid ? [unsaid] : recent ? await placedBy(turn, recent) : [];
    if (first) return placeAll(turn, [first, ...others], where);
  }
  if (recent && tellsAlsoAt(turn)) return supplementTo(turn, recent, kept(turn, turn.text), null);
  const meant = await correctedMatter(turn, recent, corrects !== undefined || what !== undefined);
  if (meant) {
    if (corrects === '') return inPrivate(turn, meant.category, await askRightPlace(turn, meant));
    if (corrects !== undefined) return correctPlaceOf(turn, meant, rightOf(turn, meant, corrects));
    if (what) return correct(turn, { ...meant, what }, turn.say('appeal.whatStep', { what }));
    const correction = correctionIn(turn, meant);
    if (correction) return putRight(turn, meant, correction);
  }
  return (await inHouse(turn, recent)) ?? byNumber(turn);
};

/** The place of a matter with one that was told later: made whole, put in its stead, or said beside it where no map knows it. */
function placeWith(turn: Turn, { place: was = '' }: Appeal, where: string): string {
  const places = placesOf(turn.content);
  const [before, told] = [places.find(was), places.find(where)];
  const isNone = was === '' || was === turn.say('appeal.placeUnsaid');
  const isAlongRoad =
    before?.road !== undefined && before.landmark === undefined && told?.landmark !== undefined && told.road === undefined;
  const isOfIt = !told || isAlongRoad || (isPartOfHouse(told) && !before);
  return !isNone && isOfIt ? `${was} ${where}` : (narrowed(was, where, places) ?? where);
}

/** What follows "改成": of a part of a house the house stays. */
function rightOf(turn: Turn, { place: was = '' }: Appeal, text: string): string {
  const told = placesOf(turn.content).find(text);
  if (!told) return text;
  return (isPartOfHouse(told) ? narrowed(was, told.text, placesOf(turn.content)) : undefined) ?? told.text;
}

/** Which of the matters that were told together a place by itself is of: all of them, or one. */
async function placedBy(turn: Turn, latest: Appeal): Promise<Appeal[]> {
  const isOfAll = turn.content.talkWords.whereabouts.ofAll.test(bareWords(turn.text));
  return isOfAll ? toldWith(turn, latest) : [await oneTold(turn, latest)];
}

async function placeAll(turn: Turn, appeals: readonly Appeal[], where: string): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const each of appeals) outcomes.push(await correctPlaceOf(turn, each, placeWith(turn, each, where)));
  return { decision: 'action', topic: null, ...outcomes[0], replies: outcomes.flatMap(({ replies }) => replies) };
}

/** "还有2栋门口", "C8栋也有": another place of what was told just now. */
function tellsAlsoAt({ content, text }: Turn): boolean {
  const all = placesOf(content).all(text);
  const rest = bareWords(all.reduce((left, place) => left.replace(place.text, ''), text));
  return all.length > 0 && rest !== '' && content.talkWords.whereabouts.alsoAt.test(rest);
}

/** "402", "四楼" by itself, just after a house was told: the flat or the floor in it. */
const flat = /^\d{3,4}[号室]?$/u;
const floor = /^(?:\d{1,2}|[一二三四五六七八九十]{1,3})[楼层]$/u;

async function inHouse(turn: Turn, recent: Appeal | undefined): Promise<Outcome | undefined> {
  const at = placesOf(turn.content).find(recent?.place ?? '');
  const said = bareWords(turn.text);
  const isFiner = (flat.test(said) && at?.room === undefined) || (floor.test(said) && at?.floor === undefined && at?.room === undefined);
  if (!recent || at?.building === undefined || !isFiner || endingIn(await ownAppeals(turn), said).length > 0) return undefined;
  return correctPlaceOf(turn, recent, `${at.text}${/\d$/u.test(at.text) ? ' ' : ''}${said}`);
}

/** What was taken down without a place, since nobody had said it. */
async function unplaced(turn: Turn): Promise<Appeal | undefined> {
  const unsaid = turn.say('appeal.placeUnsaid');
  return (await openMatters(turn)).find(({ place, person }) => place === unsaid && person === turn.person.id);
}

/** Which matter somebody puts right: what was told just now, else the one that is open or that the words mean. */
async function correctedMatter(turn: Turn, recent: Appeal | undefined, plainly: boolean): Promise<Appeal | undefined> {
  if (recent) return oneTold(turn, recent);
  if (!plainly && correctionIn(turn, { category: '' }) === undefined) return undefined;
  const own = (await openMatters(turn)).filter(({ person }) => person === turn.person.id);
  const meant = own.length === 1 ? own[0] : matterMeant(turn, own);
  return meant === 'several' ? own[0] : meant;
}

/** What was told in the same message, in its order. */
async function toldWith(turn: Turn, { createdAt }: Appeal): Promise<Appeal[]> {
  const told = await turn.tx.find('appeals', { person: turn.person.id, state: openStates, createdAt: { atLeast: createdAt } });
  return told.sort((a, b) => a.id.localeCompare(b.id));
}

/** Of several that were told in one message: "第二件", else the one that stands at a place that was named. */
async function oneTold(turn: Turn, latest: Appeal): Promise<Appeal> {
  const inOrder = await toldWith(turn, latest);
  if (inOrder.length < 2) return latest;
  const places = placesOf(turn.content);
  const named = places.all(turn.text);
  const [, ordinal] = /第([一二两三四五六七八九1-9])(?:个|件|条|样|项|点)/u.exec(turn.text) ?? [];
  const byPlace = inOrder.find(({ place = '' }) => named.some(({ text }) => samePlace(text, place, places)));
  return (ordinal === undefined ? undefined : inOrder[readNumeral(ordinal) - 1]) ?? byPlace ?? latest;
}

/** With the right place, told to who handles it. */
export function correctPlaceOf(turn: Turn, appeal: Appeal, place: string): Promise<Outcome> {
  return correct(turn, { ...appeal, place: kept(turn, place, longestPlace) }, turn.say('appeal.placeStep', { place }));
}

function putRight(turn: Turn, appeal: Appeal, { place, category, what }: Correction): Promise<Outcome> {
  if (place !== undefined) return correctPlaceOf(turn, appeal, place);
  const title = category && (turn.content.titles.get(category.id) ?? '');
  const step =
    title === undefined ? kept(turn, turn.text) : `${turn.say('appeal.categoryStep', { category: title })} ${kept(turn, turn.text)}`;
  return correct(turn, { ...appeal, ...(what ? { what } : {}), ...(category ? { category: category.id, kind: category.kind } : {}) }, step);
}

/** The resident's own appeals, latest first; in a group they are told in private. */
export async function status(turn: Turn): Promise<Outcome> {
  const own = (await ownAppeals(turn)).slice(0, listedAtMost);
  if (own.length === 0) return inPrivate(turn, 'action.appeal-status', turn.say('status.none'));
  const [only, ...others] = own;
  if (only && others.length === 0) return inPrivate(turn, 'action.appeal-status', details(turn, only));
  const lines = own.map((appeal) => statusLine(turn, appeal));
  return inPrivate(turn, 'action.appeal-status', turn.say('status.list', { lines: lines.join('\n') }));
}

/** 全文: the words of one's latest appeal, whole. */
async function wholeOfLatest(turn: Turn): Promise<Outcome | undefined> {
  const own = (await ownAppeals(turn)).find(({ person }) => person === turn.person.id);
  return own && inPrivate(turn, 'action.appeal-status', turn.say('status.whole', { number: own.id, text: own.what }));
}

/** 催办: of the matter that is named, else of the latest; answered with when. */
export async function urge(turn: Turn): Promise<Outcome> {
  const appeal = await openOneNamed(turn, ({ category }) => category !== 'action.emergency');
  if (!appeal) return inPrivate(turn, 'action.appeal-urge', turn.say('status.none'));
  return urgeMatter(turn, appeal, 'action.appeal-urge');
}

/** 撤回: asked back once, since it ends the matter. */
export async function withdraw(turn: Turn): Promise<Outcome> {
  const appeal = await openOneNamed(turn, ({ person }) => person === turn.person.id);
  return appeal ? withdrawOne(turn, appeal) : inPrivate(turn, 'action.appeal-withdraw', turn.say('status.none'));
}

/** Asks whether this one shall be taken back. `over`: they told that nobody need come any more. */
export async function withdrawOne(turn: Turn, appeal: Appeal, { over = false } = {}): Promise<Outcome> {
  if (turn.room) return inPrivate(turn, 'action.appeal-withdraw', turn.say('withdraw.privately', { number: appeal.id }));
  await ask(turn, { kind: 'withdrawal', appeal: appeal.id, ...(over ? { over } : {}) });
  const asking = over ? 'withdraw.askOver' : 'withdraw.ask';
  return inPrivate(turn, 'action.appeal-withdraw', turn.say(asking, { number: appeal.id, what: brieflyOwn(turn.say, appeal.what) }));
}

/** What the resident adds to an appeal; it was perhaps waiting for just that. `answers`: the question that is over with it. */
export async function supplementTo(
  turn: Turn,
  appeal: Appeal,
  text: string,
  answers: Question | null = turn.asked?.question ?? null,
): Promise<Outcome> {
  if (answers) await settle(turn, answers);
  const { file } = turn.message;
  const seen = file === undefined ? appeal : withFile(appeal, turn.person.id, file);
  const moved = await makeMove(actingIn(turn), seen, 'supplement', text === '' ? turn.say('appeal.pictureStep') : text);
  const told = inPrivate(turn, moved.category, turn.say('appeal.supplemented', { number: moved.id }));
  const notice = turn.say('appeal.supplementStaff', {
    line: await summaryLine(moved, turn),
    text: briefly(turn.say, text, moved.id),
    reveal: await howToReveal(turn, moved),
  });
  return { ...told, decision: 'appeal', replies: [...told.replies, ...(await toHandler(turn, moved, notice))] };
}

/** With a picture of somebody who told of it, or who joined. */
function withFile(appeal: Appeal, person: string, file: string): Appeal {
  const followers = appeal.followers.map((each) => (each.person === person ? { ...each, files: [...(each.files ?? []), file] } : each));
  return { ...appeal, files: [...appeal.files, file], followers };
}

async function supplementLatest(turn: Turn, text: string): Promise<Outcome | undefined> {
  const appeal = (await ownAppeals(turn)).find(({ state }) => openStates.includes(state));
  return appeal && supplementTo(turn, appeal, kept(turn, text));
}

async function correct(turn: Turn, appeal: Appeal, step: string): Promise<Outcome> {
  const moved = await makeMove(actingIn(turn), await withHandler(turn, appeal), 'supplement', step);
  const told = inPrivate(
    turn,
    moved.category,
    turn.say('appeal.corrected', {
      number: moved.id,
      kind: moved.kind,
      category: turn.content.titles.get(moved.category) ?? '',
      what: brieflyOwn(turn.say, moved.what),
      place: moved.place ?? '',
    }),
  );
  const notice = turn.say('appeal.supplementStaff', {
    line: await summaryLine(moved, turn),
    text: briefly(turn.say, step, moved.id),
    reveal: await howToReveal(turn, moved),
  });
  return { ...told, decision: 'appeal', replies: [...told.replies, ...(await toHandler(turn, moved, notice))] };
}

/** A number however it is typed, looked up among one's own. */
async function byNumber(turn: Turn): Promise<Outcome | undefined> {
  const reading = readAppealNumber(turn.text, turn.content.community.prefix);
  // A small number by itself chooses from a list; "17号" may be the seventeenth appeal of a day.
  const isChoice = reading?.form === 'short' && reading.ending.length < 3;
  if (!reading || (isChoice && !/[号單单]/u.test(turn.text))) return undefined;
  if (reading.form === 'wrong') return inPrivate(turn, 'action.appeal-status', turn.say('status.wrongNumber', { number: reading.typed }));
  const own = await ownAppeals(turn);
  const fitting = reading.form === 'full' ? own.filter(({ id }) => id === reading.number) : endingIn(own, reading.ending);
  const [only, ...others] = fitting;
  const old = !only && reading.form === 'full' ? await archivedAppeal(turn.tx, reading.number) : undefined;
  if (old?.person === turn.person.id) return inPrivate(turn, 'action.appeal-status', details(turn, old));
  if (!only) return isChoice ? undefined : inPrivate(turn, 'action.appeal-status', turn.say('status.notYours'));
  if (others.length > 0) {
    const lines = fitting.slice(0, listedAtMost).map((appeal) => statusLine(turn, appeal));
    return inPrivate(turn, 'action.appeal-status', turn.say('status.several', { lines: lines.join('\n') }));
  }
  return inPrivate(turn, 'action.appeal-status', details(turn, only));
}

/** One's own open appeal that the message names by its number or its words; otherwise the latest. */
async function openOneNamed(turn: Turn, fits: (appeal: Appeal) => boolean): Promise<Appeal | undefined> {
  const open = (await ownAppeals(turn)).filter((appeal) => openStates.includes(appeal.state) && fits(appeal));
  const [number] = /\d{3,}/.exec(turn.text) ?? [];
  if (number !== undefined) return endingIn(open, number)[0] ?? open.find(({ id }) => id.includes(number));
  const about = turn.understood.questions[0].candidates.find(
    ({ topic, score }) => score >= named && open.some(({ category }) => category === topic),
  );
  return open.find(({ category }) => category === about?.topic) ?? open[0];
}

/** One's own appeals and those that one has joined, latest first. */
export async function ownAppeals(turn: Turn): Promise<Appeal[]> {
  const mine = turn.person.id;
  return (await turn.tx.mentioning('appeals', mine))
    .filter((appeal) => appeal.person === mine || appeal.followers.some(({ person }) => person === mine))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id));
}

function statusLine(turn: Turn, appeal: Appeal): string {
  return turn.say('status.line', {
    number: appeal.id,
    state: stateTitle(appeal.state, turn.say),
    category: turn.content.titles.get(appeal.category) ?? '',
    date: spokenTime(new Date(appeal.createdAt)),
    word: lastWord(appeal, appeal.person === turn.person.id),
  });
}

export function details(turn: Turn, appeal: Appeal, withDue = true): string {
  const due = withDue && openStates.includes(appeal.state) && appeal.answerBy !== undefined && turn.knows(new Date(appeal.answerBy));
  return turn.say('status.one', {
    line: statusLine(turn, appeal),
    what: appeal.person === turn.person.id ? brieflyOwn(turn.say, appeal.what) : '',
    due: due ? turn.say('appeal.dueOn', { date: spokenDay(new Date(appeal.answerBy ?? '')) }) : '',
  });
}

/** The last thing that staff said of it; what they answered the reporter is for the reporter alone. */
function lastWord({ result, history, leftAt = '' }: Appeal, reporter: boolean): string {
  return result ?? (reporter ? (history.findLast(({ move, at }) => move === 'answer' && at >= leftAt)?.text ?? '') : '');
}

/** In a group one's own matters are told in private, or not at all while one cannot be reached there. */
export function inPrivate(turn: Turn, topic: string, text: string): Outcome {
  if (!turn.room) return { decision: 'action', topic, replies: [here(turn, text)] };
  if (turn.person.reachable)
    return { decision: 'action', topic, replies: [here(turn, turn.say('group.seePrivate')), privately(turn, text)] };
  return { decision: 'action', topic, replies: [here(turn, turn.say('group.addMe', { bot: turn.content.community.botName }))] };
}
