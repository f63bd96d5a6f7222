import { inSpan, type Span } from '../time/period.ts';
import { type Counted, type Rates, ratesOf } from './rates.ts';

/** A number, and the one of the period before. */
export interface Change {
  readonly now: number;
  readonly before: number;
}

/** How many there were of a kind, or at a place. */
export interface Row extends Change {
  readonly title: string;
}

/** What is counted of appeals in a period and in the one before it. */
export interface Figures {
  readonly received: Change;
  readonly done: Change;
  readonly rates: Rates;
  readonly ratesBefore: Rates;
  /** Each list: the most first. */
  readonly categories: readonly Row[];
  readonly places: readonly Row[];
}

/** Counts the appeals of a period. `category` and `place` tell under which title an appeal is counted. */
export function figuresOf<A extends Counted & { readonly createdAt: string }>(
  appeals: readonly A[],
  period: Span & { readonly before: Span },
  titles: { category(appeal: A): string; place(appeal: A): string },
): Figures {
  const now = appeals.filter(({ createdAt }) => inSpan(createdAt, period));
  const before = appeals.filter(({ createdAt }) => inSpan(createdAt, period.before));
  const done = (span: Span) => appeals.filter(({ resolvedAt }) => resolvedAt !== undefined && inSpan(resolvedAt, span)).length;
  return {
    received: { now: now.length, before: before.length },
    done: { now: done(period), before: done(period.before) },
    rates: ratesOf(appeals, period.from, period.to),
    ratesBefore: ratesOf(appeals, period.before.from, period.before.to),
    categories: rowsOf(now.map(titles.category), before.map(titles.category)),
    places: rowsOf(now.map(titles.place), before.map(titles.place)),
  };
}

/** The first rows, and what is left as one row more under the title that `rest` gives it (of so many). */
export function mostOf(rows: readonly Row[], shown: number, rest: (count: number) => string): Row[] {
  if (rows.length <= shown + 1) return [...rows];
  const left = rows.slice(shown);
  const sum = (of: 'now' | 'before') => left.reduce((total, row) => total + row[of], 0);
  return [...rows.slice(0, shown), { title: rest(left.length), now: sum('now'), before: sum('before') }];
}

function rowsOf(now: readonly string[], before: readonly string[]): Row[] {
  const count = (all: readonly string[], title: string) => all.filter((each) => each === title).length;
  return [...new Set([...now, ...before])]
    .map((title) => ({ title, now: count(now, title), before: count(before, title) }))
    .sort((a, b) => b.now - a.now || b.before - a.before || (a.title < b.title ? -1 : 1));
}
