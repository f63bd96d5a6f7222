import { planned } from '../../domain/reminders/reminder.ts';
import { dateAfter, fromShanghai, inShanghai } from '../../domain/time/clock-time.ts';
import { isQuiet } from '../../domain/time/quiet-hours.ts';
import { type Chore, eachApart, failFor, isThere } from '../kernel/chore.ts';
import type { App } from '../kernel/desk.ts';
import { officeTime } from '../kernel/office-time.ts';
import type { Transaction } from '../kernel/ports.ts';
import { queue } from '../sending/deliveries.ts';
import { type Details, detailsOf, type Reminder, sealedDetails } from './rows.ts';
import { daySaid, kindOf, type Means, saysOf, tellsOf, titleOf } from './telling.ts';
import { comesAgain, morningsOf, timingOf } from './timing.ts';

/**
 * Says each reminder once when its morning has come, or late when the bot was off then; who cannot be written to hears it with their next
 * word. What comes each year is planned anew in the same transaction.
 */
export const dueReminders: Chore = {
  id: 'reminders',
  isDue: async (app, now, tx) => !isNight(app, now) && isThere(tx, 'reminders', dueAt(now)),
  run: sayDue,
};

const isNight = (app: App, now: Date) => isQuiet(app.content.current().broadcasts.quiet, now);
const dueAt = (now: Date) => ({ at: { atMost: now.toISOString() } });

async function sayDue(app: App, now: Date): Promise<void> {
  if (isNight(app, now)) return;
  const due = await app.store.transaction((tx) => tx.find('reminders', dueAt(now), { by: 'at' }));
  const ids = due.map(({ id }) => id);
  failFor(await eachApart(app, ids, (id) => app.store.transaction((tx) => sayOne(app, tx, now, id))));
}

async function sayOne(app: App, tx: Transaction, now: Date, id: string): Promise<void> {
  const row = await tx.get('reminders', id);
  if (!row || row.at > now.toISOString()) return;
  const content = await app.overlay.over(app.content.current(), tx);
  const means: Means = { content, say: app.say, now };
  const details = detailsOf(app.vault, row);
  const { time } = officeTime(content.calendar, app.workCalendars);
  const mornings = morningsOf(content, time);
  const today = inShanghai(now).date;
  const late = inShanghai(new Date(row.at)).date < today;
  // A holiday that was not known when it was planned.
  const onward = details && !late && !mornings.opensOn(today) ? nextOpenDay(today, details.day, mornings.opensOn) : undefined;
  if (onward !== undefined) {
    await tx.put('reminders', { ...row, at: fromShanghai(onward, mornings.at).toISOString() });
    return;
  }
  const next =
    details && comesAgain(kindOf(means, details), details)
      ? planned(timingOf(means, details), details, now, mornings, dateAfter(details.day, 1)).next
      : undefined;
  if (details && next) {
    const sealed = sealedDetails(app.vault, { ...details, day: next.occasion.day });
    await tx.put('reminders', { ...row, sealed, at: next.at.toISOString() });
  } else await tx.remove('reminders', id);
  const text = details ? dueText(means, row, details, late, next?.at) : app.say('reminder.lost');
  await queue(tx, app.ids, now, { to: { person: row.person }, text: app.vault.seal(text), sealed: true, kind: 'notice' });
}

function dueText(means: Means, { at }: Reminder, details: Details, late: boolean, next: Date | undefined): string {
  const { say, now, content } = means;
  const topic = content.answers.get(kindOf(means, details)?.topic ?? details.topic ?? '')?.title;
  return say('reminder.due', {
    on: daySaid(inShanghai(new Date(at)).date, now),
    what: titleOf(means, details),
    says: saysOf(means, details),
    tells: tellsOf(means, details),
    late: late ? say('reminder.late') : '',
    next: next ? say('reminder.next', { day: daySaid(inShanghai(next).date, now) }) : '',
    ask: topic === undefined ? '' : say('reminder.ask', { title: topic }),
  });
}

/** The next day on which the office opens, unless it lies behind the day that it is about. */
function nextOpenDay(today: string, until: string, opensOn: (day: string) => boolean): string | undefined {
  for (let day = dateAfter(today, 1); day <= until; day = dateAfter(day, 1)) if (opensOn(day)) return day;
  return undefined;
}
