import { fromShanghai, inShanghai, spokenHour } from '../../domain/time/clock-time.ts';
import { dayIn } from '../../domain/time/told-day.ts';
import { inDigits } from '../../domain/words/digits.ts';
import { hasShape } from '../../domain/words/short-answer.ts';
import { inCommon } from '../../domain/words/talk.ts';
import { inPrivate } from '../appeals/own-appeals.ts';
import { ask, askLater } from '../kernel/question.ts';
import { type Outcome, type Turn, todayOf } from '../kernel/turn.ts';
import { type Opened, remindersOf } from './rows.ts';
import { kindOf, lineOf, reminderTopic, titleOf } from './telling.ts';
import { digitsIn } from './wish.ts';

/** From here on a few words mean one of several reminders. */
const meantFrom = 1;

/** 我的提醒: what is still to come, in its order, by number. */
export async function listReminders(turn: Turn): Promise<Outcome> {
  return inPrivate(turn, reminderTopic, await listed(turn));
}

/** Somebody's reminders, each on a line with its number. */
export async function reminderLines(turn: Turn): Promise<string[]> {
  return linesOf(turn, await remindersOf(turn.tx, turn.vault, turn.person.id));
}

async function listed(turn: Turn): Promise<string> {
  const lines = await reminderLines(turn);
  return lines.length === 0 ? turn.say('reminder.none') : turn.say('reminder.list', { lines: lines.join('\n') });
}

function linesOf(turn: Turn, all: readonly Opened[]): string[] {
  return all.map((each, index) => lineOf(turn, each, index + 1));
}

/** 取消提醒 2, 把交医保的提醒去掉, 全部提醒都取消; which one is asked where it is not clear. */
export async function cancelReminders(turn: Turn, text: string): Promise<Outcome> {
  const all = await remindersOf(turn.tx, turn.vault, turn.person.id);
  if (all.length === 0) return inPrivate(turn, reminderTopic, turn.say('reminder.none'));
  const lines = linesOf(turn, all).join('\n');
  if (hasShape(turn.content.simplify(text), turn.content.remindMe.words.cancelAll)) return takeBack(turn, all);
  const number = numberIn(text);
  if (number !== undefined) {
    const row = all[number - 1];
    return row ? takeBack(turn, [row]) : inPrivate(turn, reminderTopic, turn.say('reminder.noSuchRow', { number, lines }));
  }
  const [only, ...others] = meantBy(turn, all, text);
  if (only && others.length === 0) return takeBack(turn, [only]);
  const question = { kind: 'whichReminder' as const, ids: all.map(({ row }) => row.id) };
  if (turn.room) await askLater(turn, turn.person.id, question);
  else await ask(turn, question);
  return inPrivate(turn, reminderTopic, turn.say('reminder.which', { lines }));
}

/** Forgets reminders, and says which they were. */
export async function takeBack(turn: Turn, which: readonly Opened[]): Promise<Outcome> {
  for (const { row } of which) await turn.tx.remove('reminders', row.id);
  const [only, ...others] = which;
  const what = only?.details ? titleOf(turn, only.details) : turn.say('reminder.unnamed');
  const text =
    only && others.length === 0 ? turn.say('reminder.cancelled', { what }) : turn.say('reminder.cancelledAll', { count: which.length });
  return inPrivate(turn, reminderTopic, text);
}

/** "取消提醒 2", "第二个提醒不要了" */
export function numberIn(text: string): number | undefined {
  const said = inDigits(text).replace(/\s+/gu, '');
  const found =
    /第(\d{1,2})(?:个|条|项)?(?!\d|月|天)/u.exec(said)?.[1] ??
    /提醒(\d{1,2})(?:(?:个|条|号)?[了吧嘛。！!]*$|(?:个|条)?(?:改|推|延|往后|提前))/u.exec(said)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Which reminders the words mean: the only one there is, or those of a day, a kind, or of words like theirs. */
function meantBy(turn: Turn, all: readonly Opened[], text: string): readonly Opened[] {
  const day = dayIn(turn.content.simplify(text), todayOf(turn));
  if (day === undefined) return namedBy(turn, all, text);
  const ofDay = ({ row, details }: Opened) =>
    typeof day === 'object' && [inShanghai(new Date(row.at)).date, details?.day ?? ''].some((each) => each >= day.from && each <= day.to);
  const meant = all.filter(ofDay);
  return meant.length > 0 ? meant : all.length === 1 ? all : [];
}

/** Those of a kind that the words name, or of words like theirs; the only one there is. */
export function namedBy(turn: Turn, all: readonly Opened[], text: string): readonly Opened[] {
  const digits = digitsIn(turn, text);
  const meant = all.filter(
    ({ details }) =>
      details !== undefined && (kindOf(turn, details)?.words.test(digits) === true || inCommon(titleOf(turn, details), text) >= meantFrom),
  );
  return meant.length > 0 ? meant : all.length === 1 ? all : [];
}

/** How a reminder is moved to another day. */
export async function tellChange(turn: Turn): Promise<Outcome> {
  const lines = await reminderLines(turn);
  const text = lines.length === 0 ? turn.say('reminder.none') : turn.say('reminder.change', { lines: lines.join('\n') });
  return inPrivate(turn, reminderTopic, text);
}

export async function tellHow(turn: Turn): Promise<Outcome> {
  const { at, most } = turn.content.remindMe;
  return inPrivate(turn, reminderTopic, turn.say('reminder.how', { hour: spokenHour(fromShanghai(todayOf(turn), at)), most }));
}
