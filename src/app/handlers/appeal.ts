import { findPlace } from '../../domain/place.ts';
import { bareWords, saysOne } from '../../domain/short-answer.ts';
import { fileAppeal, promisedDays, summaryLine } from '../appeals.ts';
import { toStaff } from '../staff.ts';
import type { Draft } from '../tables.ts';
import { ask, type Handler, here, type Outcome, privately, settle, type Turn } from '../turn.ts';

/** How long a draft lives without a word. */
const draftMinutes = 30;
/** Below so many characters nothing was said about the matter itself. */
const leastWords = 3;

/** A picture by itself begins a report, whatever it is about. */
export const picture: Handler = async (turn) => {
  if (turn.message.kind !== 'image' && turn.message.kind !== 'file') return undefined;
  if (turn.room && !turn.message.addressed) return undefined;
  return proceed(turn, { ...newDraft(turn, 'appeal.other'), files: turn.message.file === undefined ? [] : [turn.message.file] });
};

/** Begins to take an appeal down; what the message already says is not asked again. */
export async function startAppeal(turn: Turn, category: string, text: string, kind?: Draft['kind']): Promise<Outcome> {
  const draft = newDraft(turn, category, kind);
  return proceed(turn, saysSomething(turn, text) ? withWords(turn, draft, text) : draft);
}

/** "3栋2单元" and no more: something must be the matter there. */
export async function startAppealAt(turn: Turn, place: string): Promise<Outcome> {
  return proceed(turn, { ...newDraft(turn, 'appeal.other'), place });
}

/** Takes the answer to the question of a form. Undefined when the message is something else, which is answered first. */
export async function continueAppeal(turn: Turn, draft: Draft, asks: 'what' | 'where'): Promise<Outcome | undefined> {
  if (saysOne(turn.text, turn.content.shortAnswers.cancel)) {
    await settle(turn);
    return { decision: 'appeal', topic: draft.category, replies: [here(turn, turn.say('appeal.dropped'))] };
  }
  if (turn.message.file !== undefined) return proceed(turn, { ...draft, files: [...draft.files, turn.message.file] });
  if (asks === 'where') {
    if (asksSomethingElse(turn)) return undefined;
    return proceed(turn, { ...draft, place: turn.text.slice(0, 80) });
  }
  return proceed(turn, withWords(turn, recategorised(turn, draft), turn.text));
}

/** A clear question about office matters, put while the place was asked for, is answered first; the form waits. */
function asksSomethingElse(turn: Turn): boolean {
  const [question] = turn.understood.questions;
  const about = question.decision === 'answer' ? question.topic : null;
  return about !== null && turn.content.answers.has(about) && findPlace(turn.text, turn.content.shortAnswers.place) === undefined;
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

function saysSomething(turn: Turn, text: string): boolean {
  const rest = turn.content.shortAnswers.bare.reduce((left, shape) => left.replace(new RegExp(shape.source, 'giu'), ''), text);
  return bareWords(rest).length >= leastWords;
}

/** Asks for what is still missing, or files the appeal. */
async function proceed(turn: Turn, draft: Draft): Promise<Outcome> {
  const category = turn.content.categories.get(draft.category);
  const consulting = draft.kind === '咨询';
  if (draft.what === undefined) {
    await ask(turn, { kind: 'form', draft, asks: 'what' }, draftMinutes);
    const question = consulting
      ? turn.say('appeal.askQuestion')
      : draft.files.length > 0
        ? turn.say('appeal.askPicture')
        : (category?.what ?? turn.say('appeal.askWhat'));
    return { decision: 'appeal', topic: draft.category, replies: [here(turn, question)] };
  }
  if (draft.place === undefined && category?.where !== undefined && !consulting) {
    await ask(turn, { kind: 'form', draft, asks: 'where' }, draftMinutes);
    return { decision: 'appeal', topic: draft.category, replies: [here(turn, turn.say('appeal.askWhere', { question: category.where }))] };
  }
  return complete(turn, { ...draft, what: draft.what });
}

async function complete(turn: Turn, draft: Draft & { what: string }): Promise<Outcome> {
  await settle(turn);
  const category = turn.content.categories.get(draft.category);
  const urgent = category !== undefined && (category.urgent || category.urgentWhen.some((shape) => shape.test(draft.what)));
  const filed = await fileAppeal(turn, { ...draft, urgent });
  const title = turn.content.titles.get(filed.category) ?? '';
  const receipt = turn.say('appeal.receipt', {
    number: filed.id,
    kind: filed.kind,
    category: title,
    what: filed.what,
    place: filed.place ?? '',
    due:
      filed.dueOn === undefined
        ? turn.say('appeal.dueDays', { days: promisedDays(filed.kind) })
        : turn.say('appeal.dueOn', { date: spokenDay(filed.dueOn) }),
    advice: category?.advice ?? '',
  });
  const notice = turn.say('appeal.notice', {
    line: await summaryLine(filed, turn),
    number: filed.id,
    files: filed.files.length > 0 ? turn.say('appeal.files', { count: filed.files.length }) : '',
  });
  return {
    decision: 'appeal',
    topic: draft.category,
    replies: [...receipts(turn, receipt, filed.id, title), ...(await toStaff(turn.tx, notice))],
  };
}

/** In a group the receipt goes to the private chat; whoever cannot be reached there hears only what is harmless. */
function receipts(turn: Turn, receipt: string, number: string, category: string) {
  if (!turn.room) return [here(turn, receipt)];
  if (turn.person.reachable) return [here(turn, turn.say('appeal.receiptGroup', { number, category })), privately(turn, receipt)];
  return [
    here(turn, turn.say('appeal.receiptStranger', { number, category, bot: turn.content.community.botName })),
    privately(turn, receipt),
  ];
}

function spokenDay(date: string): string {
  const [, month, day] = date.split('-').map(Number);
  return `${month}月${day}日`;
}
