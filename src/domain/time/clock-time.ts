/**
 * Times of day in Asia/Shanghai. China has kept UTC+8 without summer time since 1991, so the arithmetic is a
 * fixed offset. Times pass between parts of the program as ISO strings in UTC; here they become what people say.
 */

const offset = 8 * 3_600_000;
const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;

export interface ShanghaiTime {
  readonly year: number;
  /** 1…12 */
  readonly month: number;
  readonly day: number;
  /** 0 = Sunday */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  /** yyyy-MM-dd */
  readonly date: string;
}

/** An instant as read from a clock in Shanghai. */
export function inShanghai(at: Date): ShanghaiTime {
  const local = new Date(at.getTime() + offset);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    weekday: local.getUTCDay(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    date: local.toISOString().slice(0, 10),
  };
}

/** The instant at which clocks in Shanghai show `date` (yyyy-MM-dd) and `time` (HH:mm). */
export function fromShanghai(date: string, time: string): Date {
  return new Date(Date.parse(`${date}T${time}:00Z`) - offset);
}

/** "周五" (0 = Sunday) */
export function spokenWeekday(weekday: number): string {
  return weekdays[weekday] ?? '';
}

/** "11月27日"; seen from another year "2027年1月3日" */
export function spokenDay(at: Date, now = at): string {
  return spokenDayOf(inShanghai(at).date, inShanghai(now).date);
}

/** A date (yyyy-MM-dd) as it is said on another: "11月27日", "2027年1月3日" when the year is not the same. */
export function spokenDayOf(date: string, today: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${today.startsWith(year) ? '' : `${year}年`}${Number(month)}月${Number(day)}日`;
}

/** "11月27日（周五）" */
export function spokenDate(at: Date): string {
  const { month, day, weekday } = inShanghai(at);
  return `${month}月${day}日（${weekdays[weekday]}）`;
}

/** 5 as "05" */
export function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** The time of day as HH:mm, which compares as it reads. */
export function clockTime({ hour, minute }: Pick<ShanghaiTime, 'hour' | 'minute'>): string {
  return `${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** "11月27日 9:05" */
export function spokenTime(at: Date): string {
  const { month, day, hour, minute } = inShanghai(at);
  return `${month}月${day}日 ${hour}:${twoDigits(minute)}`;
}

/** "9:05" */
export function spokenHour(at: Date): string {
  const { hour, minute } = inShanghai(at);
  return `${hour}:${twoDigits(minute)}`;
}

/** "2026年11月27日", as in a letter */
export function writtenDate(at: Date): string {
  const { year, month, day } = inShanghai(at);
  return `${year}年${month}月${day}日`;
}

/** `at` moved by so many minutes. */
export function plusMinutes(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000);
}

/** `at` moved by so many days of 24 hours, whether they are worked or not. */
export function plusDays(at: Date, days: number): Date {
  return plusMinutes(at, days * 24 * 60);
}

/** The day (yyyy-MM-dd) so many days after a day. */
export function dateAfter(date: string, days: number): string {
  return plusDays(new Date(`${date}T00:00:00Z`), days)
    .toISOString()
    .slice(0, 10);
}

/** 0 = Sunday; of a day as yyyy-MM-dd */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** What is worked in a week without holidays. */
export function isMondayToFriday(date: string): boolean {
  return weekdayOf(date) % 6 !== 0;
}
