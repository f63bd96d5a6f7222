import { createRequire } from 'node:module';
import type { WorkCalendar } from '../app/ports.ts';
import { workingDayAfter } from '../domain/working-time.ts';

/** What the office writes down itself about days that are worked or not. */
export interface CalendarOverrides {
  /** Years whose holidays are written down completely, although chinese-days may not know them. */
  readonly known: readonly number[];
  /** yyyy-MM-dd: days off. */
  readonly holidays: readonly string[];
  /** yyyy-MM-dd: weekends that are worked instead (调休). */
  readonly workdays: readonly string[];
}

/**
 * The table of chinese-days: by yyyy-MM-dd, what is celebrated, or worked for. Its functions are not asked: they count in the time zone
 * of the computer and are wrong by a day west of Greenwich (1.5.7; one in four days), and they answer for years they know nothing of.
 */
const table: { holidays: Record<string, string>; workdays: Record<string, string> } = createRequire(import.meta.url)(
  'chinese-days/dist/chinese-days.json',
);
const listed = new Map([
  ...Object.keys(table.holidays).map((date) => [date, false] as const),
  ...Object.keys(table.workdays).map((date) => [date, true] as const),
]);
const listedYears = Object.keys(table.holidays).map(yearOf);

/**
 * Working days of China: the holidays and worked weekends that the State Council announces each November, as kept by
 * chinese-days, and over them what the office has written down. A year without a single holiday in the table, that the office has
 * not declared complete, is unknown as a whole, also on the days written down: half a year's holidays would promise dates that do
 * not hold.
 */
export function chineseWorkCalendar(overrides: CalendarOverrides = { known: [], holidays: [], workdays: [] }): WorkCalendar {
  const known = new Set([...listedYears, ...overrides.known.map(String)]);
  const written = new Map([
    ...overrides.holidays.map((date) => [date, false] as const),
    ...overrides.workdays.map((date) => [date, true] as const),
  ]);
  const isWorkingDay = (date: string) =>
    known.has(yearOf(date)) ? (written.get(date) ?? listed.get(date) ?? isMondayToFriday(date)) : undefined;
  return {
    isWorkingDay,
    plusWorkingDays: (date, wanted) => workingDayAfter(date, wanted, isWorkingDay),
  };
}

function yearOf(date: string): string {
  return date.slice(0, 4);
}

function isMondayToFriday(date: string): boolean {
  return new Date(`${date}T00:00:00Z`).getUTCDay() % 6 !== 0;
}
