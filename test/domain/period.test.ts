import { describe, expect, test } from '@jest/globals';
import { daysOf, lastDays, readPeriod } from '../../src/domain/time/period.ts';

const at = (time: string) => new Date(`${time}+08:00`);
const tuesday = at('2026-11-24T16:00:00');

const spans = (word: string, now: Date) => {
  const period = readPeriod(word, now);
  if (!period) return undefined;
  const [of, before] = [daysOf(period), daysOf(period.before)];
  return `${of.first} ${of.last}, before ${before.first} ${before.last}`;
};

describe('a period by its name', () => {
  test.each([
    ['本周', '2026-11-23 2026-11-24, before 2026-11-16 2026-11-17'],
    ['这个星期', '2026-11-23 2026-11-24, before 2026-11-16 2026-11-17'],
    ['上周', '2026-11-16 2026-11-22, before 2026-11-09 2026-11-15'],
    ['上上周', '2026-11-09 2026-11-15, before 2026-11-02 2026-11-08'],
    ['本月', '2026-11-01 2026-11-24, before 2026-10-01 2026-10-24'],
    ['上个月', '2026-10-01 2026-10-31, before 2026-09-01 2026-09-30'],
    ['10月', '2026-10-01 2026-10-31, before 2026-09-01 2026-09-30'],
    ['十月份', '2026-10-01 2026-10-31, before 2026-09-01 2026-09-30'],
    ['１０月', '2026-10-01 2026-10-31, before 2026-09-01 2026-09-30'],
    ['11月', '2026-11-01 2026-11-24, before 2026-10-01 2026-10-24'],
    ['12月', '2025-12-01 2025-12-31, before 2025-11-01 2025-11-30'],
    ['十二月', '2025-12-01 2025-12-31, before 2025-11-01 2025-11-30'],
    ['去年1月', '2025-01-01 2025-01-31, before 2024-12-01 2024-12-31'],
    ['2026年2月', '2026-02-01 2026-02-28, before 2026-01-01 2026-01-31'],
    ['2026-02', '2026-02-01 2026-02-28, before 2026-01-01 2026-01-31'],
    ['今年12月', undefined],
    ['2027年1月', undefined],
    ['13月', undefined],
    ['0月', undefined],
    ['10', undefined],
    ['1000年10月', undefined],
    ['下周', undefined],
    ['漏水', undefined],
  ])('%s, on a Tuesday in November', (word, expected) => {
    expect(spans(word, tuesday)).toBe(expected);
  });

  test.each([
    ['Monday 0:00 begins a week', '2026-11-23T00:00:00', '上周', '2026-11-16 2026-11-22, before 2026-11-09 2026-11-15'],
    ['Sunday 23:59 ends one', '2026-11-22T23:59:59', '本周', '2026-11-16 2026-11-22, before 2026-11-09 2026-11-15'],
    ['a week across the new year', '2027-01-02T10:00:00', '本周', '2026-12-28 2027-01-02, before 2026-12-21 2026-12-26'],
    ['in January the month before is of last year', '2027-01-31T10:00:00', '上月', '2026-12-01 2026-12-31, before 2026-11-01 2026-11-30'],
    ['the 31st is compared with the whole month', '2026-12-31T10:00:00', '本月', '2026-12-01 2026-12-31, before 2026-11-01 2026-11-30'],
  ])('%s', (_, now, word, expected) => {
    expect(spans(word, at(now))).toBe(expected);
  });
});

test('what still runs is compared with as much of the time before, to the minute', () => {
  expect(lastDays(7, tuesday)).toMatchObject({
    from: at('2026-11-18T00:00:00').toISOString(),
    to: '2026-11-24T08:00:00.001Z',
    before: { from: at('2026-11-11T00:00:00').toISOString(), to: '2026-11-17T08:00:00.001Z' },
  });
});
