import { dateAfter, weekdayOf } from './clock-time.ts';
import { readDay, readDays } from './spoken-time.ts';

/** The days of an absence, both counted: yyyy-MM-dd in Shanghai. */
export interface Leave {
  readonly from: string;
  readonly until: string;
}

/** What it takes to count days of leave: they are days on which one would have worked. */
export interface LeaveDays {
  readonly today: string;
  /** Whether something of today's office hours is left. */
  readonly todayCounts: boolean;
  /** The day that lies so many working days after another, 1 or more. Undefined in a year whose holidays are not known. */
  workingDay(after: string, days: number): string | undefined;
}

const betweenDays = /\s*(?:到|至|~|—|–|-|起|开始)\s*|\s+/gu;
const workdaysOfWeek = 5;

/**
 * The days that somebody is away: "3天" (from today on, in working days), "一周", "到周五", "周五", "明天到周五", "12月1日起3天", "下周".
 * Undefined when it is none, or ends before it begins.
 */
export function readLeave(said: string, days: LeaveDays): Leave | undefined {
  const typed = said
    .normalize('NFKC')
    .trim()
    .replace(/^从/u, '')
    .replace(/(?:为止|不在|休息)$/u, '');
  const { today } = days;
  const count = countOf(typed);
  if (count !== undefined) return counted(today, count, days);
  if (/^下(?:个)?(?:周|星期|礼拜)$/u.test(typed)) return weekFrom(dateAfter(today, 7 - ((weekdayOf(today) + 6) % 7)));
  const day = readDay(typed, today);
  if (day !== undefined) return ordered(day, day);
  const until = /^(?:到|至)(.+)$/u.exec(typed)?.[1];
  if (until !== undefined) return ordered(today, readDay(until, today));
  return span(typed, days);
}

/** "明天到周五", "12月1日起3天", "明天 2天": a day, and until when or how long. */
function span(typed: string, days: LeaveDays): Leave | undefined {
  for (const { index, 0: between } of typed.matchAll(betweenDays)) {
    const from = readDay(typed.slice(0, index), days.today);
    const last = typed.slice(index + between.length);
    const count = countOf(last);
    const until = readDay(last, days.today);
    if (from === undefined || (count === undefined && until === undefined)) continue;
    return count === undefined ? ordered(from, until) : counted(from, count, days);
  }
  return undefined;
}

function countOf(said: string): number | undefined {
  if (/^半天$/u.test(said)) return 1;
  const weeks = /^([\d一两二三四])个?(?:周|星期|礼拜)$/u.exec(said)?.[1];
  if (weeks === undefined) return readDays(said);
  const number = readDays(`${weeks}天`);
  return number === undefined ? undefined : number * workdaysOfWeek;
}

/** So many working days from a day on, that day the first of them. */
function counted(from: string, count: number, { today, todayCounts, workingDay }: LeaveDays): Leave | undefined {
  if (count < 1) return undefined;
  const whole = from === today && !todayCounts ? count : count - 1;
  const until = whole === 0 ? from : workingDay(from, whole);
  return ordered(from, until);
}

function weekFrom(monday: string): Leave {
  return { from: monday, until: dateAfter(monday, 6) };
}

function ordered(from: string, until: string | undefined): Leave | undefined {
  return until === undefined || until < from ? undefined : { from, until };
}
