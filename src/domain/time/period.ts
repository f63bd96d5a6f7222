import { readNumeral } from '../words/numeral.ts';
import { dateAfter, fromShanghai, inShanghai, plusDays, weekdayOf } from './clock-time.ts';

/** From `from` up to, not including, `to`: ISO times (UTC). */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/** A stretch of time that is reported on, and the one that it is compared with: as long, right before. */
export interface Period extends Span {
  /** So many days back from now, today being the last; a week from Monday to Sunday; a month. */
  readonly kind: 'days' | 'week' | 'month';
  /** Of `days`, how many; of the others how many weeks or months ago: 0 is the one that runs. */
  readonly count: number;
  /** Of what still runs, the same stretch of the week or month before. */
  readonly before: Span;
}

/** Nobody asks for what is longer ago; the archive is read month by month. */
const monthsAtMost = 120;

/** Today and the days before it, so many in all. */
export function lastDays(count: number, now: Date): Period {
  const span = { from: midnight(dateAfter(inShanghai(now).date, 1 - count)), to: justAfter(now) };
  const earlier = (at: string) => plusDays(new Date(at), -count).toISOString();
  return { kind: 'days', count, ...span, before: { from: earlier(span.from), to: earlier(span.to) } };
}

/** The week that runs (0), the one before it (1), … */
export function weekAgo(count: number, now: Date): Period {
  const { date } = inShanghai(now);
  const monday = dateAfter(date, -((weekdayOf(date) + 6) % 7) - 7 * count);
  const to = count === 0 ? justAfter(now) : midnight(dateAfter(monday, 7));
  const before = { from: midnight(dateAfter(monday, -7)), to: plusDays(new Date(to), -7).toISOString() };
  return { kind: 'week', count, from: midnight(monday), to, before };
}

/** The month that runs (0), the one before it (1), … */
export function monthAgo(count: number, now: Date): Period {
  const first = firstOfMonth(now, count);
  const before = firstOfMonth(now, count + 1);
  const from = midnight(first);
  if (count > 0)
    return { kind: 'month', count, from, to: midnight(firstOfMonth(now, count - 1)), before: { from: midnight(before), to: from } };
  // The 31st of a month is compared with the whole of one that has 30.
  const sameStretch = new Date(Date.parse(midnight(before)) + Date.parse(justAfter(now)) - Date.parse(from)).toISOString();
  return {
    kind: 'month',
    count,
    from,
    to: justAfter(now),
    before: { from: midnight(before), to: earlierOf(sameStretch, from) },
  };
}

/**
 * The period that a word means: "本周", "上周", "上上周", "本月", "上月", "10月" (the last one there was), "去年12月", "2026年10月",
 * "2026-10". Undefined when it is none, or has not begun.
 */
export function readPeriod(word: string, now: Date): Period | undefined {
  const said = word.normalize('NFKC').trim();
  const near = /^(本|这|当|上+)个?(周|星期|礼拜|月)$/.exec(said);
  if (near) {
    const count = near[1]?.startsWith('上') ? near[1].length : 0;
    return near[2] === '月' ? monthAgo(count, now) : weekAgo(count, now);
  }
  const named = /^(?:(\d{4})[年./-]|(今年|去年))?(\d{1,2}|十[一二]?|[一二三四五六七八九])月?份?$/.exec(said);
  if (!named || (/^\d+$/.test(said) && named[1] === undefined)) return undefined;
  const month = readNumeral(named[3] ?? '');
  if (!(month >= 1 && month <= 12)) return undefined;
  const { year: thisYear, month: thisMonth } = inShanghai(now);
  const lastYear = named[2] === '去年' || (named[1] === undefined && named[2] === undefined && month > thisMonth);
  const year = named[1] === undefined ? thisYear - (lastYear ? 1 : 0) : Number(named[1]);
  const count = (thisYear - year) * 12 + thisMonth - month;
  return count < 0 || count > monthsAtMost ? undefined : monthAgo(count, now);
}

/** Whether a moment lies in a span. */
export function inSpan(at: string, { from, to }: Span): boolean {
  return at >= from && at < to;
}

/** The first and the last day of a span, yyyy-MM-dd in Shanghai. */
export function daysOf({ from, to }: Span): { first: string; last: string } {
  return { first: inShanghai(new Date(from)).date, last: inShanghai(new Date(Date.parse(to) - 1)).date };
}

function firstOfMonth(now: Date, monthsAgo: number): string {
  const { year, month } = inShanghai(now);
  return new Date(Date.UTC(year, month - 1 - monthsAgo, 1)).toISOString().slice(0, 10);
}

function midnight(date: string): string {
  return fromShanghai(date, '00:00').toISOString();
}

function earlierOf(one: string, other: string): string {
  return one < other ? one : other;
}

/** What runs ends now, this very moment included. */
function justAfter(now: Date): string {
  return new Date(now.getTime() + 1).toISOString();
}
