import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { childcareSubsidy } from '../../../src/domain/reckoning/childcare-subsidy.ts';
import { lastDayOfLeave, maternityLeaveDays, miscarriageLeaveDays } from '../../../src/domain/reckoning/maternity-leave.ts';
import { medicalWaiting, yearsThatCount } from '../../../src/domain/reckoning/medical-waiting.ts';
import { nextRenewal, permitPossibleFrom, permitRenewal } from '../../../src/domain/reckoning/residence-permit.ts';
import { monthAfter } from '../../../src/domain/time/calendar-month.ts';

describe('the childcare subsidy', () => {
  const terms = { yearly: 3600, from: '2025-01', olderUntil: '2025-12-31' };

  test('is three times a year of it for who was born since it began, asked for by the end of the next year', () => {
    expect(childcareSubsidy('2025-06', terms)).toMatchObject({ total: 10_800, firstUntil: '2026-12-31', three: '2028-06' });
    expect(childcareSubsidy('2025-01', terms)?.payments).toHaveLength(3);
  });

  test('is as many twelfths as are left for who was born before', () => {
    expect(childcareSubsidy('2023-05', terms)).toEqual({
      payments: [
        { year: 2025, months: 12, yuan: 3600 },
        { year: 2026, months: 5, yuan: 1500 },
      ],
      total: 5100,
      firstUntil: '2025-12-31',
      three: '2026-05',
    });
    expect(childcareSubsidy('2022-01', terms)?.total).toBe(300);
    expect(childcareSubsidy('2024-12', terms)?.total).toBe(10_800);
  });

  test('is nothing for who was three before', () => expect(childcareSubsidy('2021-12', terms)).toBeUndefined());

  test('is never less for a younger child, and never more than three years of it', () => {
    const anyBirth = fc.integer({ min: 0, max: 120 }).map((count) => monthAfter('2020-01', count));
    fc.assert(
      fc.property(anyBirth, (born) => {
        const total = (month: string) => childcareSubsidy(month, terms)?.total ?? 0;
        expect(total(monthAfter(born, 1))).toBeGreaterThanOrEqual(total(born));
        expect(total(born)).toBeLessThanOrEqual(3 * terms.yearly);
        expect(total(born) % 300).toBe(0);
      }),
    );
  });
});

describe('leave for a birth', () => {
  test.each([
    [false, 1, 98],
    [true, 1, 113],
    [false, 2, 113],
    [true, 2, 128],
    [true, 3, 143],
  ])('difficult: %s, children: %i, is %i days', (difficult, children, days) =>
    expect(maternityLeaveDays({ difficult, children })).toBe(days),
  );

  test.each([
    [1, 15],
    [3.9, 15],
    [4, 42],
    [7, 42],
  ])('miscarried after %d months it is %i days', (months, days) => expect(miscarriageLeaveDays(months)).toBe(days));

  test('counts its first day', () => expect(lastDayOfLeave('2026-10-06', 98)).toBe('2027-01-11'));
});

describe('the residence permit', () => {
  test.each([
    ['2026-04-28', '2026-10-28'],
    ['2026-08-31', '2027-02-28'],
    ['2026-06-30', '2026-12-30'],
  ])('registered on %s it is possible from %s', (since, from) => expect(permitPossibleFrom(since)).toBe(from));

  test.each([
    ['2025-08-09', '2026-11-26', '2027-07-09', '2027-08-09'],
    ['2025-11-26', '2026-11-26', '2026-10-26', '2026-11-26'],
    ['2026-03-31', '2026-11-26', '2027-02-28', '2027-03-31'],
  ])('issued on %s it is renewed next, as of %s, from %s to %s', (issued, today, from, until) =>
    expect(nextRenewal(issued, today)).toEqual({ from, until }),
  );

  test('is renewed first in the month before it is a year old', () => {
    expect(permitRenewal('2025-08-09')).toEqual({ from: '2026-07-09', until: '2026-08-09' });
    expect(permitRenewal('2024-02-29')).toEqual({ from: '2025-01-28', until: '2025-02-28' });
  });
});

describe('waiting for medical insurance', () => {
  const terms = { fixed: 3, further: 1, countedFrom: 2025 };

  test.each([
    [0, 3, 3],
    [1, 3, 4],
    [2, 4, 5],
    [4, 6, 7],
  ])('after %i years that were not paid for it is %i to %i months', (missed, from, to) =>
    expect(medicalWaiting(missed, terms)).toEqual({ from, to }),
  );

  test.each([
    [3, 2026, 2],
    [1, 2026, 1],
    [2, 2024, 0],
  ])('%i years up to %i: %i of them count', (missed, last, count) => expect(yearsThatCount(missed, last, terms)).toBe(count));
});
