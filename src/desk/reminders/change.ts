import { planned } from '../../domain/reminders/reminder.ts';
import { fromShanghai, spokenHour } from '../../domain/time/clock-time.ts';
import { inPrivate } from '../appeals/own-appeals.ts';
import { type Outcome, type Turn, todayOf } from '../kernel/turn.ts';
import { mistakeIn } from './keep.ts';
import { namedBy, numberIn, reminderLines, tellChange } from './list.ts';
import { type Details, type Opened, remindersOf, sealedDetails } from './rows.ts';
import { kindOf, namedOf, reminderTopic, whenSaid } from './telling.ts';
import { comesAgain, morningsOf, timingOf } from './timing.ts';
import { dayFor, type ForDay } from './wish.ts';

/**
 * 提醒改到后天, 第 2 个提醒推到 3 月 8 号: the same reminder, on another morning. What comes each year comes again all the same. Which one,
 * or to which day, is asked where it was not said.
 */
export async function changeReminder(turn: Turn, text: string, number = numberIn(text)): Promise<Outcome> {
  const all = await remindersOf(turn.tx, turn.vault, turn.person.id);
  if (number !== undefined && all.length > 0 && all[number - 1] === undefined) {
    const lines = (await reminderLines(turn)).join('\n');
    return inPrivate(turn, reminderTopic, turn.say('reminder.noSuchRow', { number, lines }));
  }
  const [only, ...others] = number === undefined ? namedBy(turn, all, text) : all.slice(number - 1, number);
  if (!only?.details || others.length > 0) return tellChange(turn);
  const kind = kindOf(turn, only.details);
  const day = dayFor(turn, kind, withoutNumber(text), false);
  if (!day) return tellChange(turn);
  const mistake = mistakeIn(turn, kind, day);
  if (mistake !== undefined) return inPrivate(turn, reminderTopic, mistake);
  return move(turn, only, only.details, day);
}

/** Says it on another morning: that of a day of their own leaves what it is about as it is, unless it is nothing but that day. */
async function move(turn: Turn, { row }: Opened, known: Details, day: ForDay): Promise<Outcome> {
  const { told, own, daysBefore } = day;
  if (told === 'noSuchDay') return inPrivate(turn, reminderTopic, turn.say('reminder.noSuchDay'));
  const kind = kindOf(turn, known);
  const free = own && (kind === undefined || known.own === true);
  const about = own ? { own: true, daysBefore } : {};
  const { next } = planned(timingOf(turn, { ...known, ...about }), told, turn.now, morningsOf(turn.content, turn.time));
  if (!next) {
    const hour = spokenHour(fromShanghai(todayOf(turn), turn.content.remindMe.at));
    return inPrivate(turn, reminderTopic, turn.say('reminder.tooLate', { hour }));
  }
  const details = own && !free ? known : { ...known, from: told.from, to: told.to, day: next.occasion.day };
  const moved = { ...row, sealed: sealedDetails(turn.vault, details), at: next.at.toISOString() };
  await turn.tx.put('reminders', moved);
  const text = turn.say('reminder.changed', {
    what: namedOf(turn, moved, details),
    when: whenSaid(turn, next.at),
    each: comesAgain(kind, details) ? turn.say('reminder.each') : '',
  });
  return inPrivate(turn, reminderTopic, text);
}

/** "提醒 1 改到3月8号" without the number of its row, which is no day. */
function withoutNumber(text: string): string {
  return text.replace(/第\s*\S{1,2}\s*[个条项]/u, '').replace(/提醒\s*[\d０-９]{1,2}(?=\s*(?:[个条]\s*)?[改推延往提])/u, '提醒');
}
