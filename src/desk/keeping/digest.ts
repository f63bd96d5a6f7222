import { openStates } from '../../domain/appeals/appeal.ts';
import { isLate, isRunning } from '../../domain/appeals/appeal-clock.ts';
import { inShanghai } from '../../domain/time/clock-time.ts';
import { alarmsOn } from '../danger/alarms.ts';
import type { Chore } from '../kernel/chore.ts';
import { officeTime } from '../kernel/office-time.ts';
import { toStaff } from '../kernel/staff.ts';
import { groupLine, unansweredGroups } from '../knowledge/unanswered.ts';
import { queue } from '../sending/deliveries.ts';

/** The hour at which staff are told of the week. */
const morningHour = 9;
/** A morning's digest is not sent in the afternoon. */
const noon = 12;
/** So many alike make a question worth telling of (desk: five or more). */
const oftenFrom = 5;

/** When the office opens, staff hear how things stand: one notice each working morning, none when nothing is open. */
export const digest: Chore = {
  id: 'digest',
  every: 'day',
  when: ({ content, workCalendars }, now) =>
    inShanghai(now).hour < noon && officeTime(content.current().calendar, workCalendars).time.isOpen(now) === true,
  async run({ say, ids }, now, tx) {
    const open = await tx.find('appeals', { state: openStates });
    const alarms = (await alarmsOn(tx)).length;
    if (open.length === 0 && alarms === 0) return;
    const { date } = inShanghai(now);
    const running = open.filter(({ state }) => isRunning(state));
    const dueBy = (day: string) => running.filter(({ answerBy }) => answerBy !== undefined && inShanghai(new Date(answerBy)).date <= day);
    const late = running.filter((appeal) => isLate(appeal, now));
    const text = say('digest.whole', {
      alarms: alarms === 0 ? '' : say('alarm.countOn', { count: alarms }),
      open: open.length,
      urgent: open.filter(({ urgent }) => urgent).length,
      today: dueBy(date).length - late.length,
      late: late.length,
      unassigned: open.filter(({ handler }) => handler === undefined).length,
      waiting: open.length - running.length,
    });
    for (const reply of await toStaff(tx, text)) await queue(tx, ids, now, reply);
  },
};

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
