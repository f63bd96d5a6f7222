import { inShanghai, spokenDay, writtenDate } from '../../domain/time/clock-time.ts';
import type { Period, Span } from '../../domain/time/period.ts';
import type { Say } from '../kernel/say.ts';

/** How a period is called, and the one that it is compared with: "上周", "前一周". */
export function periodNames({ kind, count, from, before }: Period, now: Date, say: Say): { title: string; before: string } {
  if (kind === 'days') return { title: say('period.days', { count }), before: say('period.daysBefore', { count }) };
  if (kind === 'month') {
    if (count === 0) return { title: say('period.month'), before: say('period.monthBefore') };
    return { title: monthName(from, now, say), before: monthName(before.from, now, say) };
  }
  if (count === 0) return { title: say('period.week'), before: say('period.weekBefore') };
  const title = count === 1 ? say('period.lastWeek') : say('period.weekOf', { day: spokenDay(new Date(from)) });
  return { title, before: say('period.lastWeekBefore') };
}

/** "11月16日—11月22日" */
export function spokenRange({ from, to }: Span, now: Date, say: Say): string {
  const [first, last] = [new Date(from), new Date(Date.parse(to) - 1)];
  const day = inShanghai(first).year === inShanghai(now).year ? spokenDay : writtenDate;
  return day(first) === day(last) ? day(first) : say('period.range', { first: day(first), last: day(last) });
}

function monthName(from: string, now: Date, say: Say): string {
  const { year, month } = inShanghai(new Date(from));
  return year === inShanghai(now).year ? say('period.named', { month }) : say('period.namedOfYear', { year, month });
}
