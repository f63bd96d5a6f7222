/**
 * The office's time as the model of the rehearsal counts it: written from docs/promises.md and the State Council's notice for 2026
 * (中秋 9/25–27; 国庆 10/1–7; 9/20 and 10/10 are worked), not from the program. Instants are milliseconds since 1970.
 */
const minute = 60_000;
const day = 24 * 60 * minute;
const shanghai = 8 * 60 * minute;
const off = ['2026-09-25', ...Array.from({ length: 7 }, (_, index) => `2026-10-0${index + 1}`)];
const worked = ['2026-09-20', '2026-10-10'];
/** 8:30–12:00 and 14:00–17:30, as minutes of the day. */
const spans = [
  [510, 720],
  [840, 1050],
] as const;

/** yyyy-MM-dd in Shanghai. */
export const dateOf = (at: number) => new Date(at + shanghai).toISOString().slice(0, 10);
/** The instant at which clocks in Shanghai show that many minutes of a day. */
export const onDay = (date: string, minutes: number) => Date.parse(`${date}T00:00:00Z`) - shanghai + minutes * minute;
export const dayAfter = (date: string, days = 1) => new Date(Date.parse(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10);
/** 0 = Sunday */
export const weekdayOf = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay();

export const isWorked = (date: string) => worked.includes(date) || (!off.includes(date) && weekdayOf(date) % 6 !== 0);

/** Every span of office hours of the autumn, with the minutes worked before it. */
const autumn: { opens: number; closes: number; before: number }[] = [];
for (let date = '2026-09-01', before = 0; date < '2026-12-31'; date = dayAfter(date)) {
  for (const [from, to] of isWorked(date) ? spans : []) {
    autumn.push({ opens: onDay(date, from), closes: onDay(date, to), before });
    before += to - from;
  }
}

/** Minutes worked until an instant. */
export function minutesUntil(at: number): number {
  const span = autumn.findLast(({ opens }) => opens <= at);
  return span === undefined ? 0 : span.before + (Math.min(at, span.closes) - span.opens) / minute;
}

/** The first instant by which so many minutes have been worked. */
export function whenWorked(minutes: number): number {
  const span = autumn.findLast(({ before }) => before < minutes) ?? autumn[0];
  if (!span) throw new Error('no office hours');
  return Math.round(span.opens + (minutes - span.before) * minute);
}

/** The end of the working day that lies so many working days after the day of an instant. */
export function daysLater(at: number, days: number): number {
  let date = dateOf(at);
  for (let left = days; left > 0; ) {
    date = dayAfter(date);
    if (isWorked(date)) left--;
  }
  return onDay(date, 1050);
}

/** The first instant from `at` on at which somebody sits in the office. */
export function atWork(at: number): number {
  const span = autumn.find(({ closes }) => closes > at);
  return span === undefined ? at : Math.max(at, span.opens);
}
