import { promisedDays } from '../../domain/appeals/appeal-clock.ts';
import type { Category } from '../../domain/content/knowledge.ts';
import { plusMinutes, spokenDay } from '../../domain/time/clock-time.ts';
import type { Understood } from '../../domain/understanding/result.ts';
import type { Snapshot } from '../kernel/content.ts';
import type { Reply } from '../kernel/message.ts';
import { ask, settle, topOf } from '../kernel/question.ts';
import { here, type Outcome, privately, type Turn } from '../kernel/turn.ts';
import { briefly, brieflyOwn } from '../kernel/whole.ts';
import { howToReveal, noticeOnce } from '../privacy/privacy.ts';
import { pageLine } from './case-page.ts';
import { askAddress } from './form-of-address.ts';
import { actingIn, fileAppeal, makeMove, summaryLine } from './moves.ts';
import { handlerName, handlerTold, noticeToHandler } from './responsible.ts';
import type { Appeal, Draft } from './rows.ts';
import { likeAppeals, similarAppeal } from './similar.ts';
import { toStaffOf } from './staff.ts';
import { hotspotNotice } from './voices.ts';
import { readAt } from './waiting.ts';

/** How long a draft lives without a word. */
export const draftMinutes = 30;
export const messageBoard = 'appeal.suggestion';
/** From here on a category is likely enough to begin with; the receipt names it, so that it can be put right. */
const likelyFrom = 0.3;

export type CompleteDraft = Draft & { what: string };

/** Asks for what is still missing, or files the appeal; whoever was never told what becomes of their words is told first. */
export async function proceed(turn: Turn, draft: Draft): Promise<Outcome> {
  const notice = byStaff(draft) ? [] : await noticeOnce(turn);
  const outcome = await nextStep(turn, draft);
  return { ...outcome, replies: [...notice, ...outcome.replies] };
}

/** The next question, or the receipt; the same problem told of by others becomes one appeal with many voices. */
async function nextStep(turn: Turn, draft: Draft): Promise<Outcome> {
  const category = turn.content.categories.get(draft.category);
  const consulting = draft.kind === '咨询';
  const asked = (question: string): Outcome => ({ decision: 'appeal', topic: draft.category, replies: [here(turn, question)] });
  if (draft.what === undefined) {
    await ask(turn, { kind: 'form', draft, asks: 'what' });
    if (consulting) return asked(turn.say('appeal.askQuestion'));
    return asked(draft.files.length > 0 ? turn.say('appeal.askPicture') : (category?.what ?? turn.say('appeal.askWhat')));
  }
  if (draft.place === undefined && category?.where !== undefined && !consulting) {
    await ask(turn, { kind: 'form', draft, asks: 'where' });
    return asked(draft.askedAgain ? turn.say('appeal.askWhereAgain') : turn.say('appeal.askWhere', { question: category.where }));
  }
  const complete: CompleteDraft = { ...draft, what: draft.what };
  const similar = byStaff(draft) ? undefined : await similarAppeal(turn, complete);
  if (!similar) return file(turn, complete);
  // The question takes the place of the form, which would otherwise come back once it is answered.
  await settleForm(turn);
  await ask(turn, { kind: 'join', draft: complete, appeal: similar.id });
  return asked(similarQuestion(turn, similar));
}

/** Whether what was told is the same as an appeal that is open. */
export function similarQuestion(turn: Turn, similar: Appeal): string {
  const title = turn.content.titles.get(similar.category) ?? '';
  return turn.say('similar.ask', { place: similar.place ?? '', title, count: similar.followers.length + 1 });
}

/** Files it as a problem of its own, whatever similar ones there are. */
export async function file(turn: Turn, draft: CompleteDraft): Promise<Outcome> {
  await settleForm(turn);
  const { also = [], ...own } = draft;
  const filed = await fileAppeal(turn, { ...own, urgent: isUrgent(turn, own) });
  const others = await fileAlso(turn, draft);
  const receipt = also.length > 0 ? await receiptOfSeveral(turn, [filed, ...others]) : await receiptOf(turn, filed);
  const replies = [
    ...(byStaff(draft) ? receiptsByStaff(turn, filed, receipt) : receipts(turn, receipt, [filed, ...others])),
    ...(await noticesOf(turn, [filed, ...others])),
  ];
  if (filed.category === messageBoard && !turn.room && !turn.message.page && !byStaff(draft)) {
    await ask(turn, { kind: 'consent', appeal: filed.id });
    replies.push(here(turn, turn.say('board.consent')));
  } else if (!byStaff(draft) && !filed.anonymous) replies.push(...(await askAddress(turn)));
  if (byStaff(draft)) await ask(turn, { kind: 'filedFor', appeal: filed.id });
  return { decision: 'appeal', topic: draft.category, replies };
}

/** What else was told in the same message, each as a matter of its own. */
function fileAlso(turn: Turn, { also = [], ...draft }: Draft): Promise<Appeal[]> {
  return also.reduce(async (before: Promise<Appeal[]>, each) => {
    const place = each.kind === '咨询' ? undefined : (each.place ?? draft.place);
    const { place: _, ...told } = draft;
    const whole = { ...told, ...each, files: [], ...(place === undefined ? {} : { place }) };
    return [...(await before), await fileAppeal(turn, { ...whole, urgent: isUrgent(turn, whole) })];
  }, Promise.resolve([]));
}

async function noticesOf(turn: Turn, filed: readonly Appeal[]): Promise<Reply[]> {
  const notices: Reply[] = [];
  for (const each of filed) {
    const alike = await alikeTold(turn, each);
    const told = await toStaffOf(turn, each, await noticeOf(turn, each, { alike }));
    notices.push(
      ...told,
      ...(await noticeToHandler(turn, each, await noticeOf(turn, each, { alike, handler: '' }), told)),
      ...(await hotspotNotice(turn, each)),
    );
  }
  return notices;
}

/** Adds a voice to an appeal that was told before: no second number for the same problem. */
export async function joinAppeal(turn: Turn, appeal: Appeal, draft: CompleteDraft): Promise<Outcome> {
  await settleForm(turn);
  const joined = {
    ...appeal,
    files: [...appeal.files, ...draft.files],
    urgent: appeal.urgent || isUrgent(turn, draft),
    followers: [
      ...appeal.followers,
      { person: turn.person.id, at: turn.now.toISOString(), ...(draft.files.length > 0 ? { files: draft.files } : {}) },
    ],
  };
  const moved = await makeMove(actingIn(turn), joined, 'follow', draft.what);
  const count = moved.followers.length + 1;
  const others = await fileAlso(turn, draft);
  return {
    decision: 'appeal',
    topic: moved.category,
    replies: [
      { ...here(turn, turn.say('similar.joined', { number: moved.id, count })), page: moved.id },
      ...(await receiptsBeside(turn, others)),
      ...(await noticesOf(turn, others)),
      ...(await toStaffOf(
        turn,
        moved,
        turn.say('similar.staff', { line: await summaryLine(moved, turn), count, text: briefly(turn.say, draft.what, moved.id) }),
      )),
    ],
  };
}

/** What was told beside a matter that was joined, filed by itself. */
async function receiptsBeside(turn: Turn, [only, ...more]: readonly Appeal[]): Promise<Reply[]> {
  if (!only) return [];
  return receipts(turn, await (more.length > 0 ? receiptOfSeveral(turn, [only, ...more]) : receiptOf(turn, only)), [only, ...more]);
}

/** The category of appeals that words are most likely about; undefined while none is likely. */
export function likelyCategory({ categories }: Pick<Snapshot, 'categories'>, { questions }: Understood): Category | undefined {
  const best = questions[0].candidates.find(({ topic }) => categories.has(topic));
  return best && best.score >= likelyFrom ? categories.get(best.topic) : undefined;
}

/** The form is done; what staff asked meanwhile, or whether something is solved, still waits for its answer. */
async function settleForm(turn: Turn): Promise<void> {
  const top = (await topOf(turn))?.question;
  if (top?.kind === 'form' || top?.kind === 'join') await settle(turn, top);
}

export function isUrgent(turn: Turn, { category: id, what }: Pick<CompleteDraft, 'category' | 'what'>): boolean {
  const category = turn.content.categories.get(id);
  return category !== undefined && (category.urgent || category.urgentWhen.some((shape) => shape.test(what)));
}

/** Whether staff take it down for somebody. */
function byStaff({ forPerson, onBehalfOf }: Draft): boolean {
  return forPerson !== undefined || onBehalfOf !== undefined;
}

async function receiptOf(turn: Turn, filed: Appeal): Promise<string> {
  const anonymous = filed.anonymous ? turn.say('appeal.anonymousKept') : '';
  // Who thanks somebody waits for nothing.
  if (filed.kind === '表扬')
    return turn.say('appeal.praised', {
      number: filed.id,
      what: brieflyOwn(turn.say, filed.what),
      anonymous,
      link: await linkOf(turn, filed),
    });
  return turn.say('appeal.receipt', {
    number: filed.id,
    kind: filed.kind,
    category: turn.content.titles.get(filed.category) ?? '',
    what: brieflyOwn(turn.say, filed.what),
    place: filed.place ?? '',
    due:
      filed.answerBy === undefined || !turn.knows(new Date(filed.answerBy))
        ? turn.say('appeal.dueDays', { days: promisedDays(filed.kind) })
        : turn.say('appeal.dueOn', { date: spokenDay(new Date(filed.answerBy)) }),
    handler: await handlerTold(turn, filed),
    read: filed.urgent ? '' : readAt(turn),
    anonymous,
    advice: turn.content.categories.get(filed.category)?.advice ?? '',
    link: await linkOf(turn, filed),
  });
}

/** Receipts are read in private: nobody else learns of the address. On a page it stands there already. */
async function linkOf(turn: Turn, appeal: Appeal): Promise<string> {
  return turn.message.page ? '' : pageLine(turn, appeal, appeal.person);
}

/** One receipt for all that one message told of. */
async function receiptOfSeveral(turn: Turn, filed: readonly Appeal[]): Promise<string> {
  const lines = await Promise.all(
    filed.map(async (appeal) => {
      const { id: number, category, what, place = '' } = appeal;
      const line = turn.say('appeal.receiptLine', {
        number,
        category: turn.content.titles.get(category) ?? '',
        what: brieflyOwn(turn.say, what),
        place,
      });
      return [line, await handlerTold(turn, appeal), await linkOf(turn, appeal)].filter((each) => each !== '').join('\n');
    }),
  );
  const latest =
    filed
      .map(({ answerBy = '' }) => answerBy)
      .sort()
      .at(-1) ?? '';
  return turn.say('appeal.receiptSeveral', {
    count: filed.length,
    lines: lines.join('\n'),
    due: latest !== '' && turn.knows(new Date(latest)) ? turn.say('appeal.dueOn', { date: spokenDay(new Date(latest)) }) : '',
    read: readAt(turn),
    anonymous: filed.some(({ anonymous }) => anonymous) ? turn.say('appeal.anonymousKept') : '',
  });
}

/** A new appeal as staff read of it, with the name of whoever handles it, and what may be the same. */
export async function noticeOf(turn: Turn, filed: Appeal, { alike, handler }: { alike: string; handler?: string }): Promise<string> {
  return turn.say('appeal.notice', {
    line: await summaryLine(filed, turn),
    number: filed.id,
    files: filed.files.length > 0 ? turn.say('appeal.files', { count: filed.files.length }) : '',
    handler: handler ?? (await handlerName(turn, filed)),
    reveal: await howToReveal(turn, filed),
    alike,
    unplaced: filed.place === turn.say('appeal.placeUnsaid') ? turn.say('appeal.unplaced', { number: filed.id }) : '',
    calendar: filed.answerBy === undefined || !turn.knows(new Date(filed.answerBy)) ? turn.say('appeal.noCalendar') : '',
  });
}

/** Tells staff that others may have told of the same. */
async function alikeTold(turn: Turn, filed: Appeal): Promise<string> {
  const found = (await likeAppeals(turn, filed)).filter(({ appeal }) => appeal.id !== filed.id);
  return found.length === 0 ? '' : turn.say('alike.told', { number: filed.id, count: found.length });
}

/** 代报: staff hear the number; whom it was filed for gets the receipt, when the bot knows them. */
function receiptsByStaff(turn: Turn, filed: Appeal, receipt: string): Reply[] {
  const told: Reply[] = filed.onBehalfOf === undefined ? [{ to: { person: filed.person }, text: receipt, kind: 'notice' }] : [];
  return [here(turn, turn.say('fileFor.done', { number: filed.id, cancel: turn.say('command.orCancel') })), ...told];
}

/** In a group the receipt goes to the private chat; whoever cannot be reached there hears only what is harmless. */
function receipts(turn: Turn, receipt: string, filed: readonly Appeal[]): Reply[] {
  if (!turn.room) return [here(turn, receipt)];
  const separator = turn.say('list.separator');
  const number = filed.map(({ id }) => id).join(separator);
  const title = [...new Set(filed.map(({ category }) => turn.content.titles.get(category) ?? ''))].join(separator);
  if (turn.person.reachable) return [here(turn, turn.say('appeal.receiptGroup', { number, category: title })), privately(turn, receipt)];
  const bot = turn.content.community.botName;
  return [here(turn, turn.say('appeal.receiptStranger', { number, category: title, bot })), privately(turn, receipt)];
}

/** Since when something told still counts as told just now. */
export function justBefore(now: Date): string {
  return plusMinutes(now, -draftMinutes).toISOString();
}
