/**
 * What an employer owes who has been dismissed: 劳动合同法, articles 40, 47, 87 and 97, and 实施条例, article 25. All in months of pay,
 * which is the mean of the last twelve, overtime and bonuses included. Whether anything is owed (articles 38–46) is not told here, nor
 * what follows where the pay is more than three times the mean of the place: it is taken for three times, for twelve years at most.
 */

/** The Labour Contract Law is in force from this month on; what was owed for the time before is by the rules of that time (article 97). */
export const contractLawFrom = '2008-01';

export interface Severance {
  /** 经济补偿 (N), for the time from 2008 on. */
  readonly plain: number;
  /** 赔偿金 for a dismissal against the law (2N), for the whole time (实施条例 25). */
  readonly doubled: number;
}

/** Of so many months at one employer, of which so many lie before 2008. */
export function severance(worked: number, before2008 = 0): Severance {
  return { plain: monthsOfPay(worked - before2008), doubled: 2 * monthsOfPay(worked) };
}

/** A month of pay for each year; half a year and more is a whole one, less is half a month (article 47). */
export function monthsOfPay(worked: number): number {
  const rest = worked % 12;
  return Math.floor(worked / 12) + (rest === 0 ? 0 : rest < 6 ? 0.5 : 1);
}

/** One month more where somebody who is ill, not fit for the work, or hit by changes was not told thirty days before (article 40). */
export const monthsInsteadOfNotice = 1;
