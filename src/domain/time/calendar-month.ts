import { twoDigits } from './clock-time.ts';

/** Months of the calendar as yyyy-MM, which compare as they read, and days that lie whole months apart. */

/** The month so many months after another; before it where `count` is negative. */
export function monthAfter(month: string, count: number): string {
  const { year, number } = parts(month);
  const index = year * 12 + number - 1 + count;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${twoDigits((((index % 12) + 12) % 12) + 1)}`;
}

/** How many months lie from one month to another; negative when it lies before. */
export function monthsBetween(from: string, to: string): number {
  return (parts(to).year - parts(from).year) * 12 + parts(to).number - parts(from).number;
}

/** The month of a day (yyyy-MM-dd). */
export function monthOf(date: string): string {
  return date.slice(0, 7);
}

/** The last day (yyyy-MM-dd) of a month. */
export function lastDayOf(month: string): string {
  const { year, number } = parts(month);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

/** The same day so many months later, or the last of that month where it has no such day: 31 August and six months are 28 February. */
export function sameDayAfter(date: string, months: number): string {
  const month = monthAfter(monthOf(date), months);
  const last = lastDayOf(month);
  const same = `${month}${date.slice(7)}`;
  return same < last ? same : last;
}

function parts(month: string): { year: number; number: number } {
  return { year: Number(month.slice(0, 4)), number: Number(month.slice(5, 7)) };
}
