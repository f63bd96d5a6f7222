import type { Broadcast } from '../../domain/content/knowledge.ts';
import { plusMinutes } from '../../domain/time/clock-time.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Person, Room } from '../kernel/rows.ts';
import { standingOn } from '../kernel/standing.ts';
import { queue, takeBack } from '../sending/deliveries.ts';
import { broadcastOf, editionText, type Means } from './edition.ts';
import type { Edition } from './rows.ts';

/** An edition is not begun later than this after its time; then the staff decide. */
const latestStartMinutes = 120;

/** Who gets an edition. */
export interface Audience {
  readonly rooms: readonly Room[];
  readonly people: readonly Person[];
}

/** Residents' groups that were bound by a moment, all or those of these names, and who had subscribed by then. Who came later has missed nothing. */
export async function audienceOf(
  tx: Transaction,
  by: Date,
  { groups, subscribers }: { readonly groups?: readonly string[]; readonly subscribers: boolean },
): Promise<Audience> {
  const bound = (await tx.find('rooms', { kind: 'residents' })).filter(({ boundAt = '' }) => boundAt <= by.toISOString());
  const rooms = bound.filter(({ name, news }) => news !== 'off' && (groups === undefined || groups.includes(name)));
  const subscribed = subscribers ? await tx.find('people', { reachable: true, subscribedAt: { atMost: by.toISOString() } }) : [];
  // Who follows an account to which it goes has it from there.
  const followed = rooms.flatMap(({ followers, account = '' }) => (followers ? [account] : []));
  const people = subscribed.filter((person) => !followed.some((account) => standingOn(person, account)?.reachable));
  return { rooms, people };
}

/** Names of groups that a broadcast is for and that nobody has bound: misspelt, or renamed since. */
export async function unknownGroups(tx: Transaction, { groups = [] }: Pick<Broadcast, 'groups'>): Promise<string[]> {
  const names = new Set((await tx.find('rooms', { kind: 'residents' })).map(({ name }) => name));
  return groups.filter((name) => !names.has(name));
}

/** Who gets this edition, as it is now. */
export function audienceFor(means: Pick<Means, 'tx' | 'content'>, edition: Pick<Edition, 'id' | 'groups'>, by: Date): Promise<Audience> {
  const subscribers = broadcastOf(edition, means.content)?.subscribers ?? false;
  return audienceOf(means.tx, by, { subscribers, ...(edition.groups === undefined ? {} : { groups: edition.groups }) });
}

/** Whether it is too late to begin by oneself. */
export function isTooLate(sendAt: Date, now: Date): boolean {
  return plusMinutes(sendAt, latestStartMinutes) < now;
}

/**
 * Begins to send an edition: one copy for each recipient goes into the ledger, all or none, and its items are out from now on.
 * A copy's identity is edition and recipient, so that nobody can get two.
 */
export async function begin(means: Means, edition: Edition): Promise<void> {
  const { tx, now, say } = means;
  const { rooms, people } = await audienceFor(means, edition, new Date(edition.sendAt ?? now));
  for (const { id, news } of rooms) {
    const part = Array.isArray(news) ? editionText(say, edition, { wants: news }) : undefined;
    // The card shows the whole: a group that wants some of it gets words only.
    if (part !== undefined) await queueCopy(means, { ...edition, files: [] }, { room: id }, part);
    else if (!Array.isArray(news)) await queueCopy(means, edition, { room: id }, edition.text);
  }
  for (const { id } of people) {
    const text = editionText(say, edition, { privately: true });
    if (text !== undefined) await queueCopy(means, edition, { person: id }, text);
  }
  await publish(tx, edition.items ?? [], now);
  const { pausedAt: _, ...begun } = edition;
  await tx.put('editions', { ...begun, state: 'planned' });
}

/** Puts one recipient's copy into the ledger. */
export async function queueCopy(
  { tx, ids, now }: Means,
  { id, urgent, files = [] }: Edition,
  to: { readonly room: string } | { readonly person: string },
  text: string,
): Promise<void> {
  await queue(tx, ids, now, {
    id: `${id}/${'room' in to ? to.room : to.person}`,
    edition: id,
    kind: 'broadcast',
    to,
    text,
    ...(files.length > 0 ? { files } : {}),
    ...(urgent ? { atNight: true } : {}),
  });
}

/** Items of staff are readable from the moment at which they first went out. */
async function publish(tx: Transaction, items: readonly string[], now: Date): Promise<void> {
  for (const id of items) {
    const item = await tx.get('newsItems', id);
    if (item && item.publishedAt === undefined) await tx.put('newsItems', { ...item, publishedAt: now.toISOString() });
  }
}

/**
 * Takes copies that are not sent yet back, also those that wait for somebody: of an edition, or of a recipient who wants no more. One
 * that is being sent may still arrive, and is not sent again if it does not. @returns how many surely do not arrive
 */
export async function dropCopies(tx: Transaction, which: { edition: string } | { room: string } | { person: string }): Promise<number> {
  const live = await tx.find('deliveries', { ...which, kind: 'broadcast', state: ['queued', 'waiting', 'sending'] });
  const dropped = live.filter(({ atNight }) => 'edition' in which || !atNight);
  for (const delivery of dropped) await takeBack(tx, delivery);
  return dropped.filter(({ state }) => state !== 'sending').length;
}
