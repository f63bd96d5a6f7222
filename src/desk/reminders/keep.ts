import { planned, type ReminderKind } from '../../domain/reminders/reminder.ts';
import { sameDayAfter } from '../../domain/time/calendar-month.ts';
import { fromShanghai, spokenHour } from '../../domain/time/clock-time.ts';
import { inPrivate } from '../appeals/own-appeals.ts';
import { ask, askLater } from '../kernel/question.ts';
import { type Outcome, type Turn, talkAbout, todayOf } from '../kernel/turn.ts';
import { noticeOnce } from '../privacy/privacy.ts';
import { type Details, type Reminder, remindersOf, type Subject, sealedDetails } from './rows.ts';
import { daySaid, kindOf, lineOf, namedOf, reminderTopic, saysOf, tellsOf, whenSaid } from './telling.ts';
import { comesAgain, morningsOf, timingOf } from './timing.ts';
import { type ForDay, isLoose } from './wish.ts';

/** "我妈满80岁" */
const longestWhose = 8;
/** Nobody younger waits for one of the birthdays. */
const leastAge = 18;

/** Asks for the day, in these words, in the private chat. */
export async function askDay(turn: Turn, about: Subject, text: string): Promise<Outcome> {
  const question = { kind: 'reminderDay' as const, about };
  if (turn.room) await askLater(turn, turn.person.id, question);
  else await ask(turn, question);
  return inPrivate(turn, reminderTopic, text);
}

/** Keeps a reminder of a day that was told, sealed, and says when it will be said; what cannot be kept is asked for again, or told why. */
export async function keepReminder(turn: Turn, about: Subject, day: ForDay, often = false): Promise<Outcome> {
  const kind = kindOf(turn, about);
  const { told, own } = day;
  const mistake = mistakeIn(turn, kind, day);
  if (mistake !== undefined || told === 'noSuchDay') return askDay(turn, about, mistake ?? turn.say('reminder.noSuchDay'));
  const { open, next } = planned(timingOf(turn, { ...about, ...day }), told, turn.now, morningsOf(turn.content, turn.time));
  const known = {
    ...withOwnWords(about, kind, own),
    from: told.from,
    to: told.to,
    ...(own ? { own: true as const } : {}),
    ...(day.daysBefore > 0 ? { daysBefore: day.daysBefore } : {}),
  };
  const now = open && { ...known, day: open.day };
  if (!next) return now ? tellOpen(turn, now) : tellOver(turn, about, day);
  const details = { ...known, day: next.occasion.day };
  const refused = await refusal(turn, details);
  if (refused !== undefined) return inPrivate(turn, reminderTopic, refused);
  const notice = await noticeOnce(turn);
  const row = await note(turn, details, next.at);
  const text = turn.say('reminder.kept', {
    what: namedOf(turn, row, details),
    now: now ? [turn.say('reminder.now', { says: saysOf(turn, now) }), tellsOf(turn, now)].filter(Boolean).join('\n') : '',
    when: whenSaid(turn, next.at),
    each: comesAgain(kind, details) ? turn.say('reminder.each') : '',
    once: own && often ? turn.say('reminder.once') : '',
  });
  const outcome = inPrivate(turn, reminderTopic, text);
  return { ...outcome, replies: [...notice, ...outcome.replies] };
}

async function note({ tx, ids, person, vault, now }: Turn, details: Details, at: Date): Promise<Reminder> {
  const row: Reminder = {
    id: ids.id(),
    person: person.id,
    sealed: sealedDetails(vault, details),
    at: at.toISOString(),
    createdAt: now.toISOString(),
  };
  await tx.put('reminders', row);
  return row;
}

/** Why no more can be kept: it is known, or there are as many as one person may have. */
async function refusal(turn: Turn, details: Details): Promise<string | undefined> {
  const all = await remindersOf(turn.tx, turn.vault, turn.person.id);
  const same = all.find((each) => each.details && isSame(each.details, details));
  if (same) return turn.say('reminder.already', { line: lineOf(turn, same, '') });
  const { most } = turn.content.remindMe;
  return all.length >= most ? turn.say('reminder.full', { most }) : undefined;
}

/** Why a day cannot be taken as it was told; undefined when it can. */
export function mistakeIn(turn: Turn, kind: ReminderKind | undefined, { told, own }: ForDay): string | undefined {
  if (told === 'noSuchDay') return turn.say('reminder.noSuchDay');
  if (told.lunar) return turn.say('reminder.solar');
  const today = todayOf(turn);
  const rule = own ? undefined : kind?.rule.of;
  if (rule === 'birthday' && Number(today.slice(0, 4)) - Number(told.from.slice(0, 4)) < leastAge) return turn.say('reminder.wholeDay');
  if (rule !== 'child' && isLoose(told)) return turn.say(rule === undefined ? 'reminder.unclear' : 'reminder.wholeDay');
  if ((rule === undefined || rule === 'end') && told.to < today) return turn.say('reminder.past', { day: daySaid(told.from, turn.now) });
  return undefined;
}

/** What can be done already, and will not come again. */
async function tellOpen(turn: Turn, now: Details): Promise<Outcome> {
  const kind = kindOf(turn, now);
  // "下周二提醒我" is of this.
  if (kind && !turn.room) talkAbout(turn, kind.topic);
  return inPrivate(turn, reminderTopic, turn.say('reminder.open', { says: saysOf(turn, now), tells: tellsOf(turn, now) }));
}

/** What is over, or too late for a morning. */
async function tellOver(turn: Turn, about: Subject, { told, own }: ForDay): Promise<Outcome> {
  const kind = own ? undefined : kindOf(turn, about);
  const topic = turn.content.titles.get(kind?.topic ?? '') ?? '';
  if (kind?.rule.of === 'child') return inPrivate(turn, reminderTopic, turn.say('reminder.over', { title: kind.title, topic }));
  if (kind?.rule.of === 'birthday' && typeof told === 'object') {
    const day = daySaid(sameDayAfter(told.from, 12 * kind.rule.age), turn.now);
    return inPrivate(turn, reminderTopic, turn.say('reminder.reached', { title: kind.title, day, topic }));
  }
  const { at } = turn.content.remindMe;
  return askDay(turn, about, turn.say('reminder.tooLate', { hour: spokenHour(fromShanghai(todayOf(turn), at)) }));
}

/** Their words are kept where they tell more than the kind does: what it is on a day of their own, or in a few words whose birthday. */
function withOwnWords({ what, ...about }: Subject, kind: ReminderKind | undefined, own: boolean): Subject {
  const whose = kind?.rule.of === 'birthday' || kind?.rule.of === 'child';
  return what !== undefined && (own || !kind || (whose && what.length <= longestWhose)) ? { ...about, what } : about;
}

function isSame(one: Details, other: Details): boolean {
  return (['kind', 'what', 'from', 'own'] as const).every((field) => one[field] === other[field]);
}
