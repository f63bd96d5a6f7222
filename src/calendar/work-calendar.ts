import days from 'chinese-days';
import type { WorkCalendar } from '../app/ports.ts';

/**
 * Working days of China: the holidays and worked weekends that the State Council announces each November, as kept by
 * chinese-days. That library says nothing when it does not know a year's; a year without a single holiday is unknown here,
 * and no date in it is promised.
 */
export function chineseWorkCalendar(): WorkCalendar {
  // The library walks through the whole year each time.
  const known = new Map<string, boolean>();
  const isKnown = (year: string) => {
    const answer = known.get(year) ?? days.getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false).length > 0;
    known.set(year, answer);
    return answer;
  };
  return {
    plusWorkingDays(date, wanted) {
      let day = date;
      for (let left = wanted; left > 0; ) {
        day = nextDay(day);
        if (!isKnown(day.slice(0, 4))) return undefined;
        if (days.isWorkday(day)) left--;
      }
      return day;
    },
  };
}

function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
