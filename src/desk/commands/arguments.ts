import { alarmPrefix } from '../../domain/danger/alarm-number.ts';
import { inShanghai, spokenDayOf } from '../../domain/time/clock-time.ts';
import { lastDays, type Period, readPeriod } from '../../domain/time/period.ts';
import { readDays, readDueDay, readMinutes } from '../../domain/time/spoken-time.ts';
import type { Argument, Call, Command } from '../kernel/command.ts';
import { type Turn, UserError } from '../kernel/turn.ts';
import { firstNumber, firstWord } from './parse.ts';
import { personMeant } from './person-meant.ts';

/** At most this many are named when several fit. */
const namedAtMost = 5;

/** How an argument is recognised in one word; undefined when the word is not one. Rooms bring readers for what is theirs. */
export type Reader<A extends Argument> = (turn: Turn, word: string, command: Command) => Promise<Call[A] | undefined> | Call[A] | undefined;

export type Readers = { readonly [A in Exclude<Argument, 'text' | 'person'>]: Reader<A> };

/** The arguments that are nobody's in particular. Text is what is left. */
export const plainReaders: Omit<Readers, 'appeal' | 'into' | 'alarm'> = {
  topic: topicMeant,
  fact: factMeant,
  due: dueMeant,
  days: (_, word) => readDays(word),
  minutes: (_, word) => readMinutes(word),
  period: periodMeant,
  row: (_, word) => (/^\d{1,2}$/.test(word.normalize('NFKC')) ? Number(word.normalize('NFKC')) : undefined),
};

/**
 * Reads what a command was given, as its declaration says and in any order; or which of its needs is missing.
 * @param chosen the person who was chosen when several fitted the name
 */
export async function readCall(
  turn: Turn,
  command: Command,
  rest: string,
  readers: Readers,
  chosen?: string,
): Promise<Call | { missing: Argument }> {
  const wanted = [...new Set([...command.needs, ...(command.accepts ?? [])])].filter((argument) => argument !== 'text');
  const given: Record<string, unknown> = {};
  // "1-5", "1到3": several rows, of which a command does one.
  if (wanted.includes('appeal') && !wanted.includes('into') && range.test(rest)) throw new UserError(turn.say('appeal.oneByOne'));
  let text = wanted.includes('due') ? withLabelsClosed(rest, turn.content.staffWords.due) : rest;
  for (let found = true; found; ) {
    found = false;
    for (const argument of wanted) {
      if (given[argument] !== undefined) continue;
      const left = argument === 'into' ? withoutFirst(text, turn.content.staffWords.into) : text;
      const { value, after } =
        argument === 'person' ? await personAt(turn, left, command, chosen) : await valueAt(turn, left, command, readers, argument);
      if (value === undefined) continue;
      given[argument] = value;
      text = after;
      // "/办结 1、2 都好了" must not close the first and tell its resident "2 都好了".
      if (
        argument === 'appeal' &&
        !wanted.some((each) => each !== 'appeal' && numbered.includes(each)) &&
        /^(?:[A-Z]{1,4})?\d{1,4}(?:[\s、，,]|$)/iu.test(after)
      )
        throw new UserError(turn.say('appeal.oneByOne'));
      found = true;
      break;
    }
  }
  text = withoutLabel(text, turn.content.staffWords.reason) ?? text;
  const missing = command.needs.find((need) => (need === 'text' ? text === '' : given[need] === undefined));
  if (missing === undefined) return { ...given, text };
  // "/接管 张三丰": there is a name, and nobody has it.
  const takesText = [...command.needs, ...(command.accepts ?? [])].includes('text');
  if (missing === 'person' && text !== '' && !takesText)
    throw new UserError(turn.say('staff.nobodyOfThatName', { name: text.slice(0, 20) }));
  return { missing };
}

const range = /^\s*第?\d{1,3}\s*(?:[-—–~～&+]|到|至|和|跟|与)\s*第?\d{1,3}(?![\d栋楼号])/u;

/** The value of an argument that a text begins with, and what follows it. */
async function valueAt(turn: Turn, text: string, command: Command, readers: Readers, argument: keyof Readers) {
  const { word, after } = numbered.includes(argument)
    ? firstNumber(text, `${turn.content.community.prefix}|${alarmPrefix}`)
    : firstWord(text);
  return { value: word === '' ? undefined : await readers[argument](turn, word, command), after };
}

async function personAt(turn: Turn, text: string, command: Command, chosen: string | undefined) {
  const read = text === '' ? undefined : await personMeant(turn, text, command, chosen);
  return { value: read?.person, after: read?.after ?? '' };
}

/** Arguments that begin with a number, which may run on into what follows: "0018马上来", "2，已清运". */
const numbered: readonly Argument[] = ['appeal', 'into', 'alarm', 'row'];

/** "期:周五下班前", or a word that is a day by itself. What is labelled and is no day to come is refused: it would become a note. */
function dueMeant(turn: Turn, word: string): string | undefined {
  const labelled = withoutLabel(word, turn.content.staffWords.due);
  const today = inShanghai(turn.now).date;
  const day = readDueDay(labelled ?? word, today, (days) => {
    const by = turn.time.plusDays(turn.now, days);
    return by && inShanghai(by).date;
  });
  if (labelled === undefined) return day !== undefined && day >= today ? day : undefined;
  if (day === undefined) throw new UserError(turn.say('due.unreadable', { word: labelled.slice(0, 20) }));
  if (day < today) throw new UserError(turn.say('due.passed', { day: spokenDayOf(day, today) }));
  return day;
}

/** "期:周五" without its label; undefined when it has none. */
function withoutLabel(word: string, labels: readonly string[]): string | undefined {
  const label = labels.find((each) => word.startsWith(each) && /^[:：]/.test(word.slice(each.length)));
  return label === undefined ? undefined : word.slice(label.length + 1).trim();
}

/** "期: 周五" → "期:周五", so that the day stays with its label. */
function withLabelsClosed(text: string, labels: readonly string[]): string {
  return text.replace(new RegExp(`(^|\\s)(${labels.join('|')})\\s*[:：]\\s*`, 'gu'), '$1$2:');
}

function withoutFirst(text: string, words: readonly string[]): string {
  const found = words.find((word) => text.startsWith(word));
  return found === undefined ? text : text.slice(found.length).trimStart();
}

/** A topic by its id, its title, or words that stand in just one title. */
function topicMeant(turn: Turn, word: string): string | undefined {
  const { titles } = turn.content;
  if (titles.has(word)) return word;
  const fitting = [...titles].filter(([, title]) => title === word || (word.length >= 2 && title.includes(word)));
  const exact = fitting.find(([, title]) => title === word);
  if (exact) return exact[0];
  if (fitting.length > 1) {
    const named = fitting.slice(0, namedAtMost).map(([, title]) => title);
    throw new UserError(turn.say('knowledge.severalTopics', { word, titles: named.join(turn.say('list.separator')) }));
  }
  return fitting[0]?.[0];
}

function factMeant(turn: Turn, word: string): string | undefined {
  return turn.content.local.has(word) ? word : undefined;
}

const weekDays = 7;
const monthDays = 30;

/** The days that are meant when no period is named. */
export const lastDaysMeant = ({ now }: Pick<Turn, 'now'>) => lastDays(weekDays, now);

/** "周" and "月" are so many days back from today; a name means the week or month of the calendar. */
function periodMeant({ content, now }: Turn, word: string): Period | undefined {
  if (content.staffWords.week.includes(word)) return lastDays(weekDays, now);
  if (content.staffWords.month.includes(word)) return lastDays(monthDays, now);
  return readPeriod(word, now);
}
