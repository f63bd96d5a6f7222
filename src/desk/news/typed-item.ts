import { readItem } from '../../domain/news/news-item.ts';
import { inShanghai, spokenDayOf } from '../../domain/time/clock-time.ts';
import { readDueDay } from '../../domain/time/spoken-time.ts';
import { type Turn, UserError } from '../kernel/turn.ts';
import { categoriesOf } from './items.ts';
import { pictureOfJustNow } from './pictures.ts';
import type { StaffItem } from './rows.ts';

/** Two messages of an edition: nobody reads more about one thing. */
const longestItem = 1200;

/** Notes an item down, with the picture that its author sent just before. */
export async function keepItem(
  turn: Turn,
  words: Pick<StaffItem, 'title' | 'text' | 'category'> & Partial<Pick<StaffItem, 'expires' | 'publishedAt' | 'urgent'>>,
): Promise<StaffItem> {
  const item: StaffItem = {
    id: turn.ids.id(),
    ...words,
    date: inShanghai(turn.now).date,
    files: await pictureOfJustNow(turn),
    by: turn.person.id,
    at: turn.now.toISOString(),
  };
  await turn.tx.insert('newsItems', item);
  return item;
}

/** What was typed, with its labels understood. @throws UserError when one is not */
export function typedItem(turn: Turn, typed: string): { title: string; text: string; category?: string; expires?: string } {
  const { title, text, category, expires } = readItem(typed, turn.content.staffWords);
  if (title.length + text.length > longestItem) throw new UserError(turn.say('newsItem.tooLong', { most: longestItem }));
  const known = categoriesOf(turn.content);
  const fitting =
    category === undefined ? undefined : known.find((each) => each === category || (category.length >= 2 && each.includes(category)));
  if (category !== undefined && fitting === undefined)
    throw new UserError(
      turn.say('newsItem.whichCategory', { category: category.slice(0, 20), known: known.join(turn.say('list.separator')) }),
    );
  const today = inShanghai(turn.now).date;
  const until = expires === undefined ? undefined : readDueDay(expires, today, (days) => workingDay(turn, days));
  if (expires !== undefined && until === undefined) throw new UserError(turn.say('newsItem.whichDay', { day: expires.slice(0, 20) }));
  if (until !== undefined && until < today) throw new UserError(turn.say('newsItem.whichDay', { day: dayOf(turn, until) }));
  return {
    title,
    text,
    ...(fitting === undefined ? {} : { category: fitting }),
    ...(until === undefined ? {} : { expires: until }),
  };
}

function workingDay({ time, now }: Turn, days: number): string | undefined {
  const by = time.plusDays(now, days);
  return by && inShanghai(by).date;
}

/** The category of what nobody gave one: the first of the first broadcast. */
export function usualCategory({ content }: Turn): string {
  return content.broadcasts.broadcasts[0]?.categories[0] ?? '';
}

/** A date (yyyy-MM-dd) as it is said today. */
export function dayOf({ now }: Pick<Turn, 'now'>, date: string): string {
  return spokenDayOf(date, inShanghai(now).date);
}
