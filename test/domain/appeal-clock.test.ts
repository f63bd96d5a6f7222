import { describe, expect, test } from '@jest/globals';
import { chineseWorkCalendar } from '../../src/adapters/calendar/work-calendar.ts';
import {
  afterPause,
  type Clocked,
  deadlinesOf,
  dueOf,
  isLate,
  nextWake,
  remindersUntil,
  type Wake,
  withDay,
} from '../../src/domain/appeals/appeal-clock.ts';
import { workingTime } from '../../src/domain/time/working-time.ts';

const calendar = chineseWorkCalendar({ known: [], holidays: [], workdays: [] });
const time = workingTime(
  {
    spans: [
      { from: '08:30', to: '12:00' },
      { from: '14:00', to: '17:30' },
    ],
  },
  calendar.isWorkingDay,
);
const at = (local: string) => new Date(`${local.replace(' ', 'T')}:00+08:00`);
const begun = (local: string, kind: '咨询' | '投诉' = '投诉', urgent = false): Clocked => ({
  state: 'registered',
  urgent,
  createdAt: at(local).toISOString(),
  startedAt: at(local).toISOString(),
  ...deadlinesOf(kind, urgent, at(local), time),
  told: [],
});
const wakes = (appeal: Clocked) =>
  dueOf(appeal, time).map(({ what, at }): [Wake, string] => [
    what,
    new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' '),
  ]);

describe('the clock of an appeal', () => {
  test('a complaint of Monday morning: first word on Tuesday, an answer a week later', () => {
    expect(wakes(begun('2026-11-23 10:00'))).toEqual([
      ['firstWord', '2026-11-24 17:30'],
      ['half', '2026-11-26 09:15'],
      ['most', '2026-11-27 16:24'],
      ['due', '2026-11-30 17:30'],
      ['overdue', '2026-12-03 17:30'],
      ['outer', '2027-01-22 10:00'],
    ]);
  });

  test('reminders wait for the digest of their day; only an urgent one that nobody has said a word to does not', () => {
    const usual = begun('2026-11-23 10:00');
    expect(nextWake(usual, time)).toBeUndefined();
    expect(remindersUntil(at('2026-11-24 17:29'), usual, time)).toEqual([]);
    expect(remindersUntil(at('2026-11-25 00:00'), usual, time)).toEqual(['firstWord']);
    expect(remindersUntil(at('2026-12-01 00:00'), { ...usual, told: ['firstWord'] }, time)).toEqual(['half', 'most', 'due']);
    const urgent = begun('2026-11-23 10:00', '投诉', true);
    expect(nextWake(urgent, time)).toEqual({ what: 'firstWord', at: at('2026-11-23 10:30') });
    expect(remindersUntil(at('2026-11-25 00:00'), urgent, time)).toEqual([]);
  });

  test('a question is answered on the next working day', () => {
    expect(begun('2026-11-27 16:00', '咨询').answerBy).toBe(at('2026-11-30 17:30').toISOString());
  });

  test('an urgent one wants a word within half an hour, also at night', () => {
    expect(begun('2026-11-28 23:50', '投诉', true).firstWordBy).toBe(at('2026-11-29 00:20').toISOString());
  });

  test('over the National Day holiday nothing falls due', () => {
    expect(begun('2026-09-30 10:00').answerBy).toBe(at('2026-10-13 17:30').toISOString());
  });

  test('a deadline in a year whose holidays are not known is not promised', () => {
    expect(begun('2026-12-30 10:00').answerBy).toBeUndefined();
  });

  test('after another day was set reminders are given again, but none whose moment has passed', () => {
    const late: Clocked = { ...begun('2026-11-23 10:00'), firstWordAt: '', told: ['half', 'most', 'due'] };
    const later = withDay(late, at('2026-12-04 17:30'), at('2026-12-01 10:00'), time);
    expect(wakes(later)).toEqual(
      expect.arrayContaining([
        ['most', '2026-12-03 08:48'],
        ['due', '2026-12-04 17:30'],
        ['overdue', '2026-12-09 17:30'],
      ]),
    );
    expect(later.told).toEqual(['half']);
    const sooner = withDay(late, at('2026-11-27 17:30'), at('2026-11-26 10:00'), time);
    expect(sooner.told).toEqual(['half']);
  });

  test('while it waits for the resident the clock stands still, three working days at most', () => {
    const waiting: Clocked = { ...begun('2026-11-23 10:00'), state: 'waiting_resident', pausedAt: at('2026-11-24 10:00').toISOString() };
    expect(wakes(waiting)).toEqual([['waited', '2026-11-27 17:30']]);
    expect(afterPause(waiting.answerBy ?? '', waiting.pausedAt ?? '', at('2026-11-25 10:00'), time)).toBe(
      at('2026-12-01 17:30').toISOString(),
    );
  });

  test('what is done is asked about once the next morning and archived after a week', () => {
    const done: Clocked = { ...begun('2026-11-23 10:00'), state: 'resolved', resolvedAt: at('2026-11-24 20:00').toISOString() };
    expect(wakes(done)).toEqual([
      ['nudge', '2026-11-25 10:00'],
      ['archive', '2026-12-01 20:00'],
    ]);
  });

  test('an answer is late after it was due, while nobody waits for the resident and it is open', () => {
    const appeal = begun('2026-11-23 10:00');
    expect(isLate(appeal, at('2026-11-30 17:30'))).toBe(false);
    expect(isLate(appeal, at('2026-11-30 17:31'))).toBe(true);
    expect(isLate({ ...appeal, state: 'waiting_resident' }, at('2026-11-30 17:31'))).toBe(false);
    expect(isLate({ ...appeal, state: 'resolved' }, at('2026-11-30 17:31'))).toBe(false);
  });
});
