import { createRequire } from 'node:module';
import type { WorkCalendars } from '../../desk/kernel/ports.ts';
import { isMondayToFriday } from '../../domain/time/clock-time.ts';

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
export const chineseWorkCalendar: WorkCalendars = (overrides) => {
  const known = new Set([...listedYears, ...overrides.known.map(String)]);
  const written = new Map([
    ...overrides.holidays.map((date) => [date, false] as const),
    ...overrides.workdays.map((date) => [date, true] as const),
  ]);
  const isWorkingDay = (date: string) =>
    known.has(yearOf(date)) ? (written.get(date) ?? listed.get(date) ?? isMondayToFriday(date)) : undefined;
  return { isWorkingDay };
};

function yearOf(date: string): string {
  return date.slice(0, 4);
}
