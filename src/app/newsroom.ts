import { fromShanghai, inShanghai, plusDays, spokenDate } from '../domain/clock-time.ts';
import type { NewsItem, Schedule } from '../domain/knowledge.ts';
import type { Snapshot } from './content.ts';
import { queue } from './deliveries.ts';
import { frozenSince } from './freeze.ts';
import type { Ids, Store, Transaction } from './ports.ts';
import type { Say } from './say.ts';
import { toStaff } from './staff.ts';

/** How far back an edition looks when none went out before it. */
const firstEditionDays = 14;
/** An edition is not begun later than this after its time; then the staff decide. */
const latestStartHours = 2;

/** The items that may be said on a day (yyyy-MM-dd), newest first. */
export function currentNews(news: readonly NewsItem[], today: string): NewsItem[] {
  return news
    .filter((item) => item.date <= today && (item.expires === undefined || item.expires >= today))
    .sort((a, b) => b.date.localeCompare(a.date) || a.id.localeCompare(b.id));
}

/** The last time at or before `now` at which a schedule is due. */
export function lastSlot(schedule: Schedule, now: Date): Date {
  const slotOn = (day: Date) => fromShanghai(inShanghai(day).date, schedule.time);
  const back = (inShanghai(now).weekday - schedule.weekday + 7) % 7;
  const slot = slotOn(plusDays(now, -back));
  return slot <= now ? slot : slotOn(plusDays(slot, -7));
}

/**
 * Plans the editions that are due. An edition's identity is its schedule and day: whoever inserts it first plans it,
 * with its text frozen and one delivery for each group, in one transaction; so it goes out once, whatever happens to
 * clocks and processes.
 */
export async function planEditions(store: Store, content: Snapshot, say: Say, ids: Ids, now: Date): Promise<void> {
  for (const schedule of content.community.schedules) {
    const slot = lastSlot(schedule, now);
    await store.transaction((tx) => planEdition(tx, schedule, slot, { content, say, ids, now }));
  }
}

interface Means {
  readonly content: Snapshot;
  readonly say: Say;
  readonly ids: Ids;
  readonly now: Date;
}

async function planEdition(tx: Transaction, schedule: Schedule, slot: Date, means: Means): Promise<void> {
  const { content, say, ids, now } = means;
  const id = `${schedule.id}/${inShanghai(slot).date}`;
  if ((await tx.get('editions', id)) || (await frozenSince(tx)) !== undefined) return;
  // A group that was bound after the slot has not missed anything.
  const rooms = (await tx.find('rooms', { kind: 'residents' })).filter((room) => (room.boundAt ?? '') <= slot.toISOString());
  if (rooms.length === 0) return;

  const after = await lastSaid(tx, schedule, slot);
  const text = composeEdition(schedule, content.news, slot, after, say, await notesToShow(tx, after));
  const late = now.getTime() - slot.getTime() > latestStartHours * 3_600_000;
  const state = text === undefined || late ? 'skipped' : 'planned';
  await tx.insert('editions', { id, title: schedule.title, text: text ?? '', state, plannedAt: now.toISOString() });
  if (text !== undefined && !late) {
    for (const room of rooms) await queueBroadcast(tx, ids, now, id, room.id, text);
    return;
  }
  const notice = say(text === undefined ? 'news.nothingToSend' : 'news.tooLate', { title: schedule.title, date: spokenDate(slot) });
  for (const reply of await toStaff(tx, notice)) await queue(tx, ids, now, reply);
}

async function queueBroadcast(tx: Transaction, ids: Ids, now: Date, edition: string, room: string, text: string): Promise<void> {
  await tx.insert('deliveries', {
    id: `${edition}/${room}`,
    sequence: await tx.next('delivery'),
    kind: 'broadcast',
    room,
    text,
    edition,
    state: 'queued',
    attempts: 0,
    notBefore: new Date(now.getTime() + ids.chance(10_000)).toISOString(),
    createdAt: now.toISOString(),
  });
}

/** The day (yyyy-MM-dd) up to which news has been said in this schedule's editions. What a skipped edition held is still news. */
async function lastSaid(tx: Transaction, schedule: Schedule, slot: Date): Promise<string> {
  const said = (await tx.find('editions', { state: 'planned' })).map(({ id }) => id.split('/')).filter(([name]) => name === schedule.id);
  const beginning = inShanghai(plusDays(slot, -firstEditionDays)).date;
  return said.reduce((latest, [, day = '']) => (day > latest ? day : latest), beginning);
}

/** Notes of the 留言板 that were answered since the day `after` and whose authors let them be shown, without their names. */
async function notesToShow(tx: Transaction, after: string): Promise<{ what: string; result: string }[]> {
  const done = await tx.find('appeals', { mayPublish: true, state: ['resolved', 'archived'] });
  return done
    .filter(({ resolvedAt, result }) => resolvedAt !== undefined && inShanghai(new Date(resolvedAt)).date > after && result !== undefined)
    .map(({ what, result = '' }) => ({ what, result }));
}

/** The text of an edition: the items since the day `after` by category, then the notes; undefined when there is nothing to say. */
function composeEdition(
  schedule: Schedule,
  news: readonly NewsItem[],
  slot: Date,
  after: string,
  say: Say,
  notes: readonly { what: string; result: string }[],
): string | undefined {
  const today = inShanghai(slot).date;
  const fresh = currentNews(news, today).filter((item) => item.date > after);
  const sections = schedule.categories.flatMap((category) => {
    const items = fresh.filter((item) => item.category === category);
    if (items.length === 0) return [];
    const lines = items.map((item) => say('edition.item', { title: item.title, text: item.text }));
    return [say('edition.section', { category, items: lines.join('\n') })];
  });
  if (notes.length > 0) {
    const items = notes.map(({ what, result }) => say('edition.note', { what, result })).join('\n');
    sections.push(say('edition.section', { category: say('edition.board'), items }));
  }
  if (sections.length === 0) return undefined;
  return say('edition.whole', { title: schedule.title, date: spokenDate(slot), sections: sections.join('\n\n') });
}
