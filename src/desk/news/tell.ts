import { inShanghai, spokenDayOf } from '../../domain/time/clock-time.ts';
import type { Turn } from '../kernel/turn.ts';
import { type Entry, isOver } from './items.ts';

/** Items as a resident reads them, with their days; of what is over it is said that it is. */
export function itemTexts({ now, say }: Pick<Turn, 'now' | 'say'>, items: readonly Entry[]): string {
  const today = inShanghai(now).date;
  const day = (date: string) => spokenDayOf(date, today);
  return items
    .map((item) => {
      const { title, text, expires = '' } = item;
      const date = day(item.date);
      return isOver(item, today)
        ? say('bulletin.over', { title, text, date, expires: day(expires) })
        : say('news.item', { title, text, date });
    })
    .join('\n\n');
}
