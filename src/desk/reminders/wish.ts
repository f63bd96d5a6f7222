import type { ReminderKind } from '../../domain/reminders/reminder.ts';
import { sameDayAfter } from '../../domain/time/calendar-month.ts';
import { dateAfter } from '../../domain/time/clock-time.ts';
import { datesIn } from '../../domain/time/told-date.ts';
import { dayIn, daysBefore, type ToldDay, withoutDays } from '../../domain/time/told-day.ts';
import { inDigits } from '../../domain/words/digits.ts';
import { hasShape, matterOf } from '../../domain/words/short-answer.ts';
import { spoken } from '../../domain/words/talk.ts';
import { isTalkedAbout, type Turn, todayOf } from '../kernel/turn.ts';
import { beginningOf } from '../kernel/whole.ts';
import type { Subject } from './rows.ts';

/** What somebody wants who speaks of reminders. */
export type Wish = 'set' | 'list' | 'cancel' | 'change' | 'how';

/** Below so many characters nothing was said of what it is; more of them than these are not kept. */
const leastWords = 2;
const mostWords = 40;
/** From here on what is to be done is one of our topics. */
const clearTopic = 0.75;
/** No card ended so many years ago: "35年" is still to come. */
const oldestEnd = 50;

/** What a message wants in plain words; undefined when it does not speak of reminders. */
export function wishOf(turn: Pick<Turn, 'content' | 'now'>, text: string): Wish | undefined {
  const { words } = turn.content.remindMe;
  const said = turn.content.simplify(text);
  const is = (shapes: readonly RegExp[]) => hasShape(said, shapes);
  if (is(words.list)) return 'list';
  if (is(words.how)) return 'how';
  if (is(words.unmeant)) return undefined;
  if (is(words.change)) return 'change';
  if (is(words.cancel) || (is(words.cancelAll) && /提醒/u.test(said))) return 'cancel';
  if (is(words.asks)) return 'set';
  const known = () =>
    dayIn(said, todayOf(turn)) !== undefined || turn.content.remindMe.kinds.some((kind) => kind.words.test(digitsIn(turn, said)));
  return is(words.asksOfKnown) && known() ? 'set' : undefined;
}

/** Of what a message wants to be reminded: a kind by its words, or something of their own; without a word of it, what is talked about. */
export function subjectOf(turn: Turn, text: string): Subject {
  const { remindMe, answers, understand } = turn.content;
  const { topic: last = '' } = turn.conversation;
  const talkedAbout = isTalkedAbout(turn.conversation, turn.now) && answers.has(last) ? last : undefined;
  const what = thingIn(turn, text);
  const named = remindMe.kinds.find(({ words }) => words.test(digitsIn(turn, text)));
  const meant = named ?? (what === undefined ? remindMe.kinds.find(({ topics }) => topics.includes(talkedAbout ?? '')) : undefined);
  if (meant) return { kind: meant.id, topic: meant.topic, ...(what === undefined ? {} : { what }) };
  if (what === undefined) return talkedAbout === undefined ? {} : { topic: talkedAbout };
  const [{ decision, topic, candidates }] = understand(what).questions;
  const clear = decision === 'answer' && topic !== null && answers.has(topic) && (candidates[0]?.score ?? 0) >= clearTopic;
  const about = clear ? topic : remindMe.words.same.test(what) ? talkedAbout : undefined;
  return { what, ...(about === undefined ? {} : { topic: about }) };
}

/** What is to be done, in their own words: what follows "提醒我", else what stands before it, without the day. */
export function thingIn(turn: Turn, text: string): string | undefined {
  const { calls, fillers } = turn.content.remindMe.words;
  const parts = turn.content.simplify(text).split(new RegExp(calls.source, 'u'));
  for (const part of [parts.at(-1) ?? '', ...parts]) {
    let rest = part;
    for (let before = ''; rest !== before; ) {
      before = rest;
      rest = matterOf(withoutDays(rest), fillers);
    }
    if (rest.length >= leastWords) return beginningOf(rest, mostWords);
  }
  return undefined;
}

/** The day that was told for something. */
export interface ForDay {
  readonly told: ToldDay | 'noSuchDay';
  /** It is the day on which they want to hear of it. */
  readonly own: boolean;
  readonly daysBefore: number;
}

/** The day that a message tells for it; in an answer to the question for a day it is the one that was asked for. */
export function dayFor(turn: Turn, kind: ReminderKind | undefined, text: string, isAnswer: boolean): ForDay | undefined {
  const today = todayOf(turn);
  const said = turn.content.simplify(text);
  const rule = kind?.rule.of;
  const before = daysBefore(said);
  const own = dayIn(said, today);
  const asOwn = own === undefined ? undefined : { told: own, own: true, daysBefore: before };
  if (rule === undefined || rule === 'period') return asOwn;
  if (!isAnswer && !kind?.told?.test(digitsIn(turn, text)) && typeof own === 'object' && own.to >= today) return asOwn;
  const told = rule === 'birthday' || rule === 'child' ? dayIn(said, today, false) : own;
  if (told === undefined) return undefined;
  return { told: rule === 'end' && typeof told === 'object' ? ofThisCentury(told, today) : told, own: false, daysBefore: 0 };
}

/** Whether a message tells of several days, each of a thing of its own. */
export function tellsSeveralDays(turn: Turn, text: string): boolean {
  const days = datesIn(turn.content.simplify(text), todayOf(turn), true).filter(({ from, to }) => from === to);
  return new Set(days.map(({ from }) => from)).size > 1;
}

/** Two digits mean the century that is to come: "35年3月到期". */
function ofThisCentury(told: ToldDay, today: string): ToldDay {
  if (told.from >= sameDayAfter(today, -12 * oldestEnd)) return told;
  return { ...told, from: sameDayAfter(told.from, 1200), to: sameDayAfter(told.to, 1200) };
}

/** Whether it was told too loosely for a day: a year, or several months. */
export function isLoose({ from, to }: ToldDay): boolean {
  return to > dateAfter(from, 31);
}

/** The bare words of a text, simplified, with their numerals in digits. */
export function digitsIn({ content }: Pick<Turn, 'content'>, text: string): string {
  return inDigits(spoken(content.simplify(text)));
}
