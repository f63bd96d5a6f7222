import { monthAfter, monthsBetween } from '../time/calendar-month.ts';

/**
 * The statutory age of retirement of employees: 国务院关于渐进式延迟法定退休年龄的办法, articles 1–3 and annexes 1–4, in force
 * from 2025-01-01. It does not tell who may go earlier for their kind of work (article 8), nor what else the state rules ("国家另有规定的").
 */

/** Who retired at 60 (men), at 55 (women in management or technical posts) and at 50 (women in workers' posts) before 2025. */
export type RetirementGroup = 'man' | 'woman55' | 'woman50';

interface Steps {
  /** The age of before, in years. */
  readonly age: number;
  /** One month more for so many months of birth (article 1). */
  readonly every: number;
  /** So many months more at most. */
  readonly most: number;
  /** Who was born before this month retires at the age of before. */
  readonly from: string;
}

const groups: Readonly<Record<RetirementGroup, Steps>> = {
  man: { age: 60, every: 4, most: 36, from: '1965-01' },
  woman55: { age: 55, every: 4, most: 36, from: '1970-01' },
  woman50: { age: 50, every: 2, most: 60, from: '1975-01' },
};

/** Everybody may go so many months earlier, not before the age of before, or stay so many longer where the employer agrees (article 3). */
const flexibleMonths = 36;

export interface Retirement {
  /** The month (yyyy-MM) in which the age of before is reached, and that age in years. */
  readonly before: string;
  readonly ageBefore: number;
  /** So many months later it is now. */
  readonly delay: number;
  /** The age now, in months, and the month in which it is reached. */
  readonly age: number;
  readonly at: string;
  /** The first month that may be chosen by who has paid in long enough, and the last that may be agreed. */
  readonly earliest: string;
  readonly latest: string;
  /** So many months have to be paid in for a monthly pension, by the year of `at` (article 2, annex 4). */
  readonly paid: number;
}

/** When somebody retires who was born in a month (yyyy-MM). */
export function retirement(born: string, group: RetirementGroup): Retirement {
  const { age, every, most, from } = groups[group];
  const place = monthsBetween(from, born);
  const delay = place < 0 ? 0 : Math.min(most, Math.floor(place / every) + 1);
  const before = monthAfter(born, age * 12);
  const at = monthAfter(before, delay);
  return {
    before,
    ageBefore: age,
    delay,
    age: age * 12 + delay,
    at,
    earliest: monthAfter(at, -Math.min(flexibleMonths, delay)),
    latest: monthAfter(at, flexibleMonths),
    paid: leastPaid(Number(at.slice(0, 4))),
  };
}

/** How many months have to be paid in by who retires in a year: 15 years, from 2030 on six months more each year, up to 20 (article 2, annex 4). */
export function leastPaid(year: number): number {
  return Math.min(240, 180 + 6 * Math.max(0, year - 2029));
}
