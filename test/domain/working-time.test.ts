import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chineseWorkCalendar } from '../../src/adapters/calendar/work-calendar.ts';
import { fromShanghai, inShanghai } from '../../src/domain/time/clock-time.ts';
import { type OfficeHours, workingDayAfter, workingTime } from '../../src/domain/time/working-time.ts';

const split: OfficeHours = {
  spans: [
    { from: '08:30', to: '12:00' },
    { from: '14:00', to: '17:30' },
  ],
};
const { isWorkingDay } = chineseWorkCalendar({ known: [], holidays: [], workdays: [] });
const office = workingTime(split, isWorkingDay);

/** "2026-11-20 23:00" as an instant, and back; what is not known stays undefined. */
const at = (moment: string) => fromShanghai(moment.slice(0, 10), moment.slice(11));
const shown = (instant: Date | undefined) => {
  if (instant === undefined) return undefined;
  const { date, hour, minute } = inShanghai(instant);
  return `${date} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
};

describe('a deadline in working days', () => {
  test.each([
    ['a report in the morning is due the next day at closing time', '2026-11-23 09:00', 1, '2026-11-24 17:30'],
    ['a report before opening counts from its day', '2026-11-23 07:00', 1, '2026-11-24 17:30'],
    ['a report at midnight counts from the day that begins', '2026-11-24 00:00', 1, '2026-11-25 17:30'],
    ['a report late on Friday is due on Monday', '2026-11-20 23:00', 1, '2026-11-23 17:30'],
    ['a report on Saturday is due on Monday', '2026-11-21 10:00', 1, '2026-11-23 17:30'],
    ['a report on Sunday is due on Monday', '2026-11-22 23:59', 1, '2026-11-23 17:30'],
    ['five working days are a week', '2026-11-20 10:00', 5, '2026-11-27 17:30'],
    ['元旦: the Sunday after it is worked', '2026-01-01 10:00', 1, '2026-01-04 17:30'],
    ['春节: the Saturday before it is worked', '2026-02-13 10:00', 1, '2026-02-14 17:30'],
    ['春节: nine days are left out', '2026-02-13 10:00', 2, '2026-02-24 17:30'],
    ['春节: a report on New Year’s day waits for the office', '2026-02-17 00:30', 1, '2026-02-24 17:30'],
    ['春节: the Saturday after it is worked', '2026-02-13 10:00', 6, '2026-02-28 17:30'],
    ['春节: the Sunday after that is not', '2026-02-13 10:00', 7, '2026-03-02 17:30'],
    ['劳动节: the Saturday after it is worked', '2026-05-08 10:00', 1, '2026-05-09 17:30'],
    ['国庆: the Sunday before it is worked', '2026-09-19 10:00', 1, '2026-09-20 17:30'],
    ['中秋: its Friday is off', '2026-09-24 10:00', 1, '2026-09-28 17:30'],
    ['国庆: seven days are left out', '2026-09-30 10:00', 1, '2026-10-08 17:30'],
    ['国庆: the Saturday after it is worked', '2026-09-30 10:00', 3, '2026-10-10 17:30'],
    ['国庆: the Sunday after that is not', '2026-09-30 10:00', 4, '2026-10-12 17:30'],
    ['the last day of the year is still known', '2026-12-30 10:00', 1, '2026-12-31 17:30'],
    ['2027 is not known and is not guessed', '2026-12-31 10:00', 1, undefined],
    ['a long deadline that reaches into 2027 is not guessed', '2026-12-17 10:00', 15, undefined],
  ])('%s', (_, from, days, due) => {
    expect(shown(office.plusDays(at(from), days))).toBe(due);
  });

  test('the day is the one in Shanghai, not the one in UTC', () => {
    expect(shown(office.plusDays(new Date('2026-11-19T16:30:00Z'), 1))).toBe('2026-11-23 17:30');
  });

  test('no days at all are a mistake, and no deadline', () => {
    expect(() => office.plusDays(at('2026-11-23 09:00'), 0)).toThrow(RangeError);
    expect(() => office.plusDays(at('2026-11-23 09:00'), 1.5)).toThrow(RangeError);
  });

  test('no working days after a day is that day', () => {
    expect(workingDayAfter('2026-11-21', 0, isWorkingDay)).toBe('2026-11-21');
  });
});

describe('a deadline in working minutes', () => {
  test.each([
    ['runs while the office is open', '2026-11-23 09:00', 30, '2026-11-23 09:30'],
    ['starts when the office opens', '2026-11-23 06:00', 30, '2026-11-23 09:00'],
    ['ends with the morning, not after lunch', '2026-11-23 11:00', 60, '2026-11-23 12:00'],
    ['stands still over lunch', '2026-11-23 11:45', 30, '2026-11-23 14:15'],
    ['starts after lunch for a report during lunch', '2026-11-23 12:30', 30, '2026-11-23 14:30'],
    ['ends with the day', '2026-11-23 17:00', 30, '2026-11-23 17:30'],
    ['goes on the next morning', '2026-11-23 17:00', 31, '2026-11-24 08:31'],
    ['goes on after the weekend for a report late on Friday', '2026-11-20 23:00', 30, '2026-11-23 09:00'],
    ['a working day has 420 minutes', '2026-11-23 00:00', 420, '2026-11-23 17:30'],
    ['goes on after 国庆', '2026-09-30 17:29', 2, '2026-10-08 08:31'],
    ['runs on a Saturday that is worked', '2026-02-14 09:00', 30, '2026-02-14 09:30'],
    ['no minutes stay where they are within office hours', '2026-11-23 09:10', 0, '2026-11-23 09:10'],
    ['no minutes stay at closing time', '2026-11-23 12:00', 0, '2026-11-23 12:00'],
    ['no minutes lead to the next opening outside office hours', '2026-11-20 23:00', 0, '2026-11-23 08:30'],
    ['the last minute of 2026 is known', '2026-12-31 17:00', 30, '2026-12-31 17:30'],
    ['one more would be a guess', '2026-12-31 17:00', 31, undefined],
  ])('%s', (_, from, minutes, due) => {
    expect(shown(office.plusMinutes(at(from), minutes))).toBe(due);
  });

  test.each([-1, Number.NaN])('%d minutes are a mistake', (minutes) => {
    expect(() => office.plusMinutes(at('2026-11-23 09:00'), minutes)).toThrow(RangeError);
  });
});

describe('working minutes between two instants', () => {
  test.each([
    ['leave lunch out', '2026-11-23 11:00', '2026-11-23 15:00', 120],
    ['leave the night out', '2026-11-23 17:00', '2026-11-24 09:00', 60],
    ['leave the weekend out', '2026-11-20 17:00', '2026-11-23 09:00', 60],
    ['leave 国庆 out and count the Saturday worked for it', '2026-09-30 17:30', '2026-10-11 12:00', 3 * 420],
    ['leave 春节 out and count the Saturday worked for it', '2026-02-13 17:30', '2026-02-24 08:30', 420],
    ['are none on a Saturday', '2026-11-21 09:00', '2026-11-21 17:00', 0],
    ['are none backwards', '2026-11-23 11:00', '2026-11-23 09:00', 0],
    ['are none backwards, known year or not', '2027-03-02 11:00', '2027-03-01 11:00', 0],
    ['are known up to the last night of 2026', '2026-12-31 17:00', '2027-01-01 08:30', 30],
    ['are not guessed in 2027', '2026-12-31 17:00', '2027-01-01 08:31', undefined],
    ['are not guessed across 2027', '2026-12-31 17:00', '2028-01-01 00:00', undefined],
  ])('%s', (_, from, to, minutes) => {
    expect(office.minutesBetween(at(from), at(to))).toBe(minutes);
  });

  test('have fractions', () => {
    expect(office.minutesBetween(at('2026-11-23 09:00'), new Date(at('2026-11-23 09:00').getTime() + 90_000))).toBe(1.5);
  });
});

describe('a share of the time until a deadline', () => {
  test.each([
    ['half of one working day is its lunch', '2026-11-20 23:00', '2026-11-23 17:30', 0.5, '2026-11-23 12:00'],
    ['80 % of one working day', '2026-11-20 23:00', '2026-11-23 17:30', 0.8, '2026-11-23 16:06'],
    ['half of two working days ends with the first', '2026-09-30 17:30', '2026-10-09 17:30', 0.5, '2026-10-08 17:30'],
    ['nothing of it is the first opening', '2026-11-20 23:00', '2026-11-23 17:30', 0, '2026-11-23 08:30'],
    ['all of it is the deadline', '2026-11-20 23:00', '2026-11-23 17:30', 1, '2026-11-23 17:30'],
    ['no working time at all leaves the deadline', '2026-11-21 09:00', '2026-11-21 17:00', 0.5, '2026-11-21 17:00'],
    ['a deadline that is past stays', '2026-11-24 09:00', '2026-11-23 17:30', 0.5, '2026-11-23 17:30'],
    ['a deadline in 2027 is not guessed', '2026-12-31 09:00', '2027-01-05 17:30', 0.5, undefined],
  ])('%s', (_, from, due, share, then) => {
    expect(shown(office.share(at(from), at(due), share))).toBe(then);
  });

  test.each([-0.1, 1.1, Number.NaN])('a share of %d is a mistake', (share) => {
    expect(() => office.share(at('2026-11-23 09:00'), at('2026-11-24 17:30'), share)).toThrow(RangeError);
  });
});

describe('the office', () => {
  test.each([
    ['is closed before its hours', '2026-11-23 08:29', false, '2026-11-23 08:30'],
    ['is open from its opening time', '2026-11-23 08:30', true, '2026-11-23 08:30'],
    ['is open within its hours', '2026-11-23 11:59', true, '2026-11-23 11:59'],
    ['is closed from its closing time', '2026-11-23 12:00', false, '2026-11-23 14:00'],
    ['is closed over lunch', '2026-11-23 13:00', false, '2026-11-23 14:00'],
    ['is closed in the evening', '2026-11-23 17:30', false, '2026-11-24 08:30'],
    ['is closed on a weekend', '2026-11-21 10:00', false, '2026-11-23 08:30'],
    ['is closed on a holiday', '2026-10-01 10:00', false, '2026-10-08 08:30'],
    ['is open on a Saturday worked instead', '2026-10-10 10:00', true, '2026-10-10 10:00'],
    ['opens no more that is known after 2026', '2026-12-31 17:30', false, undefined],
    ['is neither open nor closed when nobody knows', '2027-01-04 10:00', undefined, undefined],
    ['opens in a year that is known, after an evening that is not', '2003-12-31 20:00', false, '2004-01-02 08:30'],
    ['is closed at night, known year or not', '2027-01-04 03:00', false, undefined],
  ])('%s', (_, moment, open, opening) => {
    expect(office.isOpen(at(moment))).toBe(open);
    expect(shown(office.nextOpening(at(moment)))).toBe(opening);
  });

  test('without hours is a mistake', () => {
    expect(() => workingTime({ spans: [] }, isWorkingDay)).toThrow(RangeError);
  });
});

describe('working time, whatever the hours and the instants', () => {
  // Far enough from 2027 that no result reaches it: the shortest hours below need 40 working days for the most minutes.
  const first = at('2026-01-01 00:00').getTime();
  const last = at('2026-09-30 00:00').getTime();
  const instant = fc.integer({ min: first, max: last }).map((time) => new Date(time));
  // The edges of spans are where mistakes live, and where chance seldom leads.
  const edge = fc
    .tuple(instant, fc.constantFrom('00:00', '08:30', '12:00', '14:00', '17:30'))
    .map(([day, time]) => fromShanghai(inShanghai(day).date, time));
  const moment = fc.oneof(instant, edge);
  const minutes = fc.integer({ min: 0, max: 2400 });

  const clock = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const otherHours = fc
    .uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 2, maxLength: 6 })
    .map((hours) => [...hours].sort((a, b) => a - b))
    .map((hours) =>
      hours.flatMap((hour, index) => (index % 2 === 1 ? [{ from: clock((hours[index - 1] ?? 0) * 60), to: clock(hour * 60) }] : [])),
    )
    .map((spans): OfficeHours => ({ spans }));
  const times = fc.oneof(fc.constant(split), otherHours).map((hours) => ({ hours, time: workingTime(hours, isWorkingDay) }));

  /** What the property is about is known in 2026: undefined is a failure. */
  const known = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('not known');
    return value;
  };
  const within = (instant: Date, { spans }: OfficeHours) => {
    const { date } = inShanghai(instant);
    return (
      isWorkingDay(date) === true && spans.some(({ from, to }) => fromShanghai(date, from) <= instant && instant <= fromShanghai(date, to))
    );
  };

  test('as many minutes lie before a deadline as it was given', () => {
    fc.assert(
      fc.property(times, moment, minutes, ({ time }, from, given) => {
        expect(time.minutesBetween(from, known(time.plusMinutes(from, given)))).toBe(given);
      }),
    );
  });

  test('the minutes until an instant within office hours lead back to it', () => {
    fc.assert(
      fc.property(times, moment, moment, ({ time }, from, other) => {
        fc.pre(from < other);
        const to = known(time.plusMinutes(other, 1));
        expect(time.plusMinutes(from, known(time.minutesBetween(from, to)))).toEqual(to);
      }),
    );
  });

  test('minutes in parts are minutes at once', () => {
    fc.assert(
      fc.property(times, moment, minutes, minutes, ({ time }, from, one, two) => {
        fc.pre(one + two <= 2400);
        expect(time.plusMinutes(known(time.plusMinutes(from, one)), two)).toEqual(time.plusMinutes(from, one + two));
      }),
    );
  });

  test('the minutes of two stretches are those of the whole', () => {
    fc.assert(
      fc.property(times, fc.tuple(moment, moment, moment), ({ time }, moments) => {
        const [a, b, c] = [...moments].sort((one, two) => one.getTime() - two.getTime()) as [Date, Date, Date];
        const parts = known(time.minutesBetween(a, b)) + known(time.minutesBetween(b, c));
        expect(parts).toBeCloseTo(known(time.minutesBetween(a, c)), 6);
      }),
    );
  });

  test('more minutes, or a later report, are never due earlier', () => {
    fc.assert(
      fc.property(times, moment, moment, minutes, minutes, ({ time }, one, other, few, many) => {
        const [early, late] = one < other ? [one, other] : [other, one];
        const due = (from: Date, given: number) => known(time.plusMinutes(from, given)).getTime();
        expect(due(early, Math.min(few, many))).toBeLessThanOrEqual(due(early, Math.max(few, many)));
        expect(due(early, few)).toBeLessThanOrEqual(due(late, few));
      }),
    );
  });

  test('more days, or a later report, are never due earlier', () => {
    const days = fc.integer({ min: 1, max: 15 });
    fc.assert(
      fc.property(times, moment, moment, days, days, ({ time }, one, other, few, many) => {
        const [early, late] = one < other ? [one, other] : [other, one];
        const due = (from: Date, given: number) => known(time.plusDays(from, given)).getTime();
        expect(due(early, Math.min(few, many))).toBeLessThanOrEqual(due(early, Math.max(few, many)));
        expect(due(early, few)).toBeLessThanOrEqual(due(late, few));
      }),
    );
  });

  test('a deadline lies within the office hours of a working day, after the report', () => {
    fc.assert(
      fc.property(times, moment, minutes, fc.integer({ min: 1, max: 15 }), ({ hours, time }, from, given, days) => {
        const dues = [known(time.plusMinutes(from, given)), known(time.plusDays(from, days)), known(time.nextOpening(from))];
        for (const due of dues) {
          expect(within(due, hours)).toBe(true);
          expect(due.getTime()).toBeGreaterThanOrEqual(from.getTime());
        }
      }),
    );
  });

  test('the office is open at its next opening, and never between', () => {
    fc.assert(
      fc.property(times, moment, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), ({ time }, from, part) => {
        const opening = known(time.nextOpening(from));
        expect(time.isOpen(opening)).toBe(true);
        const between = new Date(from.getTime() + Math.floor((opening.getTime() - from.getTime()) * part));
        if (between < opening) expect(time.isOpen(between)).toBe(false);
      }),
    );
  });

  test('a share lies between the report and the deadline, and grows with it', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(times, moment, moment, part, part, ({ time }, one, other, p, q) => {
        const [from, due] = one < other ? [one, other] : [other, one];
        const less = known(time.share(from, due, Math.min(p, q))).getTime();
        const more = known(time.share(from, due, Math.max(p, q))).getTime();
        const inOrder = [from.getTime(), less, more, due.getTime()];
        expect([...inOrder].sort((a, b) => a - b)).toEqual(inOrder);
      }),
    );
  });

  test('at a share, that share of the minutes has passed', () => {
    fc.assert(
      fc.property(times, moment, moment, fc.double({ min: 0, max: 1, noNaN: true }), ({ time }, from, due, part) => {
        fc.pre(from < due);
        const all = known(time.minutesBetween(from, due));
        fc.pre(all > 0);
        // To the millisecond, which is what instants are told apart by.
        expect(Math.abs(known(time.minutesBetween(from, known(time.share(from, due, part)))) - all * part)).toBeLessThan(1 / 60_000);
      }),
    );
  });

  test('the minutes between two instants are the minutes at which the office is open', () => {
    fc.assert(
      fc.property(times, moment, fc.integer({ min: 1, max: 3 * 24 * 60 }), ({ time }, near, length) => {
        const from = Math.floor(near.getTime() / 60_000) * 60_000;
        const open = Array.from({ length }, (_, minute) => time.isOpen(new Date(from + minute * 60_000))).filter(Boolean).length;
        expect(time.minutesBetween(new Date(from), new Date(from + length * 60_000))).toBe(open);
      }),
      { numRuns: 40 },
    );
  });
});
