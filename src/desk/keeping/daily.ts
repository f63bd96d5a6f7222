import { openStates } from '../../domain/appeals/appeal.ts';
import { isLate, isRunning } from '../../domain/appeals/appeal-clock.ts';
import { inShanghai } from '../../domain/time/clock-time.ts';
import type { App } from '../kernel/desk.ts';
import { officeTime } from '../kernel/office-time.ts';
import { toStaff } from '../kernel/staff.ts';
import { groupLine, unansweredGroups } from '../knowledge/unanswered.ts';
import { queue } from '../sending/deliveries.ts';
import { housekeep } from './housekeeping.ts';

/** The hour of the night, in Shanghai, from which the day's chores are due: after the last question, before the first. */
const dueFromHour = 3;
/** The hour at which staff are told of the week. */
const morningHour = 9;
/** A morning's digest is not sent in the afternoon. */
const noon = 12;
/** So many alike make a question worth telling of (desk: five or more). */
const oftenFrom = 5;

/** Housekeeping and a backup, once a day; what fails is tried again at the next tick and told to the staff once. */
export async function doDailyChores(app: App, now: Date): Promise<void> {
  const { date, hour } = inShanghai(now);
  if (hour < dueFromHour) return;
  const at = now.toISOString();
  await app.store.transaction(async (tx) => {
    if (await tx.insert('chores', { id: `housekeeping/${date}`, at })) app.log.info({ ...(await housekeep(tx, now)) }, 'housekeeping');
  });
  if (app.backups) await backUp(app, app.backups, `backup/${date}`, now);
  await tellDigest(app, now);
  await tellUnanswered(app, now);
}

/** When the office opens, staff hear how things stand: one notice each working morning, none when nothing is open. */
async function tellDigest(app: App, now: Date): Promise<void> {
  const { date, hour } = inShanghai(now);
  const content = app.content.current();
  if (hour >= noon || officeTime(content.calendar, app.workCalendars).time.isOpen(now) !== true) return;
  await app.store.transaction(async (tx) => {
    if (!(await tx.insert('chores', { id: `digest/${date}`, at: now.toISOString() }))) return;
    const open = await tx.find('appeals', { state: openStates });
    if (open.length === 0) return;
    const running = open.filter(({ state }) => isRunning(state));
    const dueBy = (day: string) => running.filter(({ answerBy }) => answerBy !== undefined && inShanghai(new Date(answerBy)).date <= day);
    const late = running.filter((appeal) => isLate(appeal, now));
    const text = app.say('digest.whole', {
      open: open.length,
      urgent: open.filter(({ urgent }) => urgent).length,
      today: dueBy(date).length - late.length,
      late: late.length,
      unassigned: open.filter(({ handler }) => handler === undefined).length,
      waiting: open.length - running.length,
    });
    for (const reply of await toStaff(tx, text)) await queue(tx, app.ids, now, reply);
  });
}

/** On Monday morning staff hear what was asked often in the week before and had no answer. */
async function tellUnanswered(app: App, now: Date): Promise<void> {
  const { date, hour, weekday } = inShanghai(now);
  if (weekday !== 1 || hour < morningHour) return;
  await app.store.transaction(async (tx) => {
    if (!(await tx.insert('chores', { id: `unanswered/${date}`, at: now.toISOString() }))) return;
    const often = (await unansweredGroups(tx)).filter(({ count }) => count >= oftenFrom);
    if (often.length === 0) return;
    const means = { say: app.say, content: app.content.current() };
    const lines = often.slice(0, 10).map((group, index) => groupLine(means, group, index));
    for (const reply of await toStaff(tx, app.say('unanswered.weekly', { lines: lines.join('\n') }))) await queue(tx, app.ids, now, reply);
  });
}

async function backUp(app: App, backups: NonNullable<App['backups']>, id: string, now: Date): Promise<void> {
  if (await app.store.transaction((tx) => tx.get('chores', id))) return;
  try {
    const { name, bytes, rows } = await backups.make(now);
    app.log.info({ name, bytes, rows }, 'backup');
    await app.store.transaction((tx) => tx.insert('chores', { id, at: now.toISOString() }));
  } catch (error) {
    app.log.error({ err: error }, 'the daily backup failed');
    await app.store.transaction(async (tx) => {
      if (!(await tx.insert('chores', { id: `${id}/told`, at: now.toISOString() }))) return;
      for (const reply of await toStaff(tx, app.say('backup.failed'))) await queue(tx, app.ids, now, reply);
    });
  }
}
