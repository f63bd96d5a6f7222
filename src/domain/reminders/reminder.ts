import { sameDayAfter } from '../time/calendar-month.ts';
import { dateAfter, fromShanghai, inShanghai } from '../time/clock-time.ts';
import type { ToldDay } from '../time/told-day.ts';
import type { Facet } from '../understanding/result.ts';

/** What residents ask to be reminded of (data/remind-me.yaml), and when they hear of it. Days are yyyy-MM-dd in Shanghai. */

/** How the day that it is about follows from the one that was told. */
export type DayRule =
  /** The day itself: the end of a card. */
  | { readonly of: 'end' }
  /** That day of each year. */
  | { readonly of: 'anniversary' }
  /** So many years after a birth. */
  | { readonly of: 'birthday'; readonly age: number }
  /** A day (MM-dd) of each year from that of a birth to that in which the child is so old. */
  | { readonly of: 'child'; readonly age: number; readonly on: string }
  /** Between two days (MM-dd) of each year; nothing has to be told. */
  | { readonly of: 'period'; readonly from: string; readonly until: string }
  /** The day on which somebody wants to hear of it, or the last one before that on which the office is open. */
  | { readonly of: 'free' };

/** A kind of thing of which somebody can be reminded. */
export interface ReminderKind {
  readonly id: string;
  readonly title: string;
  /** How it is known in a message. */
  readonly words: RegExp;
  readonly rule: DayRule;
  /** It is said so long before its day; whole months where there is no number of days. */
  readonly before: { readonly months?: number; readonly days?: number };
  /** Its day is told with one of these words; otherwise a day that lies ahead is the one on which somebody wants to hear of it. */
  readonly told?: RegExp;
  /** The question for the day, and where that stands for who does not know it; absent where none is asked for. */
  readonly ask?: string;
  readonly where?: string;
  /** What is said on the day; `{day}` in it is the day that it is about. */
  readonly says: string;
  /** It never comes: "长期". */
  readonly never?: { readonly words: RegExp; readonly says: string };
  /** The answer that tells more of it, and the sides of it (or its beginning) that are said with it. */
  readonly topic: string;
  readonly tells: readonly (Facet | 'lead')[];
  /** Other topics that are talked about when this is meant by "到时候提醒我". */
  readonly topics: readonly string[];
}

/** What somebody says who wants a reminder, wants to see them, or wants none: shapes of bare words. */
export interface ReminderWords {
  readonly asks: readonly RegExp[];
  /** Beside a day, or the words of a kind, these ask for one too. */
  readonly asksOfKnown: readonly RegExp[];
  /** None of these wishes is meant: "没人提醒我". */
  readonly unmeant: readonly RegExp[];
  readonly list: readonly RegExp[];
  readonly cancelAll: readonly RegExp[];
  readonly cancel: readonly RegExp[];
  readonly change: readonly RegExp[];
  readonly how: readonly RegExp[];
  /** They do not know the day. */
  readonly unsure: readonly RegExp[];
  /** Every month, week or day. */
  /** What comes every day. */
  readonly daily: readonly RegExp[];
  /** "改成…", said of the reminder before. */
  readonly otherDay: readonly RegExp[];
  readonly often: readonly RegExp[];
  /** What the thing itself stands before or after: "提醒我". */
  readonly calls: RegExp;
  /** It is the matter that is being talked about: "交材料". */
  readonly same: RegExp;
  /** What stands around the thing itself at its beginning and end. */
  readonly fillers: readonly string[];
}

export interface RemindMe {
  /** The time of day (HH:mm) at which reminders are said. */
  readonly at: string;
  /** So many one person may have. */
  readonly most: number;
  readonly kinds: readonly ReminderKind[];
  readonly words: ReminderWords;
}

/** Something that comes: from when until when it is to be told, and the day that it is about. */
export interface Occasion {
  readonly opens: string;
  readonly until: string;
  readonly day: string;
}

/** By which rule somebody is reminded. */
export interface Timing {
  readonly rule: DayRule;
  readonly before?: ReminderKind['before'];
}

/** When reminders are said, and whether the office opens on a day. */
export interface Mornings {
  readonly at: string;
  opensOn(day: string): boolean;
}

/** A time at which to speak, and of what. */
export interface Planned {
  readonly at: Date;
  readonly occasion: Occasion;
}

/** So many days are looked through for one on which the office opens: no holiday is longer. */
const longestHoliday = 15;

/** The next of its occasions whose day is `after` or later; undefined when none comes any more. */
export function occasionOf({ rule, before = {} }: Timing, { from, to }: ToldDay, after: string): Occasion | undefined {
  const lead = (day: string) => dateAfter(sameDayAfter(day, -(before.months ?? 0)), -(before.days ?? 0));
  const about = (day: string): Occasion | undefined => (day >= after ? { opens: lead(day), until: day, day } : undefined);
  switch (rule.of) {
    case 'end':
      return about(from);
    case 'anniversary':
      return about(firstFrom(after, (count) => sameDayAfter(from, 12 * count)));
    case 'birthday':
      return about(sameDayAfter(from, 12 * rule.age));
    case 'child': {
      const born = Number(from.slice(0, 4));
      const day = firstFrom(after, (count) => `${born + count}-${rule.on}`);
      return Number(day.slice(0, 4)) <= born + rule.age ? about(day) : undefined;
    }
    case 'period': {
      const day = firstFrom(after, (count) => `${Number(after.slice(0, 4)) + count}-${rule.until}`);
      return { opens: `${day.slice(0, 4)}-${rule.from}`, until: day, day };
    }
    case 'free':
      if (to < after) return undefined;
      // Whoever wants to hear of it before wants to hear of it then, and not in the days between.
      return lead(from) < from ? { opens: lead(from), until: lead(from), day: from } : { opens: from, until: to, day: to };
  }
}

/**
 * What is still to be said of it after `now`: `next`; and what can be done already, which is better told at once: `open`. Neither when it
 * is over.
 * @param after the first day (yyyy-MM-dd) that is asked about: what lies before was said
 */
export function planned(
  timing: Timing,
  told: ToldDay,
  now: Date,
  mornings: Mornings,
  after = inShanghai(now).date,
): { readonly open?: Occasion; readonly next?: Planned } {
  const today = inShanghai(now).date;
  let open: Occasion | undefined;
  // What comes each year comes again after the one that is open, or that was missed.
  for (let next = occasionOf(timing, told, after); next; next = occasionOf(timing, told, dateAfter(next.day, 1))) {
    const at = morningOf(timing.rule, next, now, mornings);
    if (at) return { ...(open ? { open } : {}), next: { at, occasion: next } };
    if (timing.rule.of !== 'free' && next.day >= today) open = next;
  }
  return open ? { open } : {};
}

/** Its morning; undefined when that has passed. */
function morningOf(rule: DayRule, { opens, until }: Occasion, now: Date, { at, opensOn }: Mornings): Date | undefined {
  const on = (day: string) => fromShanghai(day, at);
  const lies = (day: string) => on(day) > now;
  if (rule.of !== 'free') {
    // Who comes before the first day is sent away again.
    const day = daysFrom(opens, longestHoliday).find(opensOn) ?? opens;
    return lies(day) ? on(day) : undefined;
  }
  const wanted = daysFrom(opens, longestHoliday).filter((day) => day <= until);
  // After the day that was wanted it would be late: if the office is shut then, it is said before; if there is no time before, all the same.
  const before = daysFrom(opens, -longestHoliday).find((day) => opensOn(day) && lies(day));
  const day = wanted.find((each) => opensOn(each) && lies(each)) ?? before ?? wanted.find(lies);
  return day === undefined ? undefined : on(day);
}

/** A day and so many more after it, or before it where there are fewer than none. */
function daysFrom(day: string, count: number): string[] {
  return Array.from({ length: Math.abs(count) + 1 }, (_, index) => dateAfter(day, index * Math.sign(count)));
}

/** The first day of each year's that is not before another. */
function firstFrom(after: string, dayOf: (count: number) => string): string {
  let count = 0;
  while (dayOf(count) < after) count++;
  return dayOf(count);
}
