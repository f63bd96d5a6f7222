import { sameDayAfter } from '../time/calendar-month.ts';

/**
 * The first day (yyyy-MM-dd) on which somebody has lived in another city for half a year: from then on a residence permit can be asked
 * for (居住证暂行条例, article 2). Work, a home or school there are asked for as well.
 * @param since the day from which it is counted: as a rule that of the registration
 */
export function permitPossibleFrom(since: string): string {
  return sameDayAfter(since, 6);
}

/** `from` is the first day on which a permit can be renewed, `until` the day that must not pass. */
export interface Renewal {
  readonly from: string;
  readonly until: string;
}

/** The renewals of a permit that was issued on a day: within the month before each full year (article 10). The first is that of a year later. */
export function permitRenewal(issued: string, count = 1): Renewal {
  const until = sameDayAfter(issued, 12 * count);
  return { from: sameDayAfter(until, -1), until };
}

/** The first of them that is not over on a day. */
export function nextRenewal(issued: string, today: string): Renewal {
  let count = 1;
  while (permitRenewal(issued, count).until < today) count++;
  return permitRenewal(issued, count);
}
