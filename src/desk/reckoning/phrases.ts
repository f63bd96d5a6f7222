import { monthOf } from '../../domain/time/calendar-month.ts';
import type { Say } from '../kernel/say.ts';
import type { Days, Months } from './known.ts';

/** Months, days, ages and spans as they are said; the words stand in data/wording/reckoning.yaml. */

/** "2029 年 11 月" (yyyy-MM) */
export function monthSaid(month: string, say: Say): string {
  return say('reckoning.unit.month', { year: Number(month.slice(0, 4)), month: Number(month.slice(5, 7)) });
}

/** "2026 年 9 月 20 日" (yyyy-MM-dd) */
export function daySaid(date: string, say: Say): string {
  const [year, month, day] = date.split('-').map(Number);
  return say('reckoning.unit.day', { year: year ?? 0, month: month ?? 0, day: day ?? 0 });
}

/** What was told, as closely as it was: a day, a month, a year, or from when to when. */
export function daysSaid({ from, to }: Days, say: Say): string {
  if (from === to) return daySaid(from, say);
  if (monthOf(from) === monthOf(to)) return monthSaid(monthOf(from), say);
  if (from.endsWith('01-01') && to.endsWith('12-31') && from.slice(0, 4) === to.slice(0, 4))
    return say('reckoning.unit.year', { year: Number(from.slice(0, 4)) });
  return rangeSaid(monthSaid(monthOf(from), say), monthSaid(monthOf(to), say), say);
}

/** "51 岁 8 个月" */
export function ageSaid(months: number, say: Say): string {
  return say(months % 12 === 0 ? 'reckoning.unit.age' : 'reckoning.unit.ageAndMonths', {
    years: Math.floor(months / 12),
    months: months % 12,
  });
}

/** "7 年 6 个月", "8 个月" */
export function spanSaid({ from, to }: Months, say: Say): string {
  const one = (months: number) => {
    const parts = { years: Math.floor(months / 12), months: months % 12 };
    if (parts.years === 0) return say('reckoning.unit.months', parts);
    return say(parts.months === 0 ? 'reckoning.unit.years' : 'reckoning.unit.yearsAndMonths', parts);
  };
  return rangeSaid(one(from), one(to), say);
}

/** Both, where they differ. */
export function rangeSaid(from: string | number, to: string | number, say: Say): string {
  if (from === to) return String(from);
  return say(typeof from === 'number' ? 'reckoning.unit.numbers' : 'reckoning.unit.range', { from, to });
}
