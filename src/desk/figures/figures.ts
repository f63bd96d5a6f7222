import { openStates } from '../../domain/appeals/appeal.ts';
import { isLate } from '../../domain/appeals/appeal-clock.ts';
import { type Figures, figuresOf } from '../../domain/appeals/tally.ts';
import type { Period } from '../../domain/time/period.ts';
import { spotOf } from '../../domain/words/place.ts';
import { saysOne } from '../../domain/words/short-answer.ts';
import type { Appeal } from '../appeals/rows.ts';
import type { Snapshot } from '../kernel/content.ts';
import { placesOf } from '../kernel/places.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Say } from '../kernel/say.ts';
import { appealsSince } from './history.ts';
import { periodNames, spokenRange } from './period-words.ts';

export interface Means {
  readonly tx: Transaction;
  readonly now: Date;
  readonly say: Say;
  readonly content: Snapshot;
}

/** What a period is told by: its figures, its appeals, and how things stand now. */
export interface Reported {
  readonly period: Period;
  readonly figures: Figures;
  /** Every appeal that had a step in it or in the period before. */
  readonly all: readonly Appeal[];
  readonly open: readonly Appeal[];
  readonly late: readonly Appeal[];
  readonly title: string;
  readonly before: string;
  readonly range: string;
}

/**
 * Counts a period. `whole` tells whether the places of what only directors see are named; otherwise these are counted and their place
 * is as good as unsaid.
 */
export async function reportOn(means: Means, period: Period, whole: boolean): Promise<Reported> {
  const { tx, now, say, content } = means;
  const all = await appealsSince(tx, period.before.from, now);
  const spots = new Map<string, string>();
  const named = ({ category, place }: Appeal): string => {
    const told = whole || content.categories.get(category)?.discreet !== true;
    if (!told || place === undefined || saysOne(place, content.shortAnswers.noPlace)) return say('appeal.placeUnsaid');
    const spot = spots.get(place) ?? spotOf(place, spots.values(), placesOf(content));
    spots.set(place, spot);
    return spot;
  };
  const open = all.filter(({ state }) => openStates.includes(state));
  return {
    period,
    all,
    figures: figuresOf(all, period, { category: ({ category }) => content.titles.get(category) ?? category, place: named }),
    open,
    late: open.filter((appeal) => isLate(appeal, now)),
    ...periodNames(period, now, say),
    range: spokenRange(period, now, say),
  };
}
