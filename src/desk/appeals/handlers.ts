import type { Category } from '../../domain/content/knowledge.ts';
import type { Place } from '../../domain/words/place.ts';
import type { Command } from '../kernel/command.ts';
import { placesOf } from '../kernel/places.ts';
import type { Person } from '../kernel/rows.ts';
import { awayNow, may } from '../kernel/staff.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { awayTold } from './absences.ts';
import { keep } from './moves.ts';
import { mattersOf, openInHand, responsibleFor } from './responsible.ts';
import type { Responsibility } from './rows.ts';

/** What somebody can be responsible for. */
type Matter = Pick<Responsibility, 'id' | 'name' | 'category' | 'place'>;

/** 负责: who handles what comes of a kind, or at a place: shown to all, set by the director. */
export const handlers: Command = {
  id: 'handlers',
  colleague: true,
  role: 'worker',
  needs: [],
  accepts: ['person', 'text'],
  open: true,
  async run(turn, { person, text }) {
    const { removed, words } = withoutRemoval(turn, text);
    if (!removed && words === '') return [here(turn, person ? await ownOf(turn, person) : await allOf(turn))];
    if (!removed && !person) return [here(turn, await whoseAre(turn, readMatters(turn, words)))];
    if (!may(turn.person, 'director')) throw new UserError(turn.say('handler.onlyDirector'));
    const matters = words === '' ? [] : readMatters(turn, words);
    if (removed) return [here(turn, await remove(turn, person, matters))];
    if (!person) return [];
    if (person.role === undefined) throw new UserError(turn.say('staff.notStaff', { name: person.name }));
    return [here(turn, await set(turn, person, matters))];
  },
};

async function set(turn: Turn, person: Person, matters: readonly Matter[]): Promise<string> {
  const before: string[] = [];
  for (const matter of matters) {
    const known = await turn.tx.get('responsibilities', matter.id);
    const holder = known && known.person !== person.id ? await turn.tx.get('people', known.person) : undefined;
    if (holder) before.push(turn.say('handler.was', { matter: matter.name, name: holder.name }));
    await turn.tx.put('responsibilities', { ...matter, person: person.id, at: turn.now.toISOString() });
  }
  const done = turn.say('handler.set', { name: person.name, matters: namesOf(turn, matters) });
  return [done, ...before, await awayTold(turn, person)].filter((line) => line !== '').join('\n');
}

/** Takes matters back from whoever has them; of one person without naming any, all. */
async function remove(turn: Turn, person: Person | undefined, matters: readonly Matter[]): Promise<string> {
  const meant = new Set(matters.map(({ id }) => id));
  const rows = (await turn.tx.find('responsibilities')).filter(
    (row) => (person === undefined || row.person === person.id) && (meant.size === 0 ? person !== undefined : meant.has(row.id)),
  );
  if (rows.length === 0) {
    if (person && matters.length === 0) throw new UserError(turn.say('handler.noneOf', { name: person.name }));
    throw new UserError(matters.length === 0 ? await allOf(turn) : turn.say('handler.notSet', { matter: namesOf(turn, matters) }));
  }
  for (const { id } of rows) await turn.tx.remove('responsibilities', id);
  return turn.say('handler.removed', { matters: namesOf(turn, rows) });
}

async function allOf(turn: Turn): Promise<string> {
  const rows = await turn.tx.find('responsibilities');
  const holders = [...new Set(rows.map(({ person }) => person))];
  const lines = await Promise.all(
    holders.map(async (id) => {
      const name = (await turn.tx.get('people', id))?.name ?? '';
      const away = (await awayNow(turn.tx, turn.now, id)) ? turn.say('handler.awayMark') : '';
      return turn.say('handler.line', { name: name + away, matters: await mattersOf(turn, id) });
    }),
  );
  return lines.length === 0 ? turn.say('handler.none') : turn.say('handler.whole', { lines: lines.join('\n') });
}

async function ownOf(turn: Turn, { id, name }: Person): Promise<string> {
  const matters = await mattersOf(turn, id);
  return matters === '' ? turn.say('handler.noneOf', { name }) : turn.say('handler.line', { name, matters });
}

/** To whom matters would go that come now. */
async function whoseAre(turn: Turn, matters: readonly Matter[]): Promise<string> {
  const lines = await Promise.all(
    matters.map(async ({ name, category = '', place }) => {
      const person = await responsibleFor(turn, { category, ...(place === undefined ? {} : { place }) });
      return person ? turn.say('handler.whose', { matter: name, name: person.name }) : turn.say('handler.nobodys', { matter: name });
    }),
  );
  return lines.join('\n');
}

/** "取消 3栋", "3栋 取消" → whether it is taken back, and what. */
function withoutRemoval({ content }: Turn, text: string): { removed: boolean; words: string } {
  const undo = content.staffWords.undo.join('|');
  const words = text.replace(new RegExp(`^(?:${undo})(?=\\s|$)|(?<=\\s)(?:${undo})$`, 'iu'), '').trim();
  return { removed: words !== text.trim(), words };
}

/** "3栋|阳光花园|路灯", "1-5栋、3栋路灯". @throws UserError for what is neither a place nor a kind */
function readMatters(turn: Turn, text: string): Matter[] {
  const words = text.split(/[|｜,，;；\s]+|(?<!\d)、|、(?!\d)/u).filter((word) => word !== '');
  return words.map((word) => readMatter(turn, word));
}

function readMatter(turn: Turn, word: string): Matter {
  const { content } = turn;
  const plain = content.simplify(word.normalize('NFKC'));
  const found = placesOf(content).find(plain);
  const place = found && plain.startsWith(found.text) ? found : undefined;
  const kind = plain.slice(place?.text.length ?? 0).replace(/^的/u, '');
  const category = kind === '' ? undefined : categoryCalled(turn, kind);
  return {
    id: `${category?.id ?? ''}/${place ? fieldsOf(place) : ''}`,
    name: word,
    ...(category ? { category: category.id } : {}),
    ...(place ? { place: place.text } : {}),
  };
}

/** The fields of a place, so that "3栋" and "三幢" are one. */
function fieldsOf({ text: _, ...fields }: Place): string {
  return Object.entries(fields)
    .map(([field, said]) => `${field}=${said}`)
    .sort()
    .join(' ');
}

/** The kind of grievances that a word means, as it stands in its title. @throws UserError when none or several do */
function categoryCalled({ content, say }: Turn, word: string): Category {
  const all = [...content.categories.values()];
  const parts = (title: string) => title.split(say('list.separator'));
  const exact = all.filter(({ title }) => title === word || parts(title).includes(word));
  const fitting = exact.length > 0 ? exact : all.filter(({ title }) => title.includes(word));
  const [only, ...others] = fitting;
  if (only && others.length === 0) return only;
  if (only) throw new UserError(say('handler.whichCategory', { word: word.slice(0, 20), titles: titlesOf(fitting, say) }));
  const known = all.filter(({ discreet }) => !discreet).map(({ title }) => parts(title)[0] ?? '');
  throw new UserError(say('handler.whatIsIt', { word: word.slice(0, 20), known: known.join(say('list.separator')) }));
}

function titlesOf(categories: readonly Category[], say: Turn['say']): string {
  return categories.map(({ title }) => say('handler.quoted', { title })).join('');
}

function namesOf({ say }: Pick<Turn, 'say'>, matters: readonly Pick<Matter, 'name'>[]): string {
  return matters.map(({ name }) => name).join(say('list.separator'));
}

/** What it takes to let somebody leave the staff: a turn has it all, and whoever sits at the computer. */
export type Leaving = Pick<Turn, 'tx' | 'say' | 'time'> & Partial<Pick<Turn, 'changed'>>;

/** Takes from somebody who leaves the staff all that they were responsible for, had in hand and stood in for. @returns what became free */
export async function dropHandler(turn: Leaving, person: Person): Promise<{ matters: string; cases: string }> {
  const { tx, say } = turn;
  const rows = await tx.find('responsibilities', { person: person.id }, { by: 'at' });
  for (const { id } of rows) await tx.remove('responsibilities', id);
  const cases = await openInHand(turn, person.id);
  for (const { handler: _, ...appeal } of cases) await keep({ ...turn, ...(turn.changed ? { before: turn.changed } : {}) }, appeal);
  await tx.remove('absences', person.id);
  for (const { deputy, ...row } of await tx.find('absences')) if (deputy === person.id) await tx.put('absences', row);
  const matters = namesOf(turn, rows);
  return {
    matters: rows.length === 0 ? '' : say('handler.left', { name: person.name, matters, first: rows[0]?.name ?? '' }),
    cases: cases.length === 0 ? '' : say('handler.leftCases', { name: person.name, count: cases.length }),
  };
}
