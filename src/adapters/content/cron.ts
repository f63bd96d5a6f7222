import { validateDetailed } from 'node-cron';
import type { z } from 'zod';
import type { Schedule } from '../../domain/time/schedule.ts';

/**
 * A cron expression of five fields, read by node-cron, for a broadcast: at one time of day at most, on days that exist. What is wrong
 * becomes an issue of `context`.
 */
export function readSchedule(expression: string, timezone: string, context: z.RefinementCtx): Schedule {
  const mistake = (key: 'cron' | 'timezone', message: string) => {
    context.addIssue({ code: 'custom', path: [key], message });
    return never;
  };
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: timezone });
  } catch {
    return mistake('timezone', `${timezone} is no time zone; written Asia/Shanghai`);
  }
  const { fields, errors } = validateDetailed(expression);
  if (!fields || expression.trim().split(/\s+/).length !== 5)
    return mistake('cron', `not “minute hour day month weekday”: ${errors.map(({ message }) => message).join('; ') || expression}`);
  const [minute, ...minutes] = fields.minute;
  const [hour, ...hours] = fields.hour;
  if (minute === undefined || hour === undefined || minutes.length > 0 || hours.length > 0)
    return mistake('cron', 'a broadcast has one time of day: its minute and its hour are one number each');
  const [days, weekdays] = [fields.dayOfMonth, fields.dayOfWeek].map((values) => values.filter((each) => typeof each === 'number'));
  if (days?.length !== fields.dayOfMonth.length || weekdays?.length !== fields.dayOfWeek.length)
    return mistake('cron', 'L, W and # are not understood here; “0 9 1-7 * 5” is the first Friday of a month');
  return { expression, minute, hour, days, months: fields.month, weekdays, timezone };
}

/** Stands in for what could not be read; its issue keeps it from being used. */
const never: Schedule = { expression: '', minute: 0, hour: 0, days: [], months: [], weekdays: [], timezone: 'UTC' };
