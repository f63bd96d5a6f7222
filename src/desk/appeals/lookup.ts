import { openStates } from '../../domain/appeals/appeal.ts';
import { endingIn, readAppealNumber } from '../../domain/appeals/appeal-number.ts';
import { recentList } from '../commands/recent-list.ts';
import { type Turn, UserError } from '../kernel/turn.ts';
import type { Appeal } from './rows.ts';
import { maySee } from './staff.ts';

/** At most this many are named when several fit. */
const namedAtMost = 5;

/** The appeal that a word means: a row of the last list, a full number, or the ending of one, an open one first. */
export async function appealMeant(turn: Turn, word: string): Promise<Appeal | undefined> {
  if (readAppealNumber(word, turn.content.community.prefix) === undefined) return undefined;
  const found = await appealByNumber(turn, word);
  if (!found) throw new UserError(turn.say('appeal.noSuch', { number: word.slice(0, 20) }));
  return found;
}

/** The same, where no such number is no mistake: it may be the ending of a telephone number. */
export async function appealByNumber(turn: Turn, word: string): Promise<Appeal | undefined> {
  const reading = readAppealNumber(word, turn.content.community.prefix);
  if (!reading) return undefined;
  if (reading.form === 'wrong') throw new UserError(turn.say('appeal.wrongNumber', { number: reading.typed }));
  const seen = (appeal: Appeal | undefined) => (appeal && maySee(turn.person, appeal, turn.content.categories) ? appeal : undefined);
  if (reading.form === 'full') return seen(await turn.tx.get('appeals', reading.number));
  const rows = recentList(turn, 'appeals');
  if (rows && reading.ending.length <= 2 && !reading.ending.startsWith('0')) {
    // While a list is at hand a small number is a row of it, and never by accident some appeal's ending.
    const [id] = rows[Number(reading.ending) - 1] ?? [];
    if (id === undefined) throw new UserError(turn.say('appeal.noRow', { row: reading.ending, count: rows.length }));
    return seen(await turn.tx.get('appeals', id));
  }
  const all = await turn.tx.find('appeals', {}, { by: 'createdAt', descending: true });
  const ending = endingIn(
    all.filter((appeal) => seen(appeal) !== undefined),
    reading.ending,
  );
  const open = ending.filter(({ state }) => openStates.includes(state));
  const fitting = open.length > 0 ? open : ending;
  if (fitting.length > 1) {
    const numbers = fitting.slice(0, namedAtMost).map(({ id }) => id);
    throw new UserError(turn.say('appeal.several', { numbers: numbers.join(turn.say('list.separator')) }));
  }
  return fitting[0];
}
