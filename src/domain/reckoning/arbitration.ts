import { sameDayAfter } from '../time/calendar-month.ts';

/** What is known of a quarrel at work; days are yyyy-MM-dd. */
export interface Dispute {
  /** Pay is owed, and the employment goes on. */
  readonly paidStill?: boolean;
  /** When somebody knew, or had to know, that they were wronged; for pay that is owed: when the employment ended. */
  readonly since: string;
  /** When they last asked the employer for it, turned to an authority, or had a promise of the employer. */
  readonly claimed?: string;
}

/**
 * The last day on which labour arbitration can be asked for: 劳动争议调解仲裁法, article 27. One year; asking, complaining and being
 * promised begin it anew, where that was in time. Pay can be asked for as long as the employment goes on: undefined. The day on which it
 * begins is not counted (民法典 201, 202), so that it ends on the same day of the next year.
 */
export function arbitrationUntil({ paidStill, since, claimed }: Dispute): string | undefined {
  if (paidStill) return undefined;
  const until = sameDayAfter(since, 12);
  return claimed !== undefined && claimed > since && claimed <= until ? sameDayAfter(claimed, 12) : until;
}
