import { alarmPrefix } from '../../domain/danger/alarm-number.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import type { Say } from './say.ts';
import type { Turn } from './turn.ts';

/** So many characters are read of a message, for danger, numbers and commands: no channel brings more, and work stays bounded. */
export const readAtMost = 20_000;
/** So many characters are kept of one matter, or of what is added to it. */
export const keptAtMost = 4000;
/** … and so many are shown of it, to staff and to whoever said it, with how to read the rest. */
const shownToStaff = 300;
const shownToOwner = 200;

/** What is kept of somebody's words. Where that is not all of them it is noted, and said before anything is confirmed (`tellCut`). */
export function kept(turn: Pick<Turn, 'cut'>, text: string, most = keptAtMost): string {
  if (text.length <= most) return text;
  turn.cut.add(most);
  return beginningOf(text, most);
}

/** Words of residents as staff read them: in one line, a long one shortened, with the command that shows it whole. */
export function briefly(say: Say, text: string, number: string): string {
  const line = oneLine(text);
  if (line.length <= shownToStaff) return line;
  const more = number.startsWith(alarmPrefix) ? 'words.moreAlarm' : 'words.moreStaff';
  return beginningOf(line, shownToStaff) + say(more, { count: line.length, number });
}

/** Somebody's own words as they are shown to them: a long one shortened, with the word that shows it whole. */
export function brieflyOwn(say: Say, text: string): string {
  return text.length <= shownToOwner ? text : beginningOf(text, shownToOwner) + say('words.more', { count: text.length });
}

/** The first characters of a text, never half of one. */
export function beginningOf(text: string, most: number): string {
  return text.slice(0, most).replace(/[\uD800-\uDBFF]$/u, '');
}
