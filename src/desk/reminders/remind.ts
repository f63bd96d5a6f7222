import { plusMinutes } from '../../domain/time/clock-time.ts';
import { dayIn, withoutDays } from '../../domain/time/told-day.ts';
import { bareWords, hasShape } from '../../domain/words/short-answer.ts';
import { inPrivate } from '../appeals/own-appeals.ts';
import { type Handler, type Outcome, type Turn, todayOf } from '../kernel/turn.ts';
import { changeReminder } from './change.ts';
import { askDay, keepReminder } from './keep.ts';
import { cancelReminders, listReminders, tellHow } from './list.ts';
import { remindersOf, type Subject } from './rows.ts';
import { kindOf, reminderTopic, withSealed } from './telling.ts';
import { dayFor, subjectOf, tellsSeveralDays, type Wish, wishOf } from './wish.ts';

/** In what is longer the words may stand by chance; it has to be understood. */
const longestWish = 40;

/** A reminder so new may have been given the wrong day; another one is told in few words. */
const justNowMinutes = 5;
const longestDay = 12;

/** 提醒我, 我的提醒, 取消提醒 in plain words. Where something else is clearly asked besides, the questions are taken one by one. */
export const reminders: Handler = async (turn) => {
  if ((turn.room && !turn.message.addressed) || turn.message.kind !== 'text') return undefined;
  const { questions } = turn.understood;
  if (questions.length > 1 && questions.some(({ decision, topic }) => decision === 'answer' && topic !== reminderTopic)) return undefined;
  if (bareWords(turn.text).length <= longestWish && wishOf(turn, turn.text) !== undefined) return remind(turn, turn.text);
  return otherDay(turn);
};

/** "改成18号", or another day and no more, just after a reminder was taken down: it is said on that day. */
async function otherDay(turn: Turn): Promise<Outcome | undefined> {
  const said = turn.content.simplify(turn.text);
  const day = bareWords(said).length <= longestDay ? dayIn(said, todayOf(turn)) : undefined;
  if (day === undefined || turn.asked?.owed || !(hasShape(said, turn.content.remindMe.words.otherDay) || isDayAlone(said)))
    return undefined;
  const since = plusMinutes(turn.now, -justNowMinutes).toISOString();
  const all = await remindersOf(turn.tx, turn.vault, turn.person.id);
  const [latest] = [...all].sort((a, b) => b.row.createdAt.localeCompare(a.row.createdAt));
  if (!latest || latest.row.createdAt < since) return undefined;
  return withSealed(turn, await changeReminder(turn, turn.text, all.indexOf(latest) + 1));
}

/** "15号", "下周三": a day and no more. */
const isDayAlone = (text: string) => bareWords(withoutDays(text)) === '';

/** Does what a message wants that speaks of reminders, privately; undefined when it only tells of one ("没人提醒我"). */
export async function remind(turn: Turn, text: string): Promise<Outcome | undefined> {
  const wish = wishOf(turn, text);
  if (!wish && hasShape(turn.content.simplify(text), turn.content.remindMe.words.unmeant)) return undefined;
  if (turn.room && !turn.person.reachable) return inPrivate(turn, reminderTopic, '');
  return withSealed(turn, await wished(turn, text, wish));
}

function wished(turn: Turn, text: string, wish: Wish | undefined): Promise<Outcome> {
  switch (wish) {
    case 'list':
      return listReminders(turn);
    case 'cancel':
      return cancelReminders(turn, text);
    case 'change':
      return changeReminder(turn, text);
    case 'how':
      return tellHow(turn);
    default:
      return setReminder(turn, text);
  }
}

/** Takes a reminder down; for what is missing it asks, once and for one day only. */
async function setReminder(turn: Turn, text: string): Promise<Outcome> {
  if (tellsSeveralDays(turn, text)) return inPrivate(turn, reminderTopic, turn.say('reminder.oneByOne'));
  const about = subjectOf(turn, text);
  const kind = kindOf(turn, about);
  const day = dayFor(turn, kind, text, false);
  const often = hasShape(turn.content.simplify(text), turn.content.remindMe.words.often);
  if (hasShape(turn.content.simplify(text), turn.content.remindMe.words.daily))
    return inPrivate(turn, reminderTopic, turn.say('reminder.daily'));
  if (day) return keepReminder(turn, about, day, often);
  if (kind?.rule.of === 'period') {
    const today = todayOf(turn);
    return keepReminder(turn, about, { told: { from: today, to: today }, own: false, daysBefore: 0 }, false);
  }
  return askDay(turn, about, questionFor(turn, about));
}

/** The question for the one day that is needed. */
export function questionFor(turn: Turn, about: Subject): string {
  const kind = kindOf(turn, about);
  if (kind?.ask !== undefined) return turn.say('reminder.askOf', { title: kind.title, ask: kind.ask });
  if (about.what === undefined && about.topic === undefined) return turn.say('reminder.askAll');
  return turn.say('reminder.askDay');
}
