import { readNumeral } from '../words/numeral.ts';
import { clockTime, dateAfter, fromShanghai, inShanghai, weekdayOf } from './clock-time.ts';

/** Days and spans of time as staff type them in a command. Dates are yyyy-MM-dd in Shanghai. */

const weekdays = '日一二三四五六';

/**
 * The day that a word means, seen from `today`: "今天", "明天", "后天", "周五", "这周五" (the next one, today included), "下周一",
 * "12月3日", "十二月三号", "12-3", "3号" (this month's, or next month's when it is over), "2026-12-03", "三天后", "两周内", "月底", "元旦".
 * Undefined when it is none.
 */
export function readDay(word: string, today: string): string | undefined {
  const said = numeralsRead(word.normalize('NFKC').trim());
  const near = ['今天', '明天', '后天', '大后天'].indexOf(said.replace(/^(今|明)日$/u, '$1天'));
  if (near >= 0) return dateAfter(today, near);
  const later = daysLater(said);
  if (later !== undefined) return dateAfter(today, later);
  const named = namedDay(said, today);
  if (named !== undefined) return named;
  const weekday = /^(?:这|本)?(下*)(?:个?周|个?星期|个?礼拜)([日天一二三四五六])$/.exec(said);
  if (weekday) return dayOfWeek(today, weekdays.indexOf((weekday[2] ?? '').replace('天', '日')), weekday[1]?.length ?? 0);
  const full = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(said);
  if (full) return existing(Number(full[1]), Number(full[2]), Number(full[3]));
  const year = Number(today.slice(0, 4));
  const monthDay = /^(\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(said);
  if (monthDay) {
    const [month, day] = [Number(monthDay[1]), Number(monthDay[2])];
    const thisYear = existing(year, month, day);
    return thisYear === undefined || thisYear >= today ? thisYear : existing(year + 1, month, day);
  }
  const dayOnly = /^(\d{1,2})[日号]$/.exec(said);
  if (!dayOnly) return undefined;
  const month = Number(today.slice(5, 7));
  const thisMonth = existing(year, month, Number(dayOnly[1]));
  if (thisMonth !== undefined && thisMonth >= today) return thisMonth;
  return month === 12 ? existing(year + 1, 1, Number(dayOnly[1])) : existing(year, month + 1, Number(dayOnly[1]));
}

/**
 * By which day something is to be done, as staff say it: as above, or "周五下班前", "12月3日之前", "最迟月底", and "3个工作日", which
 * `workingDays` counts. The day itself still counts. Undefined when it is none.
 */
export function readDueDay(word: string, today: string, workingDays: (days: number) => string | undefined): string | undefined {
  const said = word
    .normalize('NFKC')
    .trim()
    .replace(/^(?:最迟|最晚|不晚于|[延改推]?到|在)/u, '')
    .replace(/(?:(?:上午|中午|下午|晚上)?下?班?(?:之|以)?前|下班|上午|中午|下午|晚上|为止)$/u, '');
  const working = /^(.+?)个?工作日(?:之|以)?[后内]?$/u.exec(said);
  if (!working) return readDay(said, today);
  const days = readNumeral(working[1] ?? '');
  return days >= 1 && days <= longestSpan ? workingDays(days) : undefined;
}

/** A span that staff name is never longer, in days. */
const longestSpan = 366;

/** "3天后", "三天内", "过两天", "一周内", "两个星期后", "半个月内" → days */
function daysLater(said: string): number | undefined {
  const found = /^(?:再?过)?(.{1,3}?)(天|日|个?周|个?星期|个?礼拜|个月)(?:之|以)?[后内]?$/u.exec(said);
  if (!found) return undefined;
  const [, count = '', unit = ''] = found;
  if (unit === '个月') return count === '半' ? 15 : undefined;
  if (unit === '日' && !/[后内]$/u.test(said)) return undefined;
  const days = readNumeral(count) * (/[天日]/u.test(unit) ? 1 : 7);
  return Number.isInteger(days) && days >= 1 && days <= longestSpan ? days : undefined;
}

/** "月底", "下个月底", "年底", and holidays that have a date of their own. */
function namedDay(said: string, today: string): string | undefined {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  const end = /^(这个?|本|下个?)?月[底末]$/u.exec(said);
  // Day 0 is the last one of the month before.
  if (end) return new Date(Date.UTC(year, month + (end[1]?.startsWith('下') ? 1 : 0), 0)).toISOString().slice(0, 10);
  const fixed = { 年底: '12-31', 元旦: '01-01', 五一: '05-01', 劳动节: '05-01', 国庆: '10-01', 国庆节: '10-01' }[said];
  if (fixed === undefined) return undefined;
  return `${year}-${fixed}` >= today ? `${year}-${fixed}` : `${year + 1}-${fixed}`;
}

/** "周三", "星期天" → 0…6 (0 = Sunday) */
export function readWeekday(word: string): number | undefined {
  const found = /^(?:每)?(?:个?周|个?星期|个?礼拜)([日天一二三四五六])$/.exec(word.normalize('NFKC').trim());
  return found ? weekdays.indexOf((found[1] ?? '').replace('天', '日')) : undefined;
}

/** "3天", "三个工作日" → 3 */
export function readDays(word: string): number | undefined {
  const found = /^(\d{1,3}|[一二两三四五六七八九十])个?(?:工作)?[天日]$/.exec(word.normalize('NFKC'));
  return found ? readNumeral(found[1] ?? '') : undefined;
}

/** "60分", "半小时", "2小时" → minutes */
export function readMinutes(word: string): number | undefined {
  const said = word.normalize('NFKC');
  if (/^半个?(?:小时|钟头)$/.test(said)) return 30;
  const found = /^(\d{1,3}|[一二两三四五六七八九十])个?(分钟?|小时|钟头)$/.exec(said);
  if (!found) return undefined;
  return readNumeral(found[1] ?? '') * (found[2]?.startsWith('分') ? 1 : 60);
}

/** What is longer is no moment: more is not looked at. */
const longestMoment = 40;

/**
 * The moment that "周五9点", "明天下午三点半", "12月3日 16:00" or "9点" (today's) means in Shanghai, seen from `now`; a day alone, or its
 * morning, means it at `time` (HH:mm). Undefined when it is none.
 */
export function readMoment(said: string, now: Date, time: string): Date | undefined {
  const today = inShanghai(now).date;
  const typed = numeralsRead(said.normalize('NFKC').replace(/\s+/gu, ' ').trim());
  if (typed.length > longestMoment) return undefined;
  const dayAlone = readDay(time < '12:00' ? typed.replace(/ ?(?:上午|早上|早晨)$/u, '') : typed, today);
  if (dayAlone !== undefined) return fromShanghai(dayAlone, time);
  const found = /^(.*?) ?(上午|早上|早晨|中午|下午|晚上|今晚)? ?(\d{1,2})(?:[:点时](\d{1,2}|半)?分?)[钟整]?$/u.exec(typed);
  if (!found) return undefined;
  const [, dayWord = '', part = '', hourSaid, minuteSaid = '0'] = found;
  const day = dayWord === '' ? today : readDay(dayWord, today);
  const afternoon = /下午|晚/.test(part) || (part === '中午' && Number(hourSaid) < 3);
  // Twelve in the evening is the end of the day, not its noon.
  const midnight = part.includes('晚') && Number(hourSaid) === 12;
  const hour = midnight ? 0 : Number(hourSaid) + (afternoon && Number(hourSaid) < 12 ? 12 : 0);
  const minute = minuteSaid === '半' ? 30 : Number(minuteSaid);
  if (day === undefined || hour > 23 || minute > 59) return undefined;
  return fromShanghai(midnight ? dateAfter(day, 1) : day, clockTime({ hour, minute }));
}

/** "周五九点一刻" → "周五9点15": numerals beside a unit, but not the day of a week. */
function numeralsRead(said: string): string {
  return said
    .replace(/(?<=[点时])一刻/u, '15')
    .replace(/(?<![周期拜])[零一二两三四五六七八九十]{1,3}(?=[月日号点时分])|(?<=[点时])[零一二三四五六七八九十]{1,3}/gu, (word) =>
      String(readNumeral(word.replace(/^零(?=.)/u, ''))),
    );
}

function dayOfWeek(today: string, weekday: number, weeks: number): string {
  const now = weekdayOf(today);
  // Chinese weeks begin on Monday: "下周日" is the last day of the next week.
  const fromMonday = (day: number) => (day + 6) % 7;
  if (weeks > 0) return dateAfter(today, fromMonday(weekday) - fromMonday(now) + 7 * weeks);
  return dateAfter(today, (weekday - now + 7) % 7);
}

/** The date, if there is one: no 31 April. */
function existing(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : undefined;
}
