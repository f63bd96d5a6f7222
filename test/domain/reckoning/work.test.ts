import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { annualLeaveDays } from '../../../src/domain/reckoning/annual-leave.ts';
import { arbitrationUntil } from '../../../src/domain/reckoning/arbitration.ts';
import { monthsOfPay, severance } from '../../../src/domain/reckoning/severance.ts';
import { longestBenefit } from '../../../src/domain/reckoning/unemployment.ts';

const anyMonths = fc.integer({ min: 1, max: 600 });

describe('pay after a dismissal', () => {
  test.each([
    [12, 1],
    [72, 6],
    [73, 6.5],
    [77, 6.5],
    [78, 7],
    [83, 7],
    [5, 0.5],
    [6, 1],
    [1, 0.5],
  ])('%i months of work are %d months of pay: half a year is a whole one, less is half', (worked, months) =>
    expect(monthsOfPay(worked)).toBe(months),
  );

  test('never falls short of the time that was worked, and never exceeds it by half a year', () => {
    fc.assert(
      fc.property(anyMonths, (worked) => {
        expect(monthsOfPay(worked) * 12).toBeGreaterThanOrEqual(worked);
        expect(monthsOfPay(worked) * 12 - worked).toBeLessThanOrEqual(6);
        expect(monthsOfPay(worked + 1)).toBeGreaterThanOrEqual(monthsOfPay(worked));
      }),
    );
  });

  test('leaves the years before 2008 out of N, and not out of 2N', () => {
    expect(severance(120)).toEqual({ plain: 10, doubled: 20 });
    expect(severance(300, 75)).toEqual({ plain: 19, doubled: 50 });
  });
});

test.each([
  [11, 0],
  [12, 5],
  [119, 5],
  [120, 10],
  [239, 10],
  [240, 15],
])('%i months of work in all are %i days of leave', (worked, days) => expect(annualLeaveDays(worked)).toBe(days));

test.each([
  [11, 0],
  [12, 12],
  [59, 12],
  [60, 18],
  [119, 18],
  [120, 24],
  [400, 24],
])('%i months paid in are %i months of benefit at most', (paid, months) => expect(longestBenefit(paid)).toBe(months));

describe('the year for labour arbitration', () => {
  test.each([
    ['from the day on which one knew', { since: '2025-09-20' }, '2026-09-20'],
    ['from a 29 February', { since: '2024-02-29' }, '2025-02-28'],
    ['anew from a claim in time', { since: '2025-09-20', claimed: '2026-05-08' }, '2027-05-08'],
    ['anew from a claim on its last day', { since: '2025-09-20', claimed: '2026-09-20' }, '2027-09-20'],
    ['not anew from a claim when it was over', { since: '2025-09-20', claimed: '2026-09-21' }, '2026-09-20'],
    ['not from a claim before', { since: '2025-09-20', claimed: '2025-01-01' }, '2026-09-20'],
  ])('runs %s', (_, dispute, until) => expect(arbitrationUntil(dispute)).toBe(until));

  test('does not run for pay while the employment goes on', () => {
    expect(arbitrationUntil({ since: '2020-01-01', paidStill: true })).toBeUndefined();
  });
});
