import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { afterQuiet, isQuiet } from '../../src/domain/time/quiet-hours.ts';
import { dateIn, lastSlot, nextSlots, type Schedule } from '../../src/domain/time/schedule.ts';

const every = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const schedule = (part: Partial<Schedule>): Schedule => ({
  expression: '',
  minute: 0,
  hour: 9,
  days: every(1, 31),
  months: every(1, 12),
  weekdays: every(0, 6),
  timezone: 'Asia/Shanghai',
  ...part,
});
const iso = (date: Date | undefined) => date?.toISOString();

describe('a schedule', () => {
  test.each([
    ['the very minute', '2026-11-27T01:00:00Z', '2026-11-27T01:00:00.000Z'],
    ['a moment before', '2026-11-27T00:59:59Z', '2026-11-20T01:00:00.000Z'],
    ['over the new year', '2027-01-03T12:00:00Z', '2027-01-01T01:00:00.000Z'],
  ])('knows the last Friday at nine: %s', (_, now, slot) => {
    expect(iso(lastSlot(schedule({ weekdays: [5] }), new Date(now)))).toBe(slot);
  });

  test.each([
    ['each 29 February', { days: [29], months: [2] }, ['2028-02-29T01:00:00.000Z', '2032-02-29T01:00:00.000Z']],
    ['each 31st', { days: [31] }, ['2026-12-31T01:00:00.000Z', '2027-01-31T01:00:00.000Z']],
    ['the first Friday of a month', { days: every(1, 7), weekdays: [5] }, ['2026-12-04T01:00:00.000Z', '2027-01-01T01:00:00.000Z']],
    ['just after midnight', { hour: 0 }, ['2026-11-27T16:00:00.000Z', '2026-11-28T16:00:00.000Z']],
    [
      'where summer time ends in between',
      { timezone: 'Europe/Berlin', days: [1], months: [4, 12] },
      ['2026-12-01T08:00:00.000Z', '2027-04-01T07:00:00.000Z'],
    ],
  ])('knows what comes next: %s', (_, part, slots) => {
    expect(nextSlots(schedule(part), new Date('2026-11-27T01:00:00Z'), 2).map(iso)).toEqual(slots);
  });

  test('tells the same whatever it was asked before: the clock may jump', () => {
    const begin = Date.parse('2026-11-01T00:00:00Z');
    const weekly = schedule({ weekdays: [1, 5], timezone: 'Europe/Berlin' });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 * 24 * 60 }), { minLength: 2 }), (minutes) => {
        for (const minute of minutes) {
          const now = new Date(begin + minute * 60_000);
          const fresh = { ...weekly };
          expect(iso(lastSlot(weekly, now))).toBe(iso(lastSlot(fresh, now)));
          expect(nextSlots(weekly, now, 2).map(iso)).toEqual(nextSlots({ ...weekly }, now, 2).map(iso));
        }
      }),
      { numRuns: 50 },
    );
  });

  test('never due has no time', () => {
    const never = schedule({ days: [31], months: [2] });
    expect(lastSlot(never, new Date('2026-11-27T01:00:00Z'))).toBeUndefined();
    expect(nextSlots(never, new Date('2026-11-27T01:00:00Z'), 1)).toEqual([]);
  });

  test('has the days of its own zone', () => {
    expect(dateIn('Asia/Shanghai', new Date('2026-11-26T16:00:00Z'))).toBe('2026-11-27');
    expect(dateIn('UTC', new Date('2026-11-26T16:00:00Z'))).toBe('2026-11-26');
  });
});

describe('quiet hours', () => {
  const night = { from: '21:00', to: '08:00' };

  test.each([
    ['2026-11-27T20:59:00+08:00', false, '2026-11-27T20:59:00+08:00'],
    ['2026-11-27T21:00:00+08:00', true, '2026-11-28T08:00:00+08:00'],
    ['2026-11-28T00:30:00+08:00', true, '2026-11-28T08:00:00+08:00'],
    ['2026-11-28T08:00:00+08:00', false, '2026-11-28T08:00:00+08:00'],
  ])('at %s: %s', (now, quiet, open) => {
    expect(isQuiet(night, new Date(now))).toBe(quiet);
    expect(afterQuiet(night, new Date(now))).toEqual(new Date(open));
  });

  test('may lie within one day', () => {
    expect(afterQuiet({ from: '12:00', to: '14:00' }, new Date('2026-11-27T12:30:00+08:00'))).toEqual(
      new Date('2026-11-27T14:00:00+08:00'),
    );
  });
});
