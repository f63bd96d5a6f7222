import type { OfficeCalendar } from '../../domain/content/knowledge.ts';
import { inShanghai, isMondayToFriday } from '../../domain/time/clock-time.ts';
import { type WorkingTime, workingTime } from '../../domain/time/working-time.ts';
import type { WorkCalendars } from './ports.ts';

/** The office's time: for its own clocks, and whether a day may be promised. */
export interface OfficeTime {
  /** In a year whose holidays are not known yet Monday to Friday are taken for worked, so that reminders go on. */
  readonly time: WorkingTime;
  /** Whether the holidays of the year of a moment are known: a date in another year is promised to nobody. */
  knows(at: Date): boolean;
}

const made = new WeakMap<OfficeCalendar, OfficeTime>();

/** The office's time; made once for each reading of its calendar. */
export function officeTime(calendar: OfficeCalendar, calendars: WorkCalendars): OfficeTime {
  const before = made.get(calendar);
  if (before) return before;
  const { isWorkingDay } = calendars(calendar);
  const office: OfficeTime = {
    time: workingTime({ spans: calendar.hours }, (date) => isWorkingDay(date) ?? isMondayToFriday(date)),
    knows: (at) => isWorkingDay(inShanghai(at).date) !== undefined,
  };
  made.set(calendar, office);
  return office;
}
