import { describe, expect, test } from '@jest/globals';
import { dateAfter, isMondayToFriday } from '../../src/domain/time/clock-time.ts';
import { type LeaveDays, readLeave } from '../../src/domain/time/leave.ts';
import { workingDayAfter } from '../../src/domain/time/working-time.ts';

/** A Tuesday in office hours. */
const tuesday: LeaveDays = {
  today: '2026-11-24',
  todayCounts: true,
  workingDay: (after, days) => workingDayAfter(after, days, isMondayToFriday),
};

describe('days of leave as staff say them on a Tuesday', () => {
  test.each([
    ['3天', '2026-11-24', '2026-11-26'],
    ['三天', '2026-11-24', '2026-11-26'],
    ['1天', '2026-11-24', '2026-11-24'],
    ['半天', '2026-11-24', '2026-11-24'],
    ['5天', '2026-11-24', '2026-11-30'],
    ['5个工作日', '2026-11-24', '2026-11-30'],
    ['一周', '2026-11-24', '2026-11-30'],
    ['两个星期', '2026-11-24', '2026-12-07'],
    ['今天', '2026-11-24', '2026-11-24'],
    ['明天', '2026-11-25', '2026-11-25'],
    ['周五', '2026-11-27', '2026-11-27'],
    ['到周五', '2026-11-24', '2026-11-27'],
    ['到12月3日为止', '2026-11-24', '2026-12-03'],
    ['到月底', '2026-11-24', '2026-11-30'],
    ['明天到周五', '2026-11-25', '2026-11-27'],
    ['周三至周五', '2026-11-25', '2026-11-27'],
    ['12月1日到12月3日', '2026-12-01', '2026-12-03'],
    ['12月1日-12月3日', '2026-12-01', '2026-12-03'],
    ['从12月1日到3号', '2026-12-01', '2026-12-03'],
    ['明天 2天', '2026-11-25', '2026-11-26'],
    ['12月1日起3天', '2026-12-01', '2026-12-03'],
    ['下周', '2026-11-30', '2026-12-06'],
    ['下周一', '2026-11-30', '2026-11-30'],
  ])('%s', (said, from, until) => {
    expect(readLeave(said, tuesday)).toEqual({ from, until });
  });

  test.each(['', '有事', '昨天', '周五到周三', '2月30日', '0天', '到有空'])('%j is none', (said) => {
    expect(readLeave(said, tuesday)).toBeUndefined();
  });

  test('after the office has closed the days begin with the next one', () => {
    expect(readLeave('2天', { ...tuesday, todayCounts: false })).toEqual({ from: '2026-11-24', until: '2026-11-26' });
  });

  test('over a weekend only days of work count', () => {
    const friday = { ...tuesday, today: dateAfter('2026-11-24', 3) };
    expect(readLeave('2天', friday)).toEqual({ from: '2026-11-27', until: '2026-11-30' });
  });
});
