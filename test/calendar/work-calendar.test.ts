import { describe, expect, test } from '@jest/globals';
import { chineseWorkCalendar } from '../../src/adapters/calendar/work-calendar.ts';
import { parse, readFile } from '../../src/adapters/content/files.ts';
import type { Problem } from '../../src/adapters/content/problem.ts';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { calendarFile } from '../../src/adapters/content/schemas.ts';
import { workingDayAfter } from '../../src/domain/time/working-time.ts';

const none = { known: [], holidays: [], workdays: [] };
const shipped = chineseWorkCalendar({ known: [], holidays: [], workdays: [] });

/** The days of a year, "01-01" and on. */
const daysOf = (year: number) => {
  const start = Date.UTC(year, 0, 1);
  const length = (Date.UTC(year + 1, 0, 1) - start) / 86_400_000;
  return Array.from({ length }, (_, day) => new Date(start + day * 86_400_000));
};
const dateOf = (day: Date) => day.toISOString().slice(0, 10);
const isWeekend = (day: Date) => day.getUTCDay() % 6 === 0;

describe('the calendar of working days', () => {
  // 《国务院办公厅关于2026年部分节假日安排的通知》，2025 年 11 月 4 日
  test('knows 2026 as the State Council announced it', () => {
    const odd = daysOf(2026).filter((day) => shipped.isWorkingDay(dateOf(day)) === isWeekend(day));
    const worked = odd.filter(isWeekend).map((day) => dateOf(day).slice(5));
    const off = odd.filter((day) => !isWeekend(day)).map((day) => dateOf(day).slice(5));
    expect(worked).toEqual(['01-04', '02-14', '02-28', '05-09', '09-20', '10-10']);
    expect(off).toEqual([
      ...['01-01', '01-02'],
      ...['02-16', '02-17', '02-18', '02-19', '02-20', '02-23'],
      '04-06',
      ...['05-01', '05-04', '05-05'],
      '06-19',
      '09-25',
      ...['10-01', '10-02', '10-05', '10-06', '10-07'],
    ]);
  });

  test.each(['2027-01-01', '2027-03-02', '2027-03-06', '2003-12-31'])('does not guess %s, in a year that is not known', (date) => {
    expect(shipped.isWorkingDay(date)).toBeUndefined();
  });

  test('knows a year that the office has declared complete', () => {
    const { isWorkingDay } = chineseWorkCalendar({ known: [2027], holidays: ['2027-01-01'], workdays: ['2027-01-03'] });
    const dates = ['2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04', '2028-01-04'];
    expect(dates.map(isWorkingDay)).toEqual([false, false, true, true, undefined]);
  });

  test('trusts no day of a year that is written down but not declared complete', () => {
    const { isWorkingDay } = chineseWorkCalendar({ ...none, holidays: ['2027-01-01'], workdays: ['2027-01-03'] });
    expect(['2027-01-01', '2027-01-03', '2027-01-04'].map(isWorkingDay)).toEqual([undefined, undefined, undefined]);
  });

  test('lets the office have the last word in a year that it knows', () => {
    const { isWorkingDay } = chineseWorkCalendar({
      ...none,
      holidays: ['2026-11-23', '2026-10-10'],
      workdays: ['2026-11-22', '2026-10-05'],
    });
    const dates = ['2026-11-23', '2026-10-10', '2026-11-22', '2026-10-05', '2026-11-24'];
    expect(dates.map(isWorkingDay)).toEqual([false, false, true, true, true]);
  });

  test.each([
    ['2026-11-20', 1, '2026-11-23'],
    ['2026-09-30', 5, '2026-10-13'],
    ['2026-02-13', 2, '2026-02-24'],
    ['2026-11-21', 0, '2026-11-21'],
    ['2026-12-31', 1, undefined],
  ])('%s and %d working days are %s', (date, days, due) => {
    expect(workingDayAfter(date, days, shipped.isWorkingDay)).toBe(due);
  });

  test('counts working days into a year that the office has declared complete', () => {
    const calendar = chineseWorkCalendar({ known: [2027], holidays: ['2027-01-01'], workdays: [] });
    expect(workingDayAfter('2026-12-31', 1, calendar.isWorkingDay)).toBe('2027-01-04');
  });
});

describe('the file of the office’s calendar', () => {
  const mistakes = (value: unknown) => {
    const { error } = calendarFile.safeParse(value);
    return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  };
  const morning = { from: '08:30', to: '12:00' };

  test('is shipped with office hours and without dates', () => {
    const problems: Problem[] = [];
    const value = parse(readFile(projectFolder, 'data/calendar.yaml', problems), calendarFile, problems);
    expect(problems).toEqual([]);
    expect(value).toEqual({ hours: [morning, { from: '14:00', to: '17:30' }], ...none });
  });

  test('takes a year written down completely, and days of the December before it', () => {
    const file = { hours: [morning], known: [2027], holidays: ['2026-12-31', '2027-01-01'], workdays: ['2027-01-03'] };
    expect(mistakes(file)).toEqual([]);
  });

  test.each([
    ['no hours', { hours: [] }, /^hours: /],
    ['a time in another form', { hours: [{ from: '8:30', to: '12:00' }] }, /^hours\.0\.from: a time of day is written 09:00$/],
    ['a time that no clock shows', { hours: [{ from: '08:30', to: '24:00' }] }, /^hours\.0\.to: a time of day/],
    ['hours that end before they start', { hours: [{ from: '12:00', to: '08:30' }] }, /^hours\.0\.to: .*12:00.*08:30/],
    ['hours that end when they start', { hours: [{ from: '12:00', to: '12:00' }] }, /^hours\.0\.to: /],
    ['hours out of order', { hours: [{ from: '14:00', to: '17:30' }, morning] }, /^hours\.1\.from: 08:30 lies before 17:30/],
    ['hours that overlap', { hours: [morning, { from: '11:00', to: '17:30' }] }, /^hours\.1\.from: 11:00 lies before 12:00/],
    ['a date in another form', { hours: [morning], holidays: ['2026-1-1'] }, /^holidays\.0: a date is written 2026-11-23/],
    ['a day that does not exist', { hours: [morning], workdays: ['2026-02-30'] }, /^workdays\.0: .*a day that exists/],
    ['a year that is none', { hours: [morning], known: [27] }, /^known\.0: a year is written 2027$/],
    ['a year that is not whole', { hours: [morning], known: [2027.5] }, /^known\.0: a year is written 2027$/],
    ['a day both off and worked', { hours: [morning], holidays: ['2026-12-31'], workdays: ['2026-12-31'] }, /^workdays\.0: 2026-12-31 is/],
    ['a complete year without a holiday', { hours: [morning], known: [2027], holidays: ['2026-12-31'] }, /^known\.0: .*2027/],
    ['a misspelt key', { hours: [morning], holiday: [] }, /holiday/],
  ])('refuses %s', (_, file, mistake) => {
    expect(mistakes(file)).toEqual([expect.stringMatching(mistake)]);
  });
});
