import { dateAfter, fromShanghai, inShanghai } from './clock-time.ts';

/**
 * Working time: what a deadline of an appeal is counted in.
 *
 * Where the rules come from:
 * - How many days: 《济南市12345市民服务热线条例》第二十四条 promises an answer within five working days. It names no way to count them.
 * - How they are counted: 《民法典》第二百零一条 does not count the day on which a period starts, it runs from the next day;
 *   第二百零三条 ends the last day with the office hours where there are any.
 * - Which days are worked: 《国务院办公厅关于某年部分节假日安排的通知》, announced each November for the year to come. Before that nobody
 *   can know, so every answer here that would need a day of a year not known is undefined, never guessed.
 *
 * Days and times of day are those of Asia/Shanghai.
 */
export interface WorkingTime {
  /**
   * The end of office hours of the working day that lies so many working days after the day of `from`, whatever the time of that day
   * and whether it is worked: Friday 23:00 plus one is the closing time of Monday.
   * @param days 1 or more, whole
   */
  plusDays(from: Date, days: number): Date | undefined;
  /**
   * The first instant within office hours, from `from` on, by which so many minutes of office hours have passed. A minute that ends with
   * the morning ends at 12:00, not when the office opens again; no minutes at all from outside office hours lead to the next opening.
   * @param minutes 0 or more
   */
  plusMinutes(from: Date, minutes: number): Date | undefined;
  /** Minutes of office hours between two instants, with fractions; 0 when `to` is not after `from`. */
  minutesBetween(from: Date, to: Date): number | undefined;
  /**
   * The instant by which a share of the office hours between `from` and `due` has passed; `due` itself when there are none between them.
   * @param share 0…1, such as 0.8 for a reminder at 80 %
   */
  share(from: Date, due: Date, share: number): Date | undefined;
  /** Is the office open? At its opening time it is, at its closing time no longer. */
  isOpen(at: Date): boolean | undefined;
  /** The first instant from `at` on at which the office is open; `at` itself when it is open then. */
  nextOpening(at: Date): Date | undefined;
}

/** When the office is open on a working day: times of day as HH:mm, in order, not overlapping. */
export interface OfficeHours {
  readonly spans: readonly { readonly from: string; readonly to: string }[];
}

/** Is that day (yyyy-MM-dd) worked? Undefined when the holidays of its year are not known. */
export type IsWorkingDay = (date: string) => boolean | undefined;

/** Open from … to, as milliseconds since 1970. */
interface Span {
  readonly opens: number;
  readonly closes: number;
}

const minute = 60_000;

/**
 * Working time of an office that keeps `hours` on each working day.
 * @throws RangeError for hours without a span; and its functions, for days, minutes or a share that cannot be
 */
export function workingTime(hours: OfficeHours, isWorkingDay: IsWorkingDay): WorkingTime {
  const closing = hours.spans.at(-1)?.to;
  // Without hours no minute would ever pass, and the walk below would not end.
  if (closing === undefined) throw new RangeError('office hours need at least one span');

  const minutesBetween = (from: Date, to: Date) => {
    if (to <= from) return 0;
    let sum = 0;
    for (let date = inShanghai(from).date; fromShanghai(date, '00:00') < to; date = dateAfter(date, 1)) {
      const overlap = total(cut(spansOn(date, hours), from.getTime(), to.getTime()));
      if (overlap === 0) continue;
      const worked = isWorkingDay(date);
      if (worked === undefined) return undefined;
      if (worked) sum += overlap;
    }
    return sum / minute;
  };

  const plusMinutes = (from: Date, minutes: number) => {
    demand(minutes >= 0, 'minutes', minutes);
    // Instants are whole milliseconds; rounding here takes back what dividing by 60000 has cost.
    let left = Math.round(minutes * minute);
    for (const { opens, closes } of spansFrom(from, hours, isWorkingDay)) {
      if (left <= closes - opens) return new Date(opens + left);
      left -= closes - opens;
    }
    return undefined;
  };

  const isOpen = (at: Date) => {
    const { date } = inShanghai(at);
    const withinHours = spansOn(date, hours).some(({ opens, closes }) => opens <= at.getTime() && at.getTime() < closes);
    return withinHours ? isWorkingDay(date) : false;
  };

  return {
    plusDays(from, days) {
      demand(Number.isInteger(days) && days >= 1, 'days', days);
      const day = workingDayAfter(inShanghai(from).date, days, isWorkingDay);
      return day === undefined ? undefined : fromShanghai(day, closing);
    },
    plusMinutes,
    minutesBetween,
    share(from, due, share) {
      demand(share >= 0 && share <= 1, 'share', share);
      const minutes = minutesBetween(from, due);
      if (minutes === undefined) return undefined;
      // From a Saturday to its evening, no minutes would lead to Monday, after what is due.
      return minutes === 0 ? due : plusMinutes(from, minutes * share);
    },
    isOpen,
    nextOpening(at) {
      for (const { opens, closes } of spansFrom(at, hours, isWorkingDay)) if (opens < closes) return new Date(opens);
      return undefined;
    },
  };
}

/**
 * The working day (yyyy-MM-dd) that lies so many working days after `date`, which itself is not counted; `date` for none.
 * Undefined when it reaches into a year whose holidays are not known.
 */
export function workingDayAfter(date: string, days: number, isWorkingDay: IsWorkingDay): string | undefined {
  let day = date;
  for (let left = days; left > 0; ) {
    day = dateAfter(day, 1);
    const worked = isWorkingDay(day);
    if (worked === undefined) return undefined;
    if (worked) left--;
  }
  return day;
}

/** The spans of office hours that end at or after `from`, the first cut at `from`, until a day that is not known. */
function* spansFrom(from: Date, hours: OfficeHours, isWorkingDay: IsWorkingDay): Generator<Span, void> {
  for (let date = inShanghai(from).date; ; date = dateAfter(date, 1)) {
    const ahead = cut(spansOn(date, hours), from.getTime(), Number.POSITIVE_INFINITY);
    // A day that is over need not be known.
    if (ahead.length === 0) continue;
    const worked = isWorkingDay(date);
    if (worked === undefined) return;
    if (worked) yield* ahead;
  }
}

function spansOn(date: string, hours: OfficeHours): Span[] {
  return hours.spans.map(({ from, to }) => ({ opens: fromShanghai(date, from).getTime(), closes: fromShanghai(date, to).getTime() }));
}

/** What of the spans lies between two instants. A span of which only the end is left stays, without length. */
function cut(spans: readonly Span[], from: number, to: number): Span[] {
  return spans
    .filter(({ opens, closes }) => closes >= from && opens < to)
    .map(({ opens, closes }) => ({ opens: Math.max(opens, from), closes: Math.min(closes, to) }));
}

function total(spans: readonly Span[]): number {
  return spans.reduce((sum, { opens, closes }) => sum + closes - opens, 0);
}

function demand(holds: boolean, what: string, value: number): void {
  if (!holds) throw new RangeError(`${what} cannot be ${value}`);
}
