import { sameDayAfter } from '../time/calendar-month.ts';

/**
 * The first day (yyyy-MM-dd) on which somebody has lived in another city for half a year: from then on a residence permit can be asked
 * for (居住证暂行条例, article 2). Work, a home or school there are asked for as well.
 * @param since the day from which it is counted: as a rule that of the registration
 */
export function permitPossibleFrom(since: string): string {
  return sameDayAfter(since, 6);
}

/**
 * When a permit is to be renewed: within the month before each full year (article 10). `from` is the first day, `until` the day that must
 * not pass; of the next renewal that is not over on `today`.
 */
export function permitRenewal(issued: string, today: string): { from: string; until: string } {
  let until = sameDayAfter(issued, 12);
  for (let count = 2; until < today; count++) until = sameDayAfter(issued, 12 * count);
  return { from: sameDayAfter(until, -1), until };
}
