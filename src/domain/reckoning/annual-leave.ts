/**
 * The days of paid leave in a year: 职工带薪年休假条例, articles 2 and 3. It needs a year of work without a break; holidays and days
 * off are not counted among them.
 * @param worked months of work in all, at whatever employer
 */
export function annualLeaveDays(worked: number): 0 | 5 | 10 | 15 {
  if (worked < 12) return 0;
  if (worked < 120) return 5;
  return worked < 240 ? 10 : 15;
}
