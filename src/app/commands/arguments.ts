import { openStates } from '../../domain/appeal.ts';
import { endsAs, readAppealNumber } from '../../domain/appeal-number.ts';
import type { Appeal, Person } from '../tables.ts';
import { type Turn, UserError } from '../turn.ts';
import type { Argument, Call, Command } from './command.ts';
import { firstWord } from './parse.ts';

/** How long the rows of a list may be named by their numbers. */
const listMinutes = 30;

/** Reads what a command was given, as its declaration says; or which of its needs is missing. */
export async function readCall(turn: Turn, command: Command, rest: string): Promise<Call | { missing: Argument }> {
  const takes = (argument: Argument) => command.needs.includes(argument) || command.accepts?.includes(argument) === true;
  let text = rest;
  const take = async <T>(argument: Argument, meant: (turn: Turn, word: string) => Promise<T | undefined>) => {
    if (!takes(argument)) return undefined;
    const { word, after } = firstWord(text);
    const found = await meant(turn, word);
    if (found !== undefined) text = after;
    return found;
  };
  const appeal = await take('appeal', appealMeant);
  const person = await take('person', personMeant);
  const given = { ...(appeal ? { appeal } : {}), ...(person ? { person } : {}), text };
  const missing = command.needs.find((need) => !given[need]);
  return missing === undefined ? given : { missing };
}

/** The appeal that a word means: a row of the last list, a full number, or the ending of an open one's. */
async function appealMeant(turn: Turn, word: string): Promise<Appeal | undefined> {
  const reading = readAppealNumber(word, turn.content.community.prefix);
  if (!reading) return undefined;
  if (reading.form === 'wrong') throw new UserError(turn.say('appeal.wrongNumber', { number: reading.typed }));
  if (reading.form === 'full') {
    const found = await turn.tx.get('appeals', reading.number);
    if (!found) throw new UserError(turn.say('appeal.noSuch', { number: reading.number }));
    return found;
  }
  const row = recentList(turn)?.[Number(reading.ending) - 1];
  if (row !== undefined) return turn.tx.get('appeals', row);
  const open = await turn.tx.find('appeals', { state: openStates }, { by: 'createdAt', descending: true });
  const fitting = open.filter(({ id }) => endsAs(id, reading.ending));
  if (fitting.length > 1) {
    throw new UserError(turn.say('appeal.several', { numbers: fitting.map(({ id }) => id).join(turn.say('list.separator')) }));
  }
  if (!fitting[0]) throw new UserError(turn.say('appeal.noSuch', { number: word }));
  return fitting[0];
}

/** The one person whose name follows "@". */
async function personMeant(turn: Turn, word: string): Promise<Person | undefined> {
  const name = word.replace(/^[@＠]/, '');
  if (name === '') return undefined;
  const found = await turn.tx.find('people', { name });
  if (found.length > 1) throw new UserError(turn.say('staff.severalOfThatName', { name }));
  if (!found[0]) throw new UserError(turn.say('staff.nobodyOfThatName', { name }));
  return found[0];
}

/** The rows of the list that this person was shown last, while it is recent. */
export function recentList(turn: Turn): readonly string[] | undefined {
  const { listed, listedAt } = turn.conversation;
  if (!listed || listedAt === undefined) return undefined;
  return turn.now.getTime() - Date.parse(listedAt) <= listMinutes * 60_000 ? listed : undefined;
}
