import { describe, expect, test } from '@jest/globals';
import { type DayRule, type Mornings, planned, type Timing } from '../../src/domain/reminders/reminder.ts';
import { fromShanghai, inShanghai, isMondayToFriday } from '../../src/domain/time/clock-time.ts';

const mornings: Mornings = { at: '09:00', opensOn: isMondayToFriday };
// A Thursday, after nine.
const now = fromShanghai('2026-11-26', '10:00');

function days(timing: Timing, told: string, moment = now, to = told) {
  const { open, next } = planned(timing, { from: told, to }, moment, mornings);
  const at = next && inShanghai(next.at);
  return {
    ...(open ? { open: open.day } : {}),
    ...(next && at ? { at: at.date, hour: at.hour, day: next.occasion.day } : {}),
  };
}

const rule = (of: 'end' | 'anniversary' | 'free'): DayRule => ({ of });
const permit: Timing = { rule: rule('anniversary'), before: { months: 1 } };
const card: Timing = { rule: rule('end'), before: { months: 3 } };
const sixty: Timing = { rule: { of: 'birthday', age: 60 }, before: {} };
const subsidy: Timing = { rule: { of: 'child', age: 3, on: '12-31' }, before: { months: 1 } };
const insurance: Timing = { rule: { of: 'period', from: '09-01', until: '12-31' } };
const free: Timing = { rule: rule('free') };

describe('a residence permit is told a month before each full year', () => {
  test('whether the day of its making or its next one was told', () => {
    expect(days(permit, '2024-03-05')).toEqual({ at: '2027-02-05', hour: 9, day: '2027-03-05' });
    expect(days(permit, '2027-03-05')).toEqual({ at: '2027-02-05', hour: 9, day: '2027-03-05' });
  });

  test('not before that month begins: who goes too early is sent away', () => {
    // 6 February 2027 is a Saturday.
    expect(days(permit, '2024-03-06').at).toBe('2027-02-08');
  });

  test('when it can be done already, that is told at once, and the next one is the next year’s', () => {
    expect(days(permit, '2023-12-10')).toEqual({ open: '2026-12-10', at: '2027-11-10', hour: 9, day: '2027-12-10' });
  });

  test('of a 29 February it is the 28th where there is none', () => {
    expect(days(permit, '2024-02-29').day).toBe('2027-02-28');
  });
});

describe('the end of a card', () => {
  test('is told three months before', () => expect(days(card, '2034-03-05')).toEqual({ at: '2033-12-05', hour: 9, day: '2034-03-05' }));
  test('is told at once when it is near, and not again', () => expect(days(card, '2027-01-05')).toEqual({ open: '2027-01-05' }));
  test('that has passed is nothing to wait for', () => expect(days(card, '2026-01-05')).toEqual({}));
});

describe('a birthday', () => {
  test('is told on the day, or when the office opens next', () => {
    expect(days(sixty, '1970-03-05')).toEqual({ at: '2030-03-05', hour: 9, day: '2030-03-05' });
    expect(days(sixty, '1967-02-06').at).toBe('2027-02-08');
  });
  test('that was is nothing to wait for', () => expect(days(sixty, '1950-03-05')).toEqual({}));
});

test('a child’s subsidy is told each year until the child is three, and then no more', () => {
  expect(days(subsidy, '2026-05-01').day).toBe('2026-12-31');
  const later = fromShanghai('2029-12-20', '10:00');
  expect(days(subsidy, '2026-05-01', later)).toEqual({ open: '2029-12-31' });
  expect(days(subsidy, '2022-05-01')).toEqual({});
});

test('a time of paying is told when it begins; while it is on, at once and again the next year', () => {
  expect(days(insurance, '2026-11-26')).toEqual({ open: '2026-12-31', at: '2027-09-01', hour: 9, day: '2027-12-31' });
  expect(days(insurance, '2026-11-26', fromShanghai('2027-01-05', '10:00'))).toMatchObject({ at: '2027-09-01' });
});

describe('a day of one’s own', () => {
  test('is met', () => expect(days(free, '2027-03-05')).toEqual({ at: '2027-03-05', hour: 9, day: '2027-03-05' }));
  test('on which the office is shut is told before, since after it would be late', () =>
    expect(days(free, '2027-03-07').at).toBe('2027-03-05'));
  test('so near that there is no open day before is met all the same', () => {
    const friday = fromShanghai('2026-11-27', '10:00');
    expect(days(free, '2026-11-28', friday).at).toBe('2026-11-28');
  });
  test('whose morning has passed cannot be met', () => expect(days(free, '2026-11-26')).toEqual({}));
  test('that is a month is its first open one', () => expect(days(free, '2027-05-01', now, '2027-05-31').at).toBe('2027-05-03'));
  test('of which somebody wants to hear before is told then', () =>
    expect(days({ ...free, before: { days: 3 } }, '2027-03-05')).toMatchObject({ at: '2027-03-02', day: '2027-03-05' }));
});
