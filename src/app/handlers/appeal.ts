import { openStates } from '../../domain/appeal.ts';
import { promisedDays } from '../../domain/appeal-clock.ts';
import { inShanghai, plusMinutes } from '../../domain/clock-time.ts';
import { findPlace } from '../../domain/place.ts';
import { bareWords, saysOne } from '../../domain/short-answer.ts';
import { actingIn, fileAppeal, makeMove, summaryLine, toReporter } from '../appeals.ts';
import type { Reply } from '../message.ts';
import { hotspotNotice, similarAppeal } from '../similar.ts';
import { toDirectors, toStaff } from '../staff.ts';
import type { Appeal, Draft } from '../tables.ts';
import { ask, type Handler, here, type Outcome, privately, settle, type Turn } from '../turn.ts';

/** How long a draft lives without a word; so long a picture still belongs to what was told. */
const draftMinutes = 30;
/** How long a resident may take to say whether their note may be shown. */
const consentMinutes = 24 * 60;
/** Below so many characters nothing was said about the matter itself. */
const leastWords = 3;
const messageBoard = 'appeal.suggestion';
/** From here on another grievance, told while the place of one was asked for, is a grievance of its own. */
const clearlyAnother = 0.8;

type Complete = Draft & { what: string };

/** A picture by itself belongs to what was told just now; otherwise it begins a report, whatever it is about. */
export const picture: Handler = async (turn) => {
  const { file, kind } = turn.message;
  if (kind !== 'image' && kind !== 'file') return undefined;
  if (turn.room && !turn.message.addressed) return undefined;
  const told = await toldJustNow(turn);
  if (told && file !== undefined) return attach(turn, told, file);
  return proceed(turn, { ...newDraft(turn, 'appeal.other'), files: file === undefined ? [] : [file] });
};

/** Begins to take an appeal down; what the message already says is not asked again. */
export async function startAppeal(turn: Turn, category: string, text: string, kind?: Draft['kind']): Promise<Outcome> {
  const draft = newDraft(turn, category, kind);
  return proceed(turn, saysSomething(turn, text) ? withWords(turn, draft, text) : draft);
}

/** "我不想说名字" and no more: it is promised first, and then asked what the matter is. */
export async function startUnnamed(turn: Turn): Promise<Outcome> {
  const started = await proceed(turn, { ...newDraft(turn, 'appeal.other'), anonymous: true });
  return { ...started, replies: [here(turn, turn.say('appeal.unnamed')), ...started.replies] };
}

/** "3栋2单元" and no more: something must be the matter there. */
export async function startAppealAt(turn: Turn, place: string): Promise<Outcome> {
  return proceed(turn, { ...newDraft(turn, 'appeal.other'), place });
}

/** Takes the answer to the question of a form. Undefined when the message is something else, which is answered first. */
export async function continueAppeal(turn: Turn, draft: Draft, asks: 'what' | 'where'): Promise<Outcome | undefined> {
  const { cancel, correctPlace, correctWhat } = turn.content.shortAnswers;
  if (saysOne(turn.text, cancel)) {
    await settle(turn);
    return { decision: 'appeal', topic: draft.category, replies: [here(turn, turn.say('appeal.dropped'))] };
  }
  if (turn.message.file !== undefined) return proceed(turn, { ...draft, files: [...draft.files, turn.message.file] });
  const what = corrected(turn.text, correctWhat);
  if (what !== undefined) return proceed(turn, what === '' ? withoutWhat(draft) : withWords(turn, draft, what));
  const place = corrected(turn.text, correctPlace);
  if (place !== undefined) return proceed(turn, place === '' ? withoutPlace(draft) : { ...draft, place });
  if (asks === 'what') return proceed(turn, withWords(turn, recategorised(turn, draft), turn.text));
  if (asksSomethingElse(turn)) return undefined;
  const other = otherGrievance(turn, draft);
  if (other !== undefined && draft.what !== undefined) {
    const first = await file(turn, { ...draft, what: draft.what });
    const second = await startAppeal(turn, other, turn.text);
    return { ...second, replies: [...first.replies, ...second.replies] };
  }
  if (bareWords(turn.text).length < 2) return proceed(turn, draft);
  return proceed(turn, { ...draft, place: turn.text.slice(0, 80) });
}

/** What a waiting form asked for, to be said again after another question was answered. */
export function formQuestion(turn: Turn, draft: Draft, asks: 'what' | 'where'): string {
  const category = turn.content.categories.get(draft.category);
  return turn.say('appeal.resume', { question: (asks === 'where' ? category?.where : category?.what) ?? turn.say('appeal.askWhat') });
}

/** Files it as a problem of its own, whatever similar ones there are. */
export async function file(turn: Turn, draft: Complete): Promise<Outcome> {
  await settle(turn);
  const category = turn.content.categories.get(draft.category);
  const urgent = category !== undefined && (category.urgent || category.urgentWhen.some((shape) => shape.test(draft.what)));
  const filed = await fileAppeal(turn, { ...draft, urgent });
  const receipt = receiptOf(turn, filed, category?.advice ?? '');
  const notice = await noticeOf(turn, filed);
  const replies = [
    ...(byStaff(draft)
      ? receiptsByStaff(turn, filed, receipt)
      : receipts(turn, receipt, filed.id, turn.content.titles.get(filed.category) ?? '')),
    // Whoever is complained of must not be the one to read it first (《信访工作条例》第三十条).
    ...(category?.discreet ? await toDirectors(turn.tx, notice) : await toStaff(turn.tx, notice)),
    ...(await hotspotNotice(turn, filed)),
  ];
  if (filed.category === messageBoard && !turn.room && !byStaff(draft)) {
    await ask(turn, { kind: 'consent', appeal: filed.id }, consentMinutes);
    replies.push(here(turn, turn.say('board.consent')));
  }
  return { decision: 'appeal', topic: draft.category, replies };
}

/** Adds a voice to an appeal that was told before: no second number for the same problem. */
export async function joinAppeal(turn: Turn, appeal: Appeal): Promise<Outcome> {
  await settle(turn);
  const joined = { ...appeal, followers: [...appeal.followers, { person: turn.person.id, at: turn.now.toISOString() }] };
  const moved = await makeMove(actingIn(turn), joined, 'follow');
  const count = moved.followers.length + 1;
  return {
    decision: 'appeal',
    topic: moved.category,
    replies: [
      here(turn, turn.say('similar.joined', { number: moved.id, count })),
      ...(await toStaff(turn.tx, turn.say('similar.staff', { line: await summaryLine(moved, turn), count }))),
    ],
  };
}

/** The appeal that this person told of just now, to which a picture or a correction still belongs. */
export async function toldJustNow(turn: Turn): Promise<Appeal | undefined> {
  const since = plusMinutes(turn.now, -draftMinutes).toISOString();
  const told = await turn.tx.find('appeals', { person: turn.person.id, state: openStates, createdAt: { atLeast: since } });
  const [latest] = told.sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id));
  return latest;
}

/** What follows "改地点"; undefined when the text corrects nothing. */
export function corrected(text: string, shapes: readonly RegExp[]): string | undefined {
  for (const shape of shapes) {
    const found = shape.exec(text.trim());
    if (found) return (found[1] ?? '').trim();
  }
  return undefined;
}

async function attach(turn: Turn, appeal: Appeal, picture: string): Promise<Outcome> {
  const moved = await makeMove(
    actingIn(turn),
    { ...appeal, files: [...appeal.files, picture] },
    'supplement',
    turn.say('appeal.pictureStep'),
  );
  const told = turn.say('appeal.pictureAdded', { number: moved.id });
  return { decision: 'appeal', topic: moved.category, replies: [turn.room ? privately(turn, told) : here(turn, told)] };
}

/** A clear question about office matters, put while the place was asked for, is answered first; the form waits. */
function asksSomethingElse(turn: Turn): boolean {
  const [question] = turn.understood.questions;
  const about = question.decision === 'answer' ? question.topic : null;
  const isAnother = about !== null && (turn.content.answers.has(about) || /^(action|news)\./.test(about));
  return isAnother && findPlace(turn.text, turn.content.shortAnswers.place) === undefined;
}

/** The category of another grievance that the message clearly tells of. */
function otherGrievance(turn: Turn, draft: Draft): string | undefined {
  const [{ decision, topic, candidates }] = turn.understood.questions;
  const clear = decision === 'answer' && topic !== null && topic !== draft.category && (candidates[0]?.score ?? 0) >= clearlyAnother;
  if (!clear || !turn.content.categories.has(topic)) return undefined;
  return findPlace(turn.text, turn.content.shortAnswers.place) === undefined ? topic : undefined;
}

/** "我要投诉" says nothing yet; the words that follow tell the category. */
function recategorised(turn: Turn, draft: Draft): Draft {
  if (draft.category !== 'appeal.other') return draft;
  const best = turn.understood.questions[0].candidates.find(({ topic }) => turn.content.categories.has(topic));
  const category = best && best.score >= 0.3 ? turn.content.categories.get(best.topic) : undefined;
  return category ? { ...draft, category: category.id, kind: draft.kind === '咨询' ? draft.kind : category.kind } : draft;
}

function newDraft(turn: Turn, category: string, kind?: Draft['kind']): Draft {
  return { category, kind: kind ?? turn.content.categories.get(category)?.kind ?? '求助', anonymous: false, files: [] };
}

function withWords(turn: Turn, draft: Draft, text: string): Draft {
  const { anonymous, place } = turn.content.shortAnswers;
  const found = findPlace(text, place);
  return {
    ...draft,
    what: text.slice(0, 1000),
    ...(found === undefined ? {} : { place: found }),
    anonymous: draft.anonymous || anonymous.some((shape) => shape.test(text)),
  };
}

function withoutPlace({ place: _, ...draft }: Draft): Draft {
  return draft;
}

function withoutWhat({ what: _, ...draft }: Draft): Draft {
  return draft;
}

function saysSomething(turn: Turn, text: string): boolean {
  const rest = turn.content.shortAnswers.bare.reduce((left, shape) => left.replace(new RegExp(shape.source, 'giu'), ''), text);
  return bareWords(rest).length >= leastWords;
}

/** Asks for what is still missing, or files the appeal; the same problem told of by others becomes one appeal with many voices. */
export async function proceed(turn: Turn, draft: Draft): Promise<Outcome> {
  const category = turn.content.categories.get(draft.category);
  const consulting = draft.kind === '咨询';
  const asked = (question: string): Outcome => ({ decision: 'appeal', topic: draft.category, replies: [here(turn, question)] });
  if (draft.what === undefined) {
    await ask(turn, { kind: 'form', draft, asks: 'what' }, draftMinutes);
    if (consulting) return asked(turn.say('appeal.askQuestion'));
    return asked(draft.files.length > 0 ? turn.say('appeal.askPicture') : (category?.what ?? turn.say('appeal.askWhat')));
  }
  if (draft.place === undefined && category?.where !== undefined && !consulting) {
    await ask(turn, { kind: 'form', draft, asks: 'where' }, draftMinutes);
    return asked(turn.say('appeal.askWhere', { question: category.where }));
  }
  const complete: Complete = { ...draft, what: draft.what };
  const similar = draft.forPerson === undefined ? await similarAppeal(turn, draft.category, draft.place) : undefined;
  if (!similar) return file(turn, complete);
  await ask(turn, { kind: 'join', draft: complete, appeal: similar.id }, draftMinutes);
  const title = turn.content.titles.get(similar.category) ?? '';
  return asked(turn.say('similar.ask', { place: similar.place ?? '', title, count: similar.followers.length + 1 }));
}

function receiptOf(turn: Turn, filed: Appeal, advice: string): string {
  return turn.say('appeal.receipt', {
    number: filed.id,
    kind: filed.kind,
    category: turn.content.titles.get(filed.category) ?? '',
    what: filed.what,
    place: filed.place ?? '',
    due:
      filed.answerBy === undefined
        ? turn.say('appeal.dueDays', { days: promisedDays(filed.kind) })
        : turn.say('appeal.dueOn', { date: spokenDay(filed.answerBy) }),
    anonymous: filed.anonymous ? turn.say('appeal.anonymousKept') : '',
    advice,
  });
}

async function noticeOf(turn: Turn, filed: Appeal): Promise<string> {
  return turn.say('appeal.notice', {
    line: await summaryLine(filed, turn),
    number: filed.id,
    files: filed.files.length > 0 ? turn.say('appeal.files', { count: filed.files.length }) : '',
    calendar: filed.answerBy === undefined ? turn.say('appeal.noCalendar') : '',
  });
}

function byStaff({ forPerson, onBehalfOf }: Draft): boolean {
  return forPerson !== undefined || onBehalfOf !== undefined;
}

/** 代报: staff hear the number; whom it was filed for gets the receipt, when the bot knows them. */
function receiptsByStaff(turn: Turn, filed: Appeal, receipt: string): Reply[] {
  const told: Reply[] = filed.onBehalfOf === undefined ? [toReporter(filed, receipt)] : [];
  return [here(turn, turn.say('fileFor.done', { number: filed.id })), ...told];
}

/** In a group the receipt goes to the private chat; whoever cannot be reached there hears only what is harmless. */
function receipts(turn: Turn, receipt: string, number: string, category: string): Reply[] {
  if (!turn.room) return [here(turn, receipt)];
  if (turn.person.reachable) return [here(turn, turn.say('appeal.receiptGroup', { number, category })), privately(turn, receipt)];
  return [
    here(turn, turn.say('appeal.receiptStranger', { number, category, bot: turn.content.community.botName })),
    privately(turn, receipt),
  ];
}

/** "11月30日" */
export function spokenDay(iso: string): string {
  const { month, day } = inShanghai(new Date(iso));
  return `${month}月${day}日`;
}
