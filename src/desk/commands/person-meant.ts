import { bareName } from '../../domain/people/name.ts';
import { readToken } from '../../domain/people/token.ts';
import type { Command } from '../kernel/command.ts';
import type { Person } from '../kernel/rows.ts';
import { type Turn, UserError } from '../kernel/turn.ts';
import { firstWord } from './parse.ts';
import { recentList } from './recent-list.ts';
import { whoIs } from './who.ts';

/** No nickname of WeChat is longer. */
const nameAtMost = 64;
/** At most this many are offered when several fit. */
const offeredAtMost = 9;
/** WeChat puts this blank behind a name that was picked from the list of members. */
const picked = '\u2005';

/** Several people fit a name: whoever wrote it is asked which, by row. */
export class SeveralPeople extends UserError {
  readonly people: readonly string[];
  constructor(message: string, people: readonly string[]) {
    super(message);
    this.people = people;
  }
}

/** Who stands at the beginning of a text, and what follows. */
export interface PersonRead {
  readonly person: Person;
  readonly after: string;
}

export type PersonTraits = Pick<Command, 'needs' | 'accepts' | 'colleague'>;

/**
 * The one person who is named at the beginning of a text: "@名字", 我, a token; of the staff also the row in which the list showed them.
 * A name is the longest that anybody is known by, with all that is in it, or it is nobody's. @param chosen who was chosen when several fitted
 * @throws UserError when "@" stands before nobody's name; SeveralPeople when several fit
 */
export async function personMeant(turn: Turn, text: string, traits: PersonTraits, chosen?: string): Promise<PersonRead | undefined> {
  const { me } = turn.content.staffWords;
  const at = /^[@＠]\s*(?=\S)/u.exec(text)?.[0] ?? '';
  const { word, after } = firstWord(text.slice(at.length));
  if (me.includes(word)) return { person: turn.person, after };
  const row = at === '' && traits.colleague ? await staffInRow(turn, word, traits) : undefined;
  if (row) return { person: row, after };
  const known = await turn.tx.find('people');
  const token = readToken(word);
  const bearer = token === undefined ? [] : known.filter((person) => person.token === token);
  if (bearer.length > 0) return only(turn, word, [{ name: word, people: bearer, after }], chosen);
  if (at === '' && !traits.needs.includes('person')) return undefined;
  const fits = namesAt(text.slice(at.length), known);
  const [longest] = fits;
  // A word without "@" that is nobody's name is some other argument, or text.
  if (!longest && at === '') return undefined;
  if (!longest) throw new UserError(turn.say('staff.nobodyOfThatName', { name: word.slice(0, 20) }));
  const meant = [
    longest,
    ...fits.slice(1).filter(({ after: rest }) => isArgument(turn, rest.slice(0, rest.length - longest.after.length))),
  ];
  return only(
    turn,
    longest.name,
    meant.map((fit) => ({ ...fit, people: preferred(turn, fit.people, traits) })),
    chosen,
  );
}

/** People of a name that a text begins with, and what follows it. */
interface Fit {
  readonly name: string;
  readonly people: readonly Person[];
  readonly after: string;
}

/** The longest name of anybody known that a text begins with. It ends where a word does. */
export function longestName(text: string, known: readonly Person[]): Fit | undefined {
  return namesAt(text, known)[0];
}

/** The names of people known that a text begins with, the longest first. */
function namesAt(text: string, known: readonly Person[]): Fit[] {
  const called = new Map<string, Person[]>();
  for (const person of known) {
    const bare = bareName(person.name);
    if (bare !== '') called.set(bare, [...(called.get(bare) ?? []), person]);
  }
  return endsIn(text).flatMap((end) => {
    const people = called.get(bareName(text.slice(0, end)));
    return people ? [{ name: text.slice(0, end), people, after: text.slice(end).replace(/^[\s\u2005，,：:；;、]+/u, '') }] : [];
  });
}

/** Whether the words by which a name is longer than another may be meant for the command: whoever is called "张奶奶 60分" is asked about. */
function isArgument({ content }: Turn, words: string): boolean {
  const { undo, reason, due } = content.staffWords;
  return /\d/.test(words.normalize('NFKC')) || [...undo, ...reason, ...due].some((word) => words.trim().startsWith(word));
}

/** Where a name at the beginning of a text may end, the last first. A name that was picked from the members ends where WeChat says. */
function endsIn(text: string): number[] {
  const beginning = text.slice(0, nameAtMost);
  const told = beginning.indexOf(picked);
  if (told > 0) return [told];
  const ends = [...beginning.matchAll(/[\s，,：:；;、。]/gu)].map(({ index }) => index);
  return [...ends, ...(beginning.length === text.length ? [text.length] : [])].reverse();
}

/** A resident who calls himself like one of the staff must not stand in the way; whoever was found again since the last login stands before who was not. */
function preferred(turn: Turn, people: readonly Person[], { colleague = false }: PersonTraits): readonly Person[] {
  const staff = people.filter(({ role }) => role !== undefined);
  if (colleague && staff.length > 0) return staff;
  const here = turn.secrets ? people.filter(({ reachable, role }) => reachable || role !== undefined) : [];
  return here.length > 0 ? here : people;
}

async function only(turn: Turn, name: string, fits: readonly Fit[], chosen: string | undefined): Promise<PersonRead> {
  const people = fits.flatMap((fit) => fit.people.map((person) => ({ person, after: fit.after })));
  const [first, ...others] = people;
  const meant = others.length === 0 ? first : people.find(({ person }) => person.id === chosen);
  if (meant) return meant;
  const offered = people.slice(0, offeredAtMost).map(({ person }) => person);
  const lines = await Promise.all(offered.map(async (each, row) => turn.say('who.row', { row: row + 1, who: await whoIs(turn, each) })));
  throw new SeveralPeople(
    turn.say('who.which', { name: name.slice(0, 20), lines: lines.join('\n') }),
    offered.map(({ id }) => id),
  );
}

/** "2": the second of the staff as they were listed last, for commands in which a number means nothing else. */
async function staffInRow(turn: Turn, word: string, { needs, accepts = [] }: PersonTraits): Promise<Person | undefined> {
  const row = /^第?(\d{1,2})$/u.exec(word.normalize('NFKC'))?.[1];
  if (row === undefined || [...needs, ...accepts].some((each) => each === 'appeal' || each === 'row')) return undefined;
  const rows = recentList(turn, 'people');
  if (!rows) throw new UserError(turn.say('who.noList'));
  const [id = ''] = rows[Number(row) - 1] ?? [];
  const person = await turn.tx.get('people', id);
  if (!person) throw new UserError(turn.say('who.noRow', { row }));
  return person;
}
