/**
 * For how many months unemployment benefit is paid at most: 社会保险法, article 46. Nothing below a year; what was left of an earlier
 * time is added, 24 months at most in all.
 * @param paid months for which employer and employee have paid in, since the last benefit
 */
export function longestBenefit(paid: number): 0 | 12 | 18 | 24 {
  if (paid < 12) return 0;
  if (paid < 60) return 12;
  return paid < 120 ? 18 : 24;
}
