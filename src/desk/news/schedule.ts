import type { Broadcast } from '../../domain/content/knowledge.ts';
import { plusDays, spokenDate } from '../../domain/time/clock-time.ts';
import { lastSlot } from '../../domain/time/schedule.ts';
import type { Chore } from '../kernel/chore.ts';
import type { App } from '../kernel/desk.ts';
import { inTransaction } from '../kernel/in-transaction.ts';
import { isMarked, markOnce } from '../kernel/marks.ts';
import type { Transaction } from '../kernel/ports.ts';
import { toStaff } from '../kernel/staff.ts';
import { queue } from '../sending/deliveries.ts';
import { frozenSince } from '../sending/freeze.ts';
import { audienceOf, begin, isTooLate } from './broadcast.ts';
import { type Composed, compose, editionId, type Means, picturesOf } from './edition.ts';
import type { Edition } from './rows.ts';
import { strayEdition } from './target.ts';

/** What the newsroom needs while nobody speaks. */
export function meansOf(app: App, tx: Transaction, now: Date): Means {
  return { tx, now, ids: app.ids, say: app.say, content: app.content.current(), papers: app.papers };
}

/**
 * Sends what is due: editions that were released, at their time, and at their slot those that go out by themselves. An edition's
 * identity is its broadcast and day: whoever inserts it first plans it, with its copies, in one transaction; so it goes out once,
 * whatever happens to clocks and processes.
 */
export const editions: Chore = { id: 'editions', isDue, run: planEditions };

async function isDue(app: App, now: Date, tx: Transaction): Promise<boolean> {
  const means = meansOf(app, tx, now);
  if ((await releasedDue(means)).length > 0) return true;
  for (const broadcast of means.content.broadcasts.broadcasts) if (await toDo(means, broadcast)) return true;
  return false;
}

async function planEditions(app: App, now: Date): Promise<void> {
  await app.store.transaction((tx) => sendReleased(meansOf(app, tx, now)));
  for (const broadcast of app.content.current().broadcasts.broadcasts) {
    await inTransaction(app, (tx, inside) => planSlot(meansOf(inside, tx, now), broadcast));
  }
}

/** Released editions keep the time that was set, whatever the schedule says by then. */
async function sendReleased(means: Means): Promise<void> {
  const { tx, now } = means;
  for (const edition of await releasedDue(means)) {
    const sendAt = new Date(edition.sendAt ?? now);
    if (!isTooLate(sendAt, now)) {
      await begin(means, edition);
      continue;
    }
    await tx.put('editions', { ...edition, state: 'skipped' });
    await tell(means, means.say('news.tooLate', { title: edition.title, date: spokenDate(sendAt) }));
  }
}

async function releasedDue({ tx, now }: Means): Promise<Edition[]> {
  if ((await frozenSince(tx)) !== undefined) return [];
  return tx.find('editions', { state: 'released', sendAt: { atMost: now.toISOString() } });
}

/** What there is to do of a broadcast at a moment: to tell that an edition was not released, or to plan the one of a slot. */
async function toDo(means: Means, broadcast: Broadcast): Promise<{ readonly unreleased: Edition } | { readonly slot: Date } | undefined> {
  const { tx, now } = means;
  const slot = lastSlot(broadcast.schedule, now);
  if (!slot || (await frozenSince(tx)) !== undefined) return undefined;
  const id = editionId(broadcast, slot);
  const later = await tx.find('editions', { id: { atLeast: id, atMost: `${broadcast.id}/9999` } });
  const inHand = (await strayEdition(tx, broadcast, now)) ?? later.find((edition) => edition.id === id);
  if (inHand) return (await isToTell(means, inHand)) ? { unreleased: inHand } : undefined;
  // Nothing is planned behind what was planned already: the schedule was changed. What a clock that was ahead planned does not count.
  if (later.some(({ plannedAt }) => plannedAt <= now.toISOString())) return undefined;
  const { rooms, people } = await audienceOf(tx, slot, broadcast);
  return rooms.length + people.length > 0 ? { slot } : undefined;
}

async function planSlot(means: Means, broadcast: Broadcast): Promise<void> {
  const { tx, now, say } = means;
  const due = await toDo(means, broadcast);
  if (!due) return;
  if ('unreleased' in due) return tellUnreleased(means, due.unreleased);
  const { slot } = due;
  const id = editionId(broadcast, slot);
  const composed = await compose(means, broadcast, slot);
  const about = { title: broadcast.title, date: spokenDate(slot) };
  const row = { id, title: broadcast.title, text: '', sendAt: slot.toISOString(), plannedAt: now.toISOString() };
  const skip = async (notice: string, held?: Composed) => {
    await tx.insert('editions', { ...row, ...(held ? frozen(held) : {}), state: 'skipped' });
    await tell(means, notice);
  };
  if (!composed) return skip(say('news.nothingToSend', about));
  if (broadcast.release === 'reviewed') return skip(say('broadcast.notDrafted', about));
  const whole = { ...composed, files: await picturesOf(means, broadcast, composed) };
  if (isTooLate(slot, now)) return skip(say('news.tooLate', about), whole);
  const edition: Edition = { ...row, ...frozen(whole), state: 'planned' };
  if (await tx.insert('editions', edition)) await begin(means, edition);
}

/** What of a composed edition is kept in its row. */
export function frozen({ headings: _, ...kept }: Composed): Omit<Composed, 'headings'> {
  return kept;
}

/** Somebody took the edition in hand and nobody released it, and its time has passed. */
async function isToTell({ tx, now }: Means, { id, state, plannedAt, sendAt = plannedAt }: Edition): Promise<boolean> {
  const passed = plannedAt < sendAt && sendAt <= now.toISOString() && plusDays(new Date(sendAt), 1) >= now;
  return (state === 'draft' || state === 'reviewed') && passed && !(await isMarked(tx, unreleased(id)));
}

/** Staff are told of it, once. */
async function tellUnreleased(means: Means, { id, title, plannedAt, sendAt = plannedAt }: Edition): Promise<void> {
  await markOnce(means, unreleased(id));
  await tell(means, means.say('broadcast.unreleased', { title, date: spokenDate(new Date(sendAt)) }));
}

const unreleased = (id: string) => `unreleased/${id}`;

/** Tells the staff. */
export async function tell({ tx, ids, now }: Means, text: string): Promise<void> {
  for (const reply of await toStaff(tx, text)) await queue(tx, ids, now, reply);
}
