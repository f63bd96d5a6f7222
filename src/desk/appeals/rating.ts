import { plusDays } from '../../domain/time/clock-time.ts';
import { bareWords, chosenNumber, saysOne } from '../../domain/words/short-answer.ts';
import type { Question } from '../kernel/asked.ts';
import type { Reply } from '../kernel/message.ts';
import type { Reading } from '../kernel/question.ts';
import { ask, settle } from '../kernel/question.ts';
import { toDirectors, toHandler } from '../kernel/staff.ts';
import type { Appeal, Rating } from '../kernel/tables.ts';
import { type Handler, here, type Outcome, privately, type Turn } from '../kernel/turn.ts';
import { actingIn, keep, makeMove, ratingOf, reopen, summaryLine, withRating } from './moves.ts';
import { inPrivate } from './own-appeals.ts';

/** So long after it was done a resident may say that it is not. */
const reopenDays = 15;
/** What is longer than this is a story. */
const longestVerdict = 15;
/** From this round on the director is asked to phone. */
const directorFromRound = 3;

const solvedChoices = ['yes', 'partly', 'no', 'dropped'] as const;
const satisfiedChoices = ['yes', 'fairly', 'no'] as const;

/** "解决了", "没解决", "不满意": said of what was done last, whatever else the chat is about. */
export const rating: Handler = async (turn) => {
  if (turn.room && !turn.message.addressed) return undefined;
  const { solved, satisfied } = turn.content.shortAnswers;
  const said = solvedChoices.find((each) => saysOne(turn.text, solved[each]));
  if (said) {
    const appeal = (await lastDone(turn)) ?? (said === 'no' ? await lastJoinedDone(turn) : undefined);
    if (appeal) return takeSolved(turn, appeal, said);
    return said === 'no' ? tooLate(turn) : undefined;
  }
  const liked = satisfiedChoices.find((each) => saysOne(turn.text, satisfied[each]));
  const rated = liked && (await lastDone(turn));
  return liked && rated && (ratingOf(rated) || rated.state === 'resolved') ? takeSatisfied(turn, rated, liked) : undefined;
};

/** What an answer to one of the two questions says. */
export type RatingAnswer = { readonly solved: Rating['solved'] } | { readonly satisfied: NonNullable<Rating['satisfied']> };

/** Reads a message as the answer to one of the two questions, by number or in a few words. */
export async function readRating(turn: Turn, { appeal: number, solved }: Question<'rating'>): Promise<Reading<RatingAnswer>> {
  const appeal = await turn.tx.get('appeals', number);
  if (!appeal || !['resolved', 'archived'].includes(appeal.state)) return 'other';
  const { solvedShapes, satisfiedShapes } = turn.content.shortAnswers;
  const row = Number(chosenNumber(turn.text) ?? Number.NaN) - 1;
  const said = bareWords(turn.text.replace(/谢谢(?:你们?|您|了|啊)*/gu, ''));
  const [{ decision, topic }] = turn.understood.questions;
  // A story, or a clear question about something else, is no answer to "解决没有".
  const another = decision === 'answer' && topic !== null && turn.content.answers.has(topic);
  const short = said !== '' && said.length <= longestVerdict && !another;
  if (solved === undefined) {
    const verdict = solvedChoices[row] ?? (short ? shapeOf(said, solvedShapes) : undefined);
    return verdict ? { answer: { solved: verdict } } : 'other';
  }
  const liked = satisfiedChoices[row] ?? (short ? shapeOf(said, satisfiedShapes) : undefined);
  return liked ? { answer: { satisfied: liked } } : 'other';
}

export async function answerRating(turn: Turn, { appeal: number }: Question<'rating'>, answer: RatingAnswer): Promise<Outcome | undefined> {
  const appeal = await turn.tx.get('appeals', number);
  if (!appeal) return undefined;
  return 'solved' in answer ? takeSolved(turn, appeal, answer.solved) : takeSatisfied(turn, appeal, answer.satisfied);
}

/** The question that waits, to be put once more. */
export async function ratingQuestion(turn: Turn, { appeal: number, solved }: Question<'rating'>): Promise<string> {
  const what = (await turn.tx.get('appeals', number))?.what ?? '';
  return solved === undefined ? turn.say('rating.solvedAgain', { number, what }) : turn.say('rating.satisfiedAgain');
}

/** The first shape, in the order of the file, that what was said begins with. */
function shapeOf<K extends string>(said: string, shapes: Readonly<Record<K, RegExp>>): K | undefined {
  return (Object.keys(shapes) as K[]).find((key) => shapes[key].test(said));
}

/** 评价, said by itself: asks for the last appeal that is done and has no rating. */
export async function startRating(turn: Turn): Promise<Outcome> {
  const appeal = await lastDone(turn);
  if (!appeal || ratingOf(appeal)) return inPrivate(turn, 'action.appeal-rate', turn.say('rating.nothing'));
  if (!turn.room) await ask(turn, { kind: 'rating', appeal: appeal.id });
  return inPrivate(
    turn,
    'action.appeal-rate',
    turn.say('rating.solved', { number: appeal.id, what: appeal.what, text: appeal.result ?? '' }),
  );
}

async function takeSolved(turn: Turn, appeal: Appeal, solved: Rating['solved']): Promise<Outcome> {
  if (solved === 'no') return notSolved(turn, appeal);
  await settleRating(turn, appeal);
  const rated = withRating(appeal, { ...ratingOf(appeal), solved, at: turn.now.toISOString() });
  await makeMove(actingIn(turn), rated, 'rate', turn.say(`rating.${solved}`));
  if (solved === 'dropped') return answered(turn, turn.say('rating.thanksDropped', { number: appeal.id }));
  if (!turn.room && !(await otherWaits(turn, appeal))) await ask(turn, { kind: 'rating', appeal: appeal.id, solved });
  return answered(turn, turn.say('rating.satisfied'));
}

async function takeSatisfied(turn: Turn, appeal: Appeal, satisfied: NonNullable<Rating['satisfied']>): Promise<Outcome> {
  await settleRating(turn, appeal);
  const rated = withRating(appeal, { solved: ratingOf(appeal)?.solved ?? 'yes', satisfied, at: turn.now.toISOString() });
  if (appeal.state === 'resolved') await makeMove(actingIn(turn), rated, 'rate', turn.say(`rating.${satisfied}Satisfied`));
  else await keep(actingIn(turn), rated);
  const replies: Reply[] = [];
  if (satisfied === 'no') {
    const notice = turn.say('rating.unhappyStaff', { line: await summaryLine(rated, turn) });
    replies.push(...(await toHandler(turn, rated, notice)));
  }
  const outcome = answered(turn, turn.say(satisfied === 'no' ? 'rating.sorry' : 'rating.thanks'));
  return { ...outcome, replies: [...outcome.replies, ...replies] };
}

/** The resident decides that it is not done: the same number, the next round. */
async function notSolved(turn: Turn, appeal: Appeal): Promise<Outcome> {
  await settleRating(turn, appeal);
  const rated = withRating(appeal, { solved: 'no', at: turn.now.toISOString() });
  const again = await reopen(actingIn(turn), rated, turn.text.slice(0, 200));
  const line = await summaryLine(again, turn);
  const notices =
    again.round >= directorFromRound ? await toDirectors(turn.tx, turn.say('rating.phoneDirector', { line, round: again.round })) : [];
  notices.push(...(await toHandler(turn, again, turn.say('rating.reopenedStaff', { line, round: again.round }))));
  const outcome = answered(turn, turn.say('rating.reopened', { number: again.id }));
  return { ...outcome, replies: [...outcome.replies, ...notices] };
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
  const recent = done.filter(({ resolvedAt = '', onBehalfOf }) => resolvedAt >= since && onBehalfOf === undefined);
  const waiting = recent.filter(({ state }) => state === 'resolved');
  return [...(waiting.length > 0 ? waiting : recent)].sort((a, b) => (b.resolvedAt ?? '').localeCompare(a.resolvedAt ?? ''))[0];
}

/** The appeal that this person has joined and that was done last: who joined may say that it is not done. */
async function lastJoinedDone(turn: Turn): Promise<Appeal | undefined> {
  const done = await turn.tx.find('appeals', { state: ['resolved', 'archived'] });
  const since = plusDays(turn.now, -reopenDays).toISOString();
  return done
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
  return question !== undefined && !(question.kind === 'rating' && question.appeal === appeal.id);
}

function answered(turn: Turn, text: string): Outcome {
  const reply = turn.room && turn.person.reachable ? privately(turn, text) : here(turn, text);
  return { decision: 'action', topic: 'action.appeal-rate', replies: [reply] };
}
