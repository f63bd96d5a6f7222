import type { Rate, Rates } from './rates.ts';
import type { Change, Figures } from './tally.ts';

/** What a community's appeals of a period come to: numbers, and not a word of anybody's. */
export interface Counts extends Pick<Figures, 'received' | 'done' | 'rates' | 'ratesBefore'> {
  /** Not done now, and how many of these are past their day. */
  readonly open: number;
  readonly late: number;
}

/** The counts of several communities in one; shares are taken of all of their appeals, not averaged. */
export function sumOf(counts: readonly Counts[]): Counts {
  const sum = (of: (each: Counts) => number) => counts.reduce((total, each) => total + of(each), 0);
  const change = (of: (each: Counts) => Change): Change => ({ now: sum((each) => of(each).now), before: sum((each) => of(each).before) });
  const rate = (of: (each: Counts) => Rate): Rate => ({ of: sum((each) => of(each).of), count: sum((each) => of(each).count) });
  const rates = (of: (each: Counts) => Rates): Rates => ({
    response: rate((each) => of(each).response),
    solved: rate((each) => of(each).solved),
    satisfied: rate((each) => of(each).satisfied),
    partly: sum((each) => of(each).partly),
    unrated: sum((each) => of(each).unrated),
  });
  return {
    received: change(({ received }) => received),
    done: change(({ done }) => done),
    rates: rates((each) => each.rates),
    ratesBefore: rates((each) => each.ratesBefore),
    open: sum(({ open }) => open),
    late: sum(({ late }) => late),
  };
}
