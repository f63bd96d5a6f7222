import { isCounted, openStates } from '../appeals/appeal.ts';
import { type Counted, type Rates, ratesOf } from '../appeals/rates.ts';
import { inSpan, type Span } from '../time/period.ts';

/**
 * What is counted of a case, in this order: the case itself, what 办理公示 tells of a period, and what the three rates (三率) are made from. The
 * numbers of several cases add up to those of all of them.
 */
export const countNames = [
  'cases',
  'received',
  'done',
  'due',
  'inTime',
  'rated',
  'solved',
  'partly',
  'judged',
  'satisfied',
  'unrated',
] as const;
export type CountName = (typeof countNames)[number];

/** A case that is in no figures: an alarm. */
export const countedNowhere: readonly number[] = countNames.map((name) => (name === 'cases' ? 1 : 0));

/** What one case counts as in a period. */
export function countsOf(appeal: Counted & { readonly createdAt: string }, period: Span): number[] {
  const received = isCounted(appeal.state) && inSpan(appeal.createdAt, period);
  const { response, solved, partly, satisfied, unrated } = ratesOf([appeal], period.from, period.to);
  const counts: Record<CountName, number> = {
    cases: 1,
    received: received ? 1 : 0,
    done: received && !openStates.includes(appeal.state) ? 1 : 0,
    due: response.of,
    inTime: response.count,
    rated: solved.of,
    solved: solved.count,
    partly,
    judged: satisfied.of,
    satisfied: satisfied.count,
    unrated,
  };
  return countNames.map((name) => counts[name]);
}

/** Counts by their names. */
export function namedCounts(counts: readonly number[]): Record<CountName, number> {
  return Object.fromEntries(countNames.map((name, index) => [name, counts[index] ?? 0])) as Record<CountName, number>;
}

/** The rates that counts make. */
export function ratesFrom(counts: readonly number[]): Rates {
  const { due, inTime, rated, solved, partly, judged, satisfied, unrated } = namedCounts(counts);
  return {
    response: { of: due, count: inTime },
    solved: { of: rated, count: solved },
    partly,
    satisfied: { of: judged, count: satisfied },
    unrated,
  };
}
