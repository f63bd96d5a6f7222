import { monthAfter, monthOf, monthsBetween } from '../time/calendar-month.ts';

/** What changes from year to year (data/reckoning.yaml). */
export interface SubsidyTerms {
  /** Yuan a child and year. */
  readonly yearly: number;
  /** From this month on it is paid. */
  readonly from: string;
  /** Until this day it could be asked for for children who were born before that. */
  readonly olderUntil: string;
}

/** What is paid in one year of the calendar, or as one of the yearly payments (`year` absent). */
export interface Payment {
  readonly year?: number;
  readonly months: number;
  readonly yuan: number;
}

export interface ChildcareSubsidy {
  readonly payments: readonly Payment[];
  readonly total: number;
  /** The last day (yyyy-MM-dd) on which it can be asked for for the first time. */
  readonly firstUntil: string;
  /** The month in which the child is three. */
  readonly three: string;
}

/** Until a child is three. */
const years = 3;

/**
 * The childcare subsidy of one child: 育儿补贴制度实施方案 and 育儿补贴管理规范（试行）, articles 5 and 14. Three payments of a year each,
 * asked for first in the year of birth or the next and then once in each of the two years that follow; for children who were born before
 * it began as many twelfths as there are months up to their third birthday, that month included.
 * @param born yyyy-MM @returns undefined when the child was three before it began
 */
export function childcareSubsidy(born: string, { yearly, from, olderUntil }: SubsidyTerms): ChildcareSubsidy | undefined {
  const three = monthAfter(born, years * 12);
  const payments = born >= from ? fullYears(yearly) : byMonths(from, three, yearly / 12);
  if (payments.length === 0) return undefined;
  const total = payments.reduce((sum, { yuan }) => sum + yuan, 0);
  return { payments, total, firstUntil: born >= from ? `${Number(born.slice(0, 4)) + 1}-12-31` : olderUntil, three };
}

function fullYears(yearly: number): Payment[] {
  return Array.from({ length: years }, () => ({ months: 12, yuan: yearly }));
}

function byMonths(from: string, to: string, monthly: number): Payment[] {
  const payments: Payment[] = [];
  for (let month = from; month <= to; month = monthOf(`${Number(month.slice(0, 4)) + 1}-01`)) {
    const year = Number(month.slice(0, 4));
    const last = to < `${year}-12` ? to : `${year}-12`;
    const months = monthsBetween(month, last) + 1;
    payments.push({ year, months, yuan: months * monthly });
  }
  return payments;
}
