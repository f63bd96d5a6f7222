import { dateAfter } from '../time/clock-time.ts';

/** Days of maternity leave by national law: 女职工劳动保护特别规定, article 7. What a province adds is not in them. */

/** So many of the days may be taken before the birth. */
export const daysBeforeBirth = 15;

/** For a birth: 98 days, 15 more when it was difficult, 15 more for each further child. */
export function maternityLeaveDays({ difficult, children }: { readonly difficult: boolean; readonly children: number }): number {
  return 98 + (difficult ? 15 : 0) + 15 * Math.max(0, children - 1);
}

/** After a miscarriage: 15 days before the fourth month is full, 42 from then on. */
export function miscarriageLeaveDays(monthsPregnant: number): 15 | 42 {
  return monthsPregnant < 4 ? 15 : 42;
}

/** The last day (yyyy-MM-dd) of a leave of so many days that begins on a day. */
export function lastDayOfLeave(first: string, days: number): string {
  return dateAfter(first, days - 1);
}
