const zone = { timeZone: 'Asia/Shanghai' };
const clock = new Intl.DateTimeFormat('zh-CN', { ...zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat('en-CA', { ...zone, year: 'numeric', month: '2-digit', day: '2-digit' });
const weekday = new Intl.DateTimeFormat('zh-CN', { ...zone, weekday: 'long' });
const shortWeekday = new Intl.DateTimeFormat('zh-CN', { ...zone, weekday: 'short' });
const date = new Intl.DateTimeFormat('zh-CN', { ...zone, month: 'long', day: 'numeric' });
const dateWithYear = new Intl.DateTimeFormat('zh-CN', { ...zone, year: 'numeric', month: 'long', day: 'numeric' });
const shortDate = new Intl.DateTimeFormat('zh-CN', { ...zone, month: 'numeric', day: 'numeric' });
const relative = new Intl.RelativeTimeFormat('zh-CN', { numeric: 'auto' });

/** Between messages farther apart than this the time is shown, as WeChat does. */
export const GAP_MS = 5 * 60_000;

/** How many calendar days `at` lies before `now`. */
function daysAgo(at, now) {
  return Math.round((Date.parse(day.format(now)) - Date.parse(day.format(at))) / 86_400_000);
}

/**
 * The day as WeChat says it: nothing for today, yesterday, the weekday within a week, else the date.
 * @param {Date} at
 * @param {Date} now
 */
function dayName(at, now) {
  const ago = daysAgo(at, now);
  if (ago === 0) return '';
  if (ago === 1) return relative.format(-1, 'day');
  if (ago > 1 && ago < 7) return weekday.format(at);
  return day.format(at).slice(0, 4) === day.format(now).slice(0, 4) ? date.format(at) : dateWithYear.format(at);
}

/** Above messages: the day, if it is not today, and the time. */
export function separator(at, now) {
  return `${dayName(at, now)} ${clock.format(at)}`.trim();
}

/** In the list: the time today, else only the day. */
export function listTime(at, now) {
  const ago = daysAgo(at, now);
  return ago === 0 ? clock.format(at) : ago > 6 ? shortDate.format(at) : dayName(at, now);
}

/** The clock: date, weekday, time. */
export function clockTime(at) {
  return `${date.format(at)} ${shortWeekday.format(at)} ${clock.format(at)}`;
}
