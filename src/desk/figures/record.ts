import { isCounted } from '../../domain/appeals/appeal.ts';
import { type Rates, ratesOf } from '../../domain/appeals/rates.ts';
import { inShanghai } from '../../domain/time/clock-time.ts';
import { inSpan, lastDays, monthAgo, type Span } from '../../domain/time/period.ts';
import type { Appeal } from '../appeals/rows.ts';
import type { Means } from './figures.ts';
import { appealsSince } from './history.ts';

/** A group of fewer cases is not shown by itself: somebody could be known by it. */
export const fewest = 3;
/** 三率 and categories are of so many days. */
export const recordDays = 30;
const monthsShown = 6;

/** What was reported and done in the last days, in figures alone. */
export interface Lately {
  readonly received: number;
  /** Of whatever time they were reported. */
  readonly done: number;
  readonly rates: Rates;
  /** The most first; what is seldom is one row without a title, the last. */
  readonly categories: readonly { readonly title?: string; readonly count: number }[];
}

/** 办理公示 as it stands on the site. */
export interface PublicRecord extends Lately {
  /** yyyy-MM, the oldest first. */
  readonly months: readonly { readonly month: string; readonly received: number; readonly done: number }[];
}

/** Counts the last days of these appeals. What is about the staff themselves is counted without its category. */
export function latelyOf(all: readonly Appeal[], means: Pick<Means, 'now' | 'content'>): Lately {
  const period = lastDays(recordDays, means.now);
  const counted = all.filter(({ state }) => isCounted(state));
  const received = counted.filter(({ createdAt }) => inSpan(createdAt, period));
  return {
    received: received.length,
    done: doneIn(counted, period),
    rates: ratesOf(all, period.from, period.to),
    categories: categoriesOf(received, means),
  };
}

/** Counts the last days and the last months. */
export async function recordOf(means: Means): Promise<PublicRecord> {
  const { tx, now } = means;
  const months = Array.from({ length: monthsShown }, (_, index) => monthAgo(monthsShown - 1 - index, now));
  const all = await appealsSince(tx, months[0]?.from ?? now.toISOString(), now);
  const counted = all.filter(({ state }) => isCounted(state));
  return {
    ...latelyOf(all, means),
    months: months.map((span) => ({
      month: inShanghai(new Date(span.from)).date.slice(0, 7),
      received: counted.filter(({ createdAt }) => inSpan(createdAt, span)).length,
      done: doneIn(counted, span),
    })),
  };
}

function doneIn(appeals: readonly Appeal[], span: Span): number {
  return appeals.filter(({ resolvedAt }) => resolvedAt !== undefined && inSpan(resolvedAt, span)).length;
}

function categoriesOf(appeals: readonly Appeal[], { content }: Pick<Means, 'content'>): Lately['categories'] {
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
