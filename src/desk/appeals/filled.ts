import { isJudged, openStates } from '../../domain/appeals/appeal.ts';
import { plusDays } from '../../domain/time/clock-time.ts';
import { mask } from '../../domain/words/masking.ts';
import type { Filled, FilledReport } from '../kernel/message.ts';
import { settle, topOf } from '../kernel/question.ts';
import { type Handler, here, type Outcome, type Turn, Unfinished } from '../kernel/turn.ts';
import { beginningOf, kept } from '../kernel/whole.ts';
import { isVoice, openPagesFor } from './case-keys.ts';
import { type CompleteDraft, file, joinAppeal, likelyCategory, similarQuestion } from './filing.ts';
import { newDraft, withWords } from './form.ts';
import { supplementTo } from './own-appeals.ts';
import { answerRating, reopenDays } from './rating.ts';
import type { Appeal } from './rows.ts';
import { severalIn } from './several.ts';
import { similarAppeal } from './similar.ts';
import { urgeMatter } from './waiting.ts';
import { takeAppealBack } from './withdrawal.ts';

/** So much is kept of a place. */
const longestPlace = 80;
/** Below so many characters nothing was said. */
const leastWords = 2;

/** What was filled in on a page: it is what the form is for, whatever it sounds like. */
export const filled: Handler = async (turn) => {
  const { page } = turn.message;
  if (page === undefined || page.does === 'say') return undefined;
  if (page.does !== 'report') return onOwn(turn, page);
  const outcome = await takeReport(turn, page);
  await openPagesFor(turn);
  return outcome;
};

/** Files what is complete; what is missing is asked for, with the questions of the chat. @throws Unfinished */
async function takeReport(turn: Turn, page: FilledReport): Promise<Outcome> {
  const draft = draftOf(turn, page);
  const similar = await similarAppeal(turn, draft);
  if (!similar || page.same === false) return file(turn, draft);
  if (page.same) return joinAppeal(turn, similar, draft);
  throw new Unfinished({ field: 'same', question: similarQuestion(turn, similar) });
}

function draftOf(turn: Turn, { place, placeAsked }: FilledReport): CompleteDraft {
  const { categories } = turn.content;
  const [first, ...also] = severalIn(turn);
  const [{ decision, topic }] = turn.understood.questions;
  const asks = decision === 'answer' && topic !== null && turn.content.answers.has(topic);
  const category = (first && categories.get(first.category)) ?? likelyCategory(turn.content, turn.understood);
  const begun = newDraft(turn, category?.id ?? 'appeal.other', asks && !first ? '咨询' : undefined);
  const { what, ...told } = withWords(turn, begun, first?.what ?? turn.text);
  if (what === undefined || what.trim().length < leastWords)
    throw new Unfinished({ field: 'what', question: category?.what ?? turn.say('appeal.askWhat') });
  const draft = { ...told, what, ...(also.length > 0 ? { also } : {}), ...placeTold(place) };
  const files = turn.message.file === undefined ? [] : [turn.message.file];
  const where = categories.get(draft.category)?.where;
  if (draft.place !== undefined || where === undefined || draft.kind === '咨询') return { ...draft, files };
  if (!placeAsked) throw new Unfinished({ field: 'where', question: where });
  return { ...draft, files, place: turn.say('appeal.placeUnsaid') };
}

function placeTold(place: string | undefined): { place?: string } {
  const said = beginningOf(mask(place ?? '').text.trim(), longestPlace);
  if (said === '') return {};
  return { place: said };
}

/** What the bearer of a secret does with their case. */
async function onOwn(turn: Turn, page: Exclude<Filled, FilledReport | { does: 'say' }>): Promise<Outcome> {
  const appeal = await turn.tx.get('appeals', page.appeal);
  if (!appeal || !isVoice(appeal, turn.person.id)) return said(turn, turn.say('site.case.gone'));
  if (page.does === 'rate') return rate(turn, appeal, page);
  if (!openStates.includes(appeal.state)) return said(turn, turn.say('site.case.closed'));
  if (page.does === 'urge') return urgeMatter(turn, appeal, 'action.appeal-urge', turn.say('site.case.urgeWords'));
  if (page.does === 'add') {
    const top = (await topOf(turn))?.question;
    const waits = top?.kind === 'supplement' && top.appeal === appeal.id ? top : undefined;
    return supplementTo(turn, appeal, kept(turn, turn.text), waits ?? null);
  }
  // Only who told it ends it.
  return appeal.person === turn.person.id ? takeAppealBack(turn, appeal) : said(turn, turn.say('site.case.notYours'));
}

/** Both questions at once; "没解决" takes it up again, whatever else was ticked. */
async function rate(turn: Turn, appeal: Appeal, { solved, satisfied }: Extract<Filled, { does: 'rate' }>): Promise<Outcome> {
  if (!['resolved', 'archived'].includes(appeal.state) || appeal.person !== turn.person.id || !isJudged(appeal.kind))
    return said(turn, turn.say('site.case.notDone'));
  if ((appeal.resolvedAt ?? '') < plusDays(turn.now, -reopenDays).toISOString())
    return said(turn, turn.say('rating.tooLate', { number: appeal.id, days: reopenDays }));
  const asked = { kind: 'rating', appeal: appeal.id } as const;
  const first = solved === undefined ? undefined : await answerRating(turn, asked, { solved });
  const second =
    satisfied === undefined || solved === 'no' || solved === 'dropped' ? undefined : await answerRating(turn, asked, { satisfied });
  const top = (await topOf(turn))?.question;
  if (top?.kind === 'rating' && top.appeal === appeal.id) await settle(turn, top);
  const last = second ?? first ?? said(turn, turn.say('site.case.tick'));
  return { ...last, replies: [...(second && first ? first.replies.filter(({ kind }) => kind === 'notice') : []), ...last.replies] };
}

function said(turn: Turn, text: string): Outcome {
  return { decision: 'action', topic: null, replies: [here(turn, text)] };
}
