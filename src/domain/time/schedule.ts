import { dateAfter, weekdayOf } from './clock-time.ts';

/**
 * When a broadcast is due: the fields of a cron expression, each as the values that fit, and the time zone in which clocks are read.
 * A day fits when its month, its day of the month and its day of the week all fit ("0 9 1-7 * 5" is the first Friday).
 */
export interface Schedule {
  readonly expression: string;
  readonly minute: number;
  readonly hour: number;
  readonly days: readonly number[];
  /** 1…12 */
  readonly months: readonly number[];
  /** 0 = Sunday */
  readonly weekdays: readonly number[];
  /** An IANA name: Asia/Shanghai. */
  readonly timezone: string;
}

/** A day that fits comes at least once in eight years (29 February), or never. */
const daysAtMost = 8 * 366;

/** Between two of its times both stay the same, and every tick asks: what was found last of each schedule. */
const found = new WeakMap<Schedule, { readonly last: Date; readonly next: Date }>();

/** The last time at or before `now` at which it was due, and the next after it; undefined when there is none. */
function slotsAround(schedule: Schedule, now: Date): { readonly last: Date | undefined; readonly next: Date | undefined } {
  const known = found.get(schedule);
  if (known && known.last <= now && now < known.next) return known;
  const [last, next] = [lastBy(schedule, now), nextAfter(schedule, now)];
  if (last && next) found.set(schedule, { last, next });
  return { last, next };
}

/** The last time at or before `now` at which it was due; undefined when it never was. */
export function lastSlot(schedule: Schedule, now: Date): Date | undefined {
  return slotsAround(schedule, now).last;
}

/** The next times after `now` at which it is due, soonest first. */
export function nextSlots(schedule: Schedule, now: Date, count: number): Date[] {
  const slots: Date[] = [];
  for (let { next } = slotsAround(schedule, now); next; next = slots.length < count ? nextAfter(schedule, next) : undefined)
    slots.push(next);
  return slots;
}

function lastBy(schedule: Schedule, now: Date): Date | undefined {
  const today = dateIn(schedule.timezone, now);
  for (let back = 0; back < daysAtMost; back++) {
    const slot = slotOn(schedule, dateAfter(today, -back));
    if (slot && slot <= now) return slot;
  }
  return undefined;
}

function nextAfter(schedule: Schedule, now: Date): Date | undefined {
  const today = dateIn(schedule.timezone, now);
  for (let ahead = 0; ahead < daysAtMost; ahead++) {
    const slot = slotOn(schedule, dateAfter(today, ahead));
    if (slot && slot > now) return slot;
  }
  return undefined;
}

/** yyyy-MM-dd, as a calendar on the wall shows it there and then. */
export function dateIn(timezone: string, at: Date): string {
  return new Date(at.getTime() + offsetOf(timezone, at)).toISOString().slice(0, 10);
}

function slotOn({ days, months, weekdays, hour, minute, timezone }: Schedule, date: string): Date | undefined {
  const fits = months.includes(Number(date.slice(5, 7))) && days.includes(Number(date.slice(8, 10))) && weekdays.includes(weekdayOf(date));
  if (!fits) return undefined;
  const asUtc = Date.parse(`${date}T00:00:00Z`) + (hour * 60 + minute) * 60_000;
  // The offset is that of the moment itself: a guess, and once more where summer time lies between.
  const guess = asUtc - offsetOf(timezone, new Date(asUtc));
  return new Date(asUtc - offsetOf(timezone, new Date(guess)));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** By how many milliseconds the clocks of a zone are ahead of UTC at a moment. */
function offsetOf(timezone: string, at: Date): number {
  // Sweden writes "2026-11-27 09:00:00".
  const format = formats.get(timezone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(timezone, format);
  return Date.parse(`${format.format(at).replace(' ', 'T')}Z`) - Math.floor(at.getTime() / 1000) * 1000;
}
