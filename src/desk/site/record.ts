import { isCounted } from '../../domain/appeals/appeal.ts';
import { type Rates, ratesOf } from '../../domain/appeals/rates.ts';
import { inShanghai } from '../../domain/time/clock-time.ts';
import { inSpan, lastDays, monthAgo } from '../../domain/time/period.ts';
import type { Appeal } from '../appeals/rows.ts';
import type { Means } from '../figures/figures.ts';
import { appealsSince } from '../figures/history.ts';

/** A group of fewer cases is not shown by itself: somebody could be known by it. */
export const fewest = 3;
/** 三率 and categories are of so many days, as in the chat. */
export const recordDays = 30;
const monthsShown = 6;

/** 办理公示: what was reported and done, in figures alone. */
export interface PublicRecord {
  readonly received: number;
  readonly done: number;
  readonly rates: Rates;
  /** The most first; what is seldom is one row without a title, the last. */
  readonly categories: readonly { readonly title?: string; readonly count: number }[];
  /** yyyy-MM, the oldest first. */
  readonly months: readonly { readonly month: string; readonly received: number; readonly done: number }[];
}

/** Counts the last 30 days and the last months. What is about the staff themselves is counted without its category. */
export async function recordOf(means: Means): Promise<PublicRecord> {
  const { tx, now } = means;
  const period = lastDays(recordDays, now);
  const months = Array.from({ length: monthsShown }, (_, index) => monthAgo(monthsShown - 1 - index, now));
  const all = await appealsSince(tx, months[0]?.from ?? period.from, now);
  const counted = all.filter(({ state }) => isCounted(state));
  const lately = counted.filter(({ createdAt }) => inSpan(createdAt, period));
  const done = (span: { from: string; to: string }) =>
    counted.filter(({ resolvedAt }) => resolvedAt !== undefined && inSpan(resolvedAt, span)).length;
  return {
    received: lately.length,
    done: done(period),
    rates: ratesOf(all, period.from, period.to),
    categories: categoriesOf(lately, means),
    months: months.map((span) => ({
      month: inShanghai(new Date(span.from)).date.slice(0, 7),
      received: counted.filter(({ createdAt }) => inSpan(createdAt, span)).length,
      done: done(span),
    })),
  };
}

function categoriesOf(appeals: readonly Appeal[], { content }: Means): PublicRecord['categories'] {
  const titles = appeals.flatMap(({ category }) =>
    content.categories.get(category)?.discreet === true ? [] : (content.titles.get(category) ?? []),
  );
  const shown = [...new Set(titles)]
    .map((title) => ({ title, count: titles.filter((each) => each === title).length }))
    .filter(({ count }) => count >= fewest);
  const rest = appeals.length - shown.reduce((sum, { count }) => sum + count, 0);
  const sorted = shown.sort((a, b) => b.count - a.count || (a.title < b.title ? -1 : 1));
  return rest === 0 ? sorted : [...sorted, { count: rest }];
}
