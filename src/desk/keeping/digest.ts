import { openStates } from '../../domain/appeals/appeal.ts';
import { isLate, isRunning } from '../../domain/appeals/appeal-clock.ts';
import { inShanghai } from '../../domain/time/clock-time.ts';
import { type Acting, byTheClock } from '../appeals/moves.ts';
import type { Appeal } from '../appeals/rows.ts';
import { alarmsOn } from '../danger/alarms.ts';
import type { Chore } from '../kernel/chore.ts';
import type { App } from '../kernel/desk.ts';
import type { Recipient } from '../kernel/message.ts';
import { officeTime } from '../kernel/office-time.ts';
import type { Transaction } from '../kernel/ports.ts';
import { toStaff } from '../kernel/staff.ts';
import { groupLine, unansweredGroups } from '../knowledge/unanswered.ts';
import { queue } from '../sending/deliveries.ts';
import { dueNotices } from './reminded.ts';

/** The hour at which staff are told of the week. */
const morningHour = 9;
/** A morning's digest is not sent in the afternoon. */
const noon = 12;
/** So many alike make a question worth telling of (desk: five or more). */
const oftenFrom = 5;

/**
 * When the office opens, the staff hear how things stand, and each of them what is theirs to do today: one notice a person, by urgency,
 * none where there is nothing.
 */
export const digest: Chore = {
  id: 'digest',
  every: 'day',
  when: (app, now) => inShanghai(now).hour < noon && isOpen(app, now),
  run: (app, now, tx) => tell(app, now, tx, true),
};

/** After noon each hears what has come since and is theirs to do today. */
export const digestLater: Chore = {
  id: 'digestLater',
  every: 'day',
  when: (app, now) => inShanghai(now).hour >= noon && isOpen(app, now),
  run: (app, now, tx) => tell(app, now, tx, false),
};

function isOpen({ content, workCalendars }: App, now: Date): boolean {
  return officeTime(content.current().calendar, workCalendars).time.isOpen(now) === true;
}

/** Everything that somebody is told at this half-day goes into one notice. */
async function tell(app: App, now: Date, tx: Transaction, morning: boolean): Promise<void> {
  const content = await app.overlay.over(app.content.current(), tx);
  const { time } = officeTime(content.calendar, app.workCalendars);
  const acting: Acting = { tx, now, say: app.say, content, time, vault: app.vault, actor: byTheClock };
  const open = await tx.find('appeals', { state: openStates });
  const notices = new Map<string, { to: Recipient; parts: string[] }>();
  const add = (to: Recipient, text: string) => {
    const key = 'room' in to ? to.room : to.person;
    const notice = notices.get(key) ?? { to, parts: [] };
    notices.set(key, notice);
    notice.parts.push(text);
  };
  const whole = morning ? await howItStands(acting, open) : undefined;
  if (whole !== undefined) for (const { to } of await toStaff(tx, whole)) add(to, whole);
  for (const { to, text } of await dueNotices(acting, open, morning, app.log)) add(to, text);
  for (const { to, parts } of notices.values()) await queue(tx, app.ids, now, { to, text: parts.join('\n\n'), kind: 'notice' });
}

async function howItStands({ tx, now, say }: Acting, open: readonly Appeal[]): Promise<string | undefined> {
  const alarms = (await alarmsOn(tx)).length;
  if (open.length === 0 && alarms === 0) return undefined;
  const { date } = inShanghai(now);
  const running = open.filter(({ state }) => isRunning(state));
  const late = running.filter((appeal) => isLate(appeal, now));
  const dueToday = running.filter(({ answerBy }) => answerBy !== undefined && inShanghai(new Date(answerBy)).date <= date);
  return say('digest.whole', {
    alarms: alarms === 0 ? '' : say('alarm.countOn', { count: alarms }),
    open: open.length,
    urgent: open.filter(({ urgent }) => urgent).length,
    today: dueToday.length - late.length,
    late: late.length,
    unassigned: open.filter(({ handler }) => handler === undefined).length,
    waiting: open.length - running.length,
  });
}

/** On Monday morning staff hear what was asked often in the week before and had no answer. */
export const askedOften: Chore = {
  id: 'askedOften',
  every: 'week',
  when(_, now) {
    const { hour, weekday } = inShanghai(now);
    return weekday === 1 && hour >= morningHour;
  },
  async run({ say, ids, content }, now, tx) {
    const often = (await unansweredGroups(tx)).filter(({ count }) => count >= oftenFrom);
    if (often.length === 0) return;
    const lines = often.slice(0, 10).map((group, index) => groupLine({ say, content: content.current() }, group, index));
    for (const reply of await toStaff(tx, say('unanswered.weekly', { lines: lines.join('\n') }))) await queue(tx, ids, now, reply);
  },
};
