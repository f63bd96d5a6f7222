const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** China has one time zone and no summer time (since 1991), so the local time is a fixed shift. */
const CHINA = 8 * HOUR;

const units: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY };
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const dayAndTime = /^([a-z]+)-([01]?\d|2[0-3]):([0-5]\d)$/;
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Where the clock shall go.
 * @param by a span: `30m`, `1h`, `1d`
 * @param to `friday-9:00` (the next one after now, in Asia/Shanghai), `tomorrow-8:30`, or an ISO time with its zone
 * @returns undefined when it is none of these
 */
export function clockTarget({ by, to }: { readonly by?: string; readonly to?: string }, now: Date): Date | undefined {
  if (by !== undefined) {
    const [, count, unit] = /^(\d{1,3})([mhd])$/.exec(by) ?? [];
    return count && unit ? new Date(now.getTime() + Number(count) * (units[unit] ?? 0)) : undefined;
  }
  if (to === undefined) return undefined;
  if (isoTime.test(to)) return Number.isNaN(Date.parse(to)) ? undefined : new Date(to);

  const [, day = '', hour, minute] = dayAndTime.exec(to) ?? [];
  const local = now.getTime() + CHINA;
  const today = local - (local % DAY);
  const at = today + Number(hour) * HOUR + Number(minute) * MINUTE - CHINA;
  if (day === 'tomorrow') return new Date(at + DAY);
  if (!weekdays.includes(day)) return undefined;

  const days = (weekdays.indexOf(day) - new Date(today).getUTCDay() + 7) % 7;
  const next = at + days * DAY;
  return new Date(next > now.getTime() ? next : next + 7 * DAY);
}
