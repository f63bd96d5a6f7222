import type { OfficeCalendar } from '../domain/knowledge.ts';
import { type WorkingTime, workingTime } from '../domain/working-time.ts';
import type { WorkCalendars } from './ports.ts';

const made = new WeakMap<OfficeCalendar, WorkingTime>();

/** The office's working time; made once for each reading of its calendar. */
export function officeTime(calendar: OfficeCalendar, calendars: WorkCalendars): WorkingTime {
  const known = made.get(calendar);
  if (known) return known;
  const time = workingTime({ spans: calendar.hours }, calendars(calendar).isWorkingDay);
  made.set(calendar, time);
  return time;
}
