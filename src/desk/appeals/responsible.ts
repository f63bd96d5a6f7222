import { openStates } from '../../domain/appeals/appeal.ts';
import { closenessOf, isWithin } from '../../domain/words/place.ts';
import type { Reply } from '../kernel/message.ts';
import { placesOf } from '../kernel/places.ts';
import type { Person } from '../kernel/rows.ts';
import { actingFor } from '../kernel/staff.ts';
import type { Turn } from '../kernel/turn.ts';
import type { Appeal, Responsibility } from './rows.ts';
import { maySee, toHandler } from './staff.ts';

/** What is asked for: whose a matter of this kind at this place is. */
type Matter = Pick<Appeal, 'category'> & { readonly place?: string };
type Looking = Pick<Turn, 'tx' | 'content'>;

/**
 * The member of staff who handles what comes of a category at a place. What was told most closely counts: a building with a category,
 * a building, a compound or road with a category, a category, a compound or road; of two alike the newest.
 */
export async function responsibleFor({ tx, content }: Looking, matter: Matter): Promise<Person | undefined> {
  const places = placesOf(content);
  const fitting = (await tx.find('responsibilities'))
    .filter(({ category }) => category === undefined || category === matter.category)
    .filter(({ place }) => place === undefined || (matter.place !== undefined && isWithin(matter.place, place, places)))
    .map((row) => ({ row, rank: rankOf(row, content) }))
    .sort((a, b) => b.rank - a.rank || b.row.at.localeCompare(a.row.at));
  for (const { row } of fitting) {
    const person = await tx.get('people', row.person);
    if (person?.role !== undefined && maySee(person, matter, content.categories)) return person;
  }
  return undefined;
}

/** How closely it was told: a building counts more than a category, and that more than a compound or a road. */
function rankOf({ category, place }: Responsibility, content: Looking['content']): number {
  const { fields, building } = place === undefined ? { fields: 0, building: false } : closenessOf(place, placesOf(content));
  return (building ? 200 : 0) + (category === undefined ? 0 : 100) + fields;
}

/** An appeal with whoever is responsible for it as it is now told, while nobody has taken it. */
export async function withHandler(turn: Turn, appeal: Appeal): Promise<Appeal> {
  if (appeal.state !== 'registered') return appeal;
  const { handler: _, ...rest } = appeal;
  const handler = await responsibleFor(turn, appeal);
  return handler ? { ...rest, handler: handler.id } : rest;
}

/** Who acts for the handler of an appeal now. */
async function actingOn({ tx, now }: Pick<Turn, 'tx' | 'now'>, { handler: id }: Appeal): Promise<Person | undefined> {
  const handler = id === undefined ? undefined : await tx.get('people', id);
  return handler?.role === undefined ? undefined : actingFor(tx, now, handler);
}

/** "这件事由网格员小周来办。": what the resident is told; empty where nobody handles it. */
export async function handlerTold(turn: Turn, appeal: Appeal): Promise<string> {
  const acting = await actingOn(turn, appeal);
  return acting ? turn.say('handler.told', { handler: titleOf(turn, acting) }) : '';
}

/** "网格员小周", not "网格员网格员小周". */
function titleOf({ say }: Pick<Turn, 'say'>, { name, role = 'worker' }: Person): string {
  const title = say('handler.title');
  return role === 'director' || name.startsWith(title) ? name : title + name;
}

/** The name of whoever acts for the handler; empty where nobody does. */
export async function handlerName(turn: Turn, appeal: Appeal): Promise<string> {
  return (await actingOn(turn, appeal))?.name ?? '';
}

/** What whoever handles a new appeal reads privately, besides what the staff were told. */
export async function noticeToHandler(turn: Turn, appeal: Appeal, notice: string, told: readonly Reply[]): Promise<Reply[]> {
  if (appeal.handler === undefined) return [];
  const known = new Set([turn.person.id, ...told.flatMap(({ to }) => ('room' in to ? [] : [to.person]))]);
  const yours = await toHandler(turn, appeal, `${turn.say('handler.yours')}\n${notice}`);
  return yours.filter(({ to }) => !('room' in to) && !known.has(to.person));
}

/** What somebody is responsible for, in the words in which it was set. */
export async function mattersOf({ tx, say }: Pick<Turn, 'tx' | 'say'>, person: string): Promise<string> {
  const rows = await tx.find('responsibilities', { person }, { by: 'at' });
  return rows.map(({ name }) => name).join(say('list.separator'));
}

/** How many open appeals somebody has in hand. */
export async function openInHand({ tx }: Pick<Turn, 'tx'>, person: string): Promise<Appeal[]> {
  return (await tx.find('appeals', { state: openStates })).filter(({ handler }) => handler === person);
}
