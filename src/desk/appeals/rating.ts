import { isJudged } from '../../domain/appeals/appeal.ts';
import { readAppealNumber } from '../../domain/appeals/appeal-number.ts';
import { plusDays } from '../../domain/time/clock-time.ts';
import { samePlace } from '../../domain/words/place.ts';
import { bareWords, chosenNumber, hasShape, saysOne } from '../../domain/words/short-answer.ts';
import { actOf } from '../../domain/words/talk.ts';
import { readSatisfied, readSolved } from '../../domain/words/verdict.ts';
import type { Question } from '../kernel/asked.ts';
import type { Reply } from '../kernel/message.ts';
import { placeIn, placesOf } from '../kernel/places.ts';
import type { Reading } from '../kernel/question.ts';
import { ask, settle, takeBack } from '../kernel/question.ts';
import { toDirectors } from '../kernel/staff.ts';
import { type Handler, here, type Outcome, privately, type Turn } from '../kernel/turn.ts';
import { briefly, brieflyOwn, kept } from '../kernel/whole.ts';
import { handlerOf, likeness, matterMeant, nameOf, openMatters } from './about.ts';
import { likelyCategory } from './filing.ts';
import { startAppeal } from './form.ts';
import { hearFurther } from './further-words.ts';
import { actingIn, keep, makeMove, ratingOf, reopen, summaryLine, withRating } from './moves.ts';
import { inPrivate } from './own-appeals.ts';
import type { Appeal, Rating } from './rows.ts';
import { toHandler } from './staff.ts';
import { passOn } from './staff-talk.ts';

/** So long after it was done a resident may say that it is not. */
export const reopenDays = 15;
/** Shorter words than this add nothing to a good verdict that its handler has to read. */
const leastWorthPassing = 6;
/** So much the words of what has broken again have in common with what was done. */
const leastLike = 0.35;
/** What is shorter is a slip, and only asked about. */
const leastUnclear = 3;
/** From this round on the director is asked to phone. */
const directorFromRound = 3;

const solvedChoices = ['yes', 'partly', 'no', 'dropped'] as const;
const satisfiedChoices = ['yes', 'fairly', 'no'] as const;

/** "解决了", "没解决", "不满意": said of what was done last, whatever else the chat is about. */
export const rating: Handler = async (turn) => {
  if (turn.room && !turn.message.addressed) return undefined;
  const { solved, satisfied } = turn.content.shortAnswers;
  const text = turn.content.simplify(turn.text);
  const said = solvedChoices.find((each) => saysOne(text, solved[each]));
  if (said) {
    const appeal = await lastDone(turn);
    if (appeal) return takeSolved(turn, appeal, said);
    return (await joinedVerdict(turn)) ?? (said === 'no' ? tooLate(turn) : undefined);
  }
  const liked = satisfiedChoices.find((each) => saysOne(text, satisfied[each]));
  const rated = liked && (await lastDone(turn));
  return liked && rated && (ratingOf(rated) || rated.state === 'resolved') ? takeSatisfied(turn, rated, liked) : undefined;
};

/**
 * What somebody says of a matter that they have joined and that was done: they are not asked, and their word counts. That it is not done
 * takes it up again; anything else is read by whoever did it.
 */
export async function joinedVerdict(turn: Turn): Promise<Outcome | undefined> {
  const appeal = await lastJoinedDone(turn);
  const said = appeal && readSolved(turn.content.simplify(turn.text), turn.content.verdicts);
  if (!said || placeElsewhere(turn, appeal)) return undefined;
  if (said === 'no') return notSolved(turn, appeal);
  const notices = await passOn(turn, appeal, await handlerOf(turn, appeal));
  return answered(turn, turn.say(said === 'yes' ? 'rating.thanks' : 'rating.joinedTold'), notices);
}

/** Whether a message tells of a place that is not that of a matter. */
function placeElsewhere(turn: Turn, { place = '' }: Appeal): boolean {
  const told = placeIn(turn.content, turn.text);
  return told !== undefined && !samePlace(told, place, placesOf(turn.content));
}

/** A verdict, and then another matter: "没修好，还是响，另外路灯也不亮了". */
const further = /另外|还有|对了|顺便/u;

/** A verdict of what was done last and another grievance behind it, in one breath: both are heard. */
export const inOneBreath: Handler = async (turn) => {
  if (turn.room && !turn.message.addressed) return undefined;
  const at = turn.text.search(further);
  const first = turn.text
    .slice(0, Math.max(0, at))
    .trim()
    .replace(/[，,。；;]$/u, '');
  const rest = turn.text.slice(at);
  const verdict = at > 0 ? readSolved(turn.content.simplify(first), turn.content.verdicts) : undefined;
  const understood = verdict && turn.content.understand(rest);
  const category = understood && likelyCategory(turn.content, understood);
  const appeal = category && (await lastDone(turn));
  if (!verdict || !category || !appeal || !(appeal.state === 'resolved' || verdict === 'no')) return undefined;
  const rated = await takeSolved({ ...turn, text: first }, appeal, verdict);
  const begun = await startAppeal({ ...turn, text: rest, understood }, category.id, rest);
  return { ...begun, replies: [...rated.replies, ...begun.replies] };
};

/** What an answer to one of the two questions says. */
export type RatingAnswer = { readonly solved: Rating['solved'] } | { readonly satisfied: NonNullable<Rating['satisfied']> };

/**
 * Reads a message as the answer to one of the two questions, by number or from the whole of what is said. What cannot be made out is
 * asked for once more; only what is clearly about something else is no answer.
 */
export async function readRating(turn: Turn, { appeal: number, solved }: Question<'rating'>): Promise<Reading<RatingAnswer>> {
  const appeal = await turn.tx.get('appeals', number);
  if (!appeal || !['resolved', 'archived'].includes(appeal.state)) return 'other';
  const said = turn.content.simplify(turn.text);
  const row = Number(chosenNumber(turn.text) ?? Number.NaN) - 1;
  if (Number.isNaN(row) && asksAnother(turn, appeal, said)) return 'other';
  if (solved === undefined) {
    const verdict = solvedChoices[row] ?? readSolved(said, turn.content.verdicts);
    if (verdict) return { answer: { solved: verdict } };
  } else {
    const liked = satisfiedChoices[row] ?? readSatisfied(said, turn.content.verdicts);
    if (liked) return { answer: { satisfied: liked } };
    const verdict = hasShape(turn.text, turn.content.talkWords.all) ? readSolved(said, turn.content.verdicts) : undefined;
    if (verdict) return { answer: { solved: verdict } };
  }
  return turn.message.kind !== 'text' || wantsSomething(turn) ? 'other' : 'unclear';
}

/** A clear question about office matters, or a grievance at another place, that does not speak of what was done. */
function asksAnother(turn: Turn, appeal: Appeal, said: string): boolean {
  const [{ decision, topic }] = turn.understood.questions;
  if (decision !== 'answer' || topic === null || turn.content.verdicts.about.test(said)) return false;
  // "好慢" is not about what was asked a moment ago.
  if (turn.content.answers.has(topic)) return topic !== turn.conversation.topic;
  const place = placeIn(turn.content, turn.text);
  return turn.content.categories.has(topic) && topic !== appeal.category && place !== undefined && place !== appeal.place;
}

/** Thanks, a wish, another grievance, a case by its number: clear enough to be heard as such. */
function wantsSomething(turn: Turn): boolean {
  const { status, record, pastNews, supplement } = turn.content.shortAnswers;
  if (saysOne(turn.text, [...status, ...record, ...pastNews]) || hasShape(turn.text, supplement)) return true;
  if (/[.]|^0$/.test(chosenNumber(turn.text) ?? '') || actOf(turn.text, turn.content.talkWords) === 'when') return true;
  if (readAppealNumber(turn.text, turn.content.community.prefix)?.form === 'full') return true;
  const [{ decision, topic }] = turn.understood.questions;
  return decision === 'answer' && topic !== null;
}

export async function answerRating(turn: Turn, { appeal: number }: Question<'rating'>, answer: RatingAnswer): Promise<Outcome | undefined> {
  const appeal = await turn.tx.get('appeals', number);
  if (!appeal) return undefined;
  const others = hasShape(turn.text, turn.content.talkWords.all) ? await othersAsked(turn, appeal, answer) : [];
  for (const other of others) await rateToo(turn, other, answer);
  return 'solved' in answer ? takeSolved(turn, appeal, answer.solved) : takeSatisfied(turn, appeal, answer.satisfied);
}

/** What else of theirs was done and has no such word yet: "都好了" is said of all. */
async function othersAsked(turn: Turn, { id }: Appeal, answer: RatingAnswer): Promise<Appeal[]> {
  const since = plusDays(turn.now, -reopenDays).toISOString();
  const done = await turn.tx.find('appeals', { person: turn.person.id, state: ['resolved', 'archived'] });
  return done.filter((each) => {
    const before = ratingOf(each);
    const open = 'solved' in answer ? each.state === 'resolved' && before === undefined : before?.satisfied === undefined;
    return open && isJudged(each.kind) && each.id !== id && (each.resolvedAt ?? '') >= since && each.onBehalfOf === undefined;
  });
}

/** Rates another with the same words; no second question is put for it, and one that is not solved is taken up again. */
async function rateToo(turn: Turn, appeal: Appeal, answer: RatingAnswer): Promise<void> {
  const before = ratingOf(appeal);
  const verdict = 'solved' in answer ? answer : { solved: before?.solved ?? ('yes' as const), ...answer };
  const rated = withRating(appeal, { ...before, ...verdict, at: turn.now.toISOString() });
  if (verdict.solved === 'no') await reopen(actingIn(turn), rated, kept(turn, turn.text));
  else if (appeal.state === 'resolved')
    await makeMove(actingIn(turn), rated, 'rate', inTheirWords(turn, turn.say(`rating.${verdict.solved}`)));
  else await keep(actingIn(turn), rated);
  await takeBack(turn, turn.conversation.id, (each) => each.kind === 'rating' && each.appeal === appeal.id);
}

/** What cannot be made out is read by whoever handled it, and stands in the case. */
export async function keepUnclear(turn: Turn, { appeal: number }: Question<'rating'>): Promise<readonly Reply[]> {
  const appeal = await turn.tx.get('appeals', number);
  const act = actOf(turn.text, turn.content.talkWords);
  if (!appeal || bareWords(turn.text).length < leastUnclear || act === 'thank' || act === 'acknowledge') return [];
  return passOn(turn, appeal, await handlerOf(turn, appeal));
}

/** The question that waits, to be put once more. */
export async function ratingQuestion(turn: Turn, { appeal: number, solved }: Question<'rating'>): Promise<string> {
  const what = brieflyOwn(turn.say, (await turn.tx.get('appeals', number))?.what ?? '');
  return solved === undefined ? turn.say('rating.solvedAgain', { number, what }) : turn.say('rating.satisfiedAgain');
}

/** 评价, said by itself: asks for the last appeal that is done and has no rating. */
export async function startRating(turn: Turn): Promise<Outcome> {
  const appeal = await lastDone(turn);
  const liked = appeal && ratingOf(appeal) ? readSatisfied(turn.content.simplify(turn.text), turn.content.verdicts) : undefined;
  if (appeal && liked) return takeSatisfied(turn, appeal, liked);
  if (!appeal || ratingOf(appeal)) return (await ratedEarly(turn)) ?? inPrivate(turn, 'action.appeal-rate', turn.say('rating.nothing'));
  if (!turn.room) await ask(turn, { kind: 'rating', appeal: appeal.id });
  const question = turn.say('rating.solved', { number: appeal.id, what: brieflyOwn(turn.say, appeal.what), text: appeal.result ?? '' });
  const asked = inPrivate(turn, 'action.appeal-rate', question);
  return { ...asked, replies: [...asked.replies, ...(await keepUnclear(turn, { kind: 'rating', appeal: appeal.id }))] };
}

/** "服了，满意", before staff have said that it is done: whoever has it in hand reads it. */
async function ratedEarly(turn: Turn): Promise<Outcome | undefined> {
  const open = await openMatters(turn);
  const meant = matterMeant(turn, open);
  const appeal = meant === 'several' ? open[0] : meant;
  if (!appeal || bareWords(turn.text).length < leastUnclear) return undefined;
  const staff = await handlerOf(turn, appeal);
  const notices = await passOn(turn, appeal, staff);
  const who = staff?.name ?? turn.say('about.staff');
  return answered(turn, turn.say('rating.early', { who, matter: nameOf(turn, appeal) }), notices);
}

async function takeSolved(turn: Turn, appeal: Appeal, solved: Rating['solved']): Promise<Outcome> {
  if (solved === 'no') return notSolved(turn, appeal);
  await settleRating(turn, appeal);
  const rated = withRating(appeal, { ...ratingOf(appeal), solved, at: turn.now.toISOString() });
  await makeMove(actingIn(turn), rated, 'rate', inTheirWords(turn, turn.say(`rating.${solved}`)));
  const notices = await praiseToHandler(turn, rated, turn.say(`rating.${solved}`));
  if (solved === 'dropped') return answered(turn, turn.say('rating.thanksDropped', { number: appeal.id }), notices);
  if (!turn.room && !(await otherWaits(turn, appeal))) await ask(turn, { kind: 'rating', appeal: appeal.id, solved });
  return answered(turn, turn.say('rating.satisfied'), notices);
}

async function takeSatisfied(turn: Turn, appeal: Appeal, satisfied: NonNullable<Rating['satisfied']>): Promise<Outcome> {
  await settleRating(turn, appeal);
  const rated = withRating(appeal, { solved: ratingOf(appeal)?.solved ?? 'yes', satisfied, at: turn.now.toISOString() });
  const title = turn.say(`rating.${satisfied}Satisfied`);
  if (appeal.state === 'resolved' || ownWords(turn) !== undefined) await makeMove(actingIn(turn), rated, 'rate', inTheirWords(turn, title));
  else await keep(actingIn(turn), rated);
  if (satisfied !== 'no') return answered(turn, turn.say('rating.thanks'), await praiseToHandler(turn, rated, title));
  const notice = turn.say('rating.unhappyStaff', {
    line: await summaryLine(rated, turn),
    text: briefly(turn.say, ownWords(turn) ?? '', rated.id),
  });
  await hearFurther(turn, rated);
  return answered(turn, turn.say('rating.sorry'), await toHandler(turn, rated, notice));
}

/** The resident decides that it is not done: the same number, the next round, with what was said. */
async function notSolved(turn: Turn, appeal: Appeal): Promise<Outcome> {
  await settleRating(turn, appeal);
  const rated = withRating(appeal, { solved: 'no', at: turn.now.toISOString() });
  const again = await reopen(actingIn(turn), rated, kept(turn, turn.text));
  const line = await summaryLine(again, turn);
  const notices =
    again.round >= directorFromRound ? await toDirectors(turn.tx, turn.say('rating.phoneDirector', { line, round: again.round })) : [];
  const notice = turn.say('rating.reopenedStaff', { line, round: again.round, text: briefly(turn.say, ownWords(turn) ?? '', again.id) });
  await hearFurther(turn, again);
  return answered(turn, turn.say('rating.reopened', { number: again.id }), [...notices, ...(await toHandler(turn, again, notice))]);
}

/**
 * "又冒出来了", "根本没弄好", said when nothing waits for a verdict: it is about what was done lately, where the words speak of it or
 * nothing else is known of them.
 */
export async function brokenAgain(turn: Turn): Promise<Outcome | undefined> {
  const said = turn.content.simplify(turn.text);
  const { about, undone } = turn.content.verdicts;
  if (!(about.test(said) || undone.test(said)) || readSolved(said, turn.content.verdicts) !== 'no') return undefined;
  const since = plusDays(turn.now, -reopenDays).toISOString();
  const done = (await doneFor(turn)).filter(({ resolvedAt = '' }) => resolvedAt >= since);
  const appeal = matterMeant(turn, done);
  if (appeal === undefined || appeal === 'several') return undefined;
  // What is open, and as near, goes on: "又开始打了".
  const nearest = Math.max(leastLike, ...(await openMatters(turn)).map((open) => likeness(turn, open)));
  if ((await openMatters(turn)).length > 0 && likeness(turn, appeal) < nearest && !about.test(said)) return undefined;
  const category = likelyCategory(turn.content, turn.understood);
  const isNear = likeness(turn, appeal) >= leastLike || category === undefined;
  return isNear && (category === undefined || category.id === appeal.category || about.test(said)) ? notSolved(turn, appeal) : undefined;
}

/** What the resident said in words of their own; undefined for a number, or the words of a choice. */
function ownWords(turn: Turn): string | undefined {
  const { text } = turn;
  const { shortAnswers } = turn.content;
  const offered = [...Object.values(shortAnswers.solved), ...Object.values(shortAnswers.satisfied)].flat();
  return chosenNumber(text) !== undefined || saysOne(text, offered) ? undefined : kept(turn, text);
}

/** A verdict as it goes into the case: its title, and the words. */
function inTheirWords(turn: Turn, title: string): string {
  const text = ownWords(turn);
  return text === undefined ? title : turn.say('rating.inWords', { title, text });
}

/** A good word, or a half good one, that says more than the verdict, goes to whoever handled it. */
async function praiseToHandler(turn: Turn, appeal: Appeal, title: string): Promise<Reply[]> {
  const text = ownWords(turn);
  if (text === undefined || bareWords(text).length < leastWorthPassing) return [];
  return toHandler(
    turn,
    appeal,
    turn.say('rating.wordsStaff', { title, line: await summaryLine(appeal, turn), text: briefly(turn.say, text, appeal.id) }),
  );
}

/** "没解决", said when the time for it is over: it can be told anew. */
async function tooLate(turn: Turn): Promise<Outcome | undefined> {
  const done = await turn.tx.find(
    'appeals',
    { person: turn.person.id, state: ['resolved', 'archived'] },
    { by: 'createdAt', descending: true, limit: 1 },
  );
  return done[0] && answered(turn, turn.say('rating.tooLate', { number: done[0].id, days: reopenDays }));
}

/** The appeal that was done last and may still be spoken of. */
async function lastDone(turn: Turn): Promise<Appeal | undefined> {
  const done = await turn.tx.find('appeals', { person: turn.person.id, state: ['resolved', 'archived'] });
  const since = plusDays(turn.now, -reopenDays).toISOString();
  const recent = done.filter((each) => (each.resolvedAt ?? '') >= since && each.onBehalfOf === undefined && isJudged(each.kind));
  const waiting = recent.filter(({ state }) => state === 'resolved');
  return [...(waiting.length > 0 ? waiting : recent)].sort((a, b) => (b.resolvedAt ?? '').localeCompare(a.resolvedAt ?? ''))[0];
}

/** What was done of what this person has told or joined. */
async function doneFor({ tx, person }: Turn): Promise<Appeal[]> {
  const theirs = ({ person: who, followers }: Appeal) => who === person.id || followers.some((each) => each.person === person.id);
  return (await tx.mentioning('appeals', person.id)).filter(
    (each) => (each.state === 'resolved' || each.state === 'archived') && each.onBehalfOf === undefined && theirs(each),
  );
}

/** The appeal that this person has joined and that was done last: who joined may say that it is not done. */
async function lastJoinedDone(turn: Turn): Promise<Appeal | undefined> {
  const since = plusDays(turn.now, -reopenDays).toISOString();
  return (await doneFor(turn))
    .filter(({ resolvedAt = '', followers }) => resolvedAt >= since && followers.some(({ person }) => person === turn.person.id))
    .sort((a, b) => (b.resolvedAt ?? '').localeCompare(a.resolvedAt ?? ''))[0];
}

/** Takes the question of this appeal back; a form that waits goes on waiting. */
async function settleRating(turn: Turn, appeal: Appeal): Promise<void> {
  const question = turn.asked?.question;
  if (question?.kind === 'rating' && question.appeal === appeal.id) await settle(turn);
}

async function otherWaits(turn: Turn, appeal: Appeal): Promise<boolean> {
  const question = turn.asked?.question;
  return question !== undefined && question.kind !== 'furtherWords' && !(question.kind === 'rating' && question.appeal === appeal.id);
}

function answered(turn: Turn, text: string, notices: readonly Reply[] = []): Outcome {
  const reply = turn.room && turn.person.reachable ? privately(turn, text) : here(turn, text);
  return { decision: 'action', topic: 'action.appeal-rate', replies: [reply, ...notices] };
}
