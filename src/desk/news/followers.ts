import { spokenDate } from '../../domain/time/clock-time.ts';
import { nextSlots } from '../../domain/time/schedule.ts';
import type { Snapshot } from '../kernel/content.ts';
import type { App } from '../kernel/desk.ts';
import type { Ids, Transaction } from '../kernel/ports.ts';
import type { Room } from '../kernel/rows.ts';
import { toStaff } from '../kernel/staff.ts';
import type { Turn } from '../kernel/turn.ts';
import { queue } from '../sending/deliveries.ts';
import { type MassEnd, massEnded, massUsed, monthOf } from '../sending/mass.ts';

/** Each follower of a 服务号 gets so many mass messages in a calendar month. */
export const massAMonth = 4;

/** Everybody who follows an account stands on the desk as a room of residents, so that news reaches them as it does a group. */
export async function followersRoom(tx: Transaction, ids: Ids, account: string, name: string, now: Date): Promise<void> {
  const key = `${account}/room/followers`;
  const bound = await tx.get('bindings', key);
  const before = bound && (await tx.get('rooms', bound.target));
  const id = before?.id ?? ids.id();
  const room: Room = { id, account, followers: true, kind: 'residents', speaks: 'addressed', boundAt: now.toISOString(), ...before, name };
  if (!bound) await tx.put('bindings', { id: key, kind: 'room', target: id });
  if (JSON.stringify(room) !== JSON.stringify(before)) await tx.put('rooms', room);
}

/** The platform tells how a message to all ended. What was not sent is told to the staff. @returns false for one that is not known (yet) */
export async function massFinished(app: App, account: string, end: MassEnd): Promise<boolean> {
  const now = app.clock.now();
  return app.store.transaction(async (tx) => {
    const known = await tx.find('massMessages', { account, native: end.native });
    const ended = await massEnded(tx, account, end);
    if (ended?.state !== 'failed') return known.length > 0;
    const copies = await tx.find('deliveries', { edition: ended.id });
    for (const copy of copies) {
      const room = copy.room === undefined ? undefined : await tx.get('rooms', copy.room);
      if (room?.followers && room.account === account) await tx.put('deliveries', { ...copy, state: 'failed', error: end.why ?? '' });
    }
    const title = (await tx.get('editions', ended.id))?.title ?? ended.id;
    const text = app.say(end.why === unconfirmed ? 'mass.unconfirmed' : 'mass.failed', { title, why: end.why ?? '' });
    for (const reply of await toStaff(tx, text)) await queue(tx, app.ids, now, reply);
    return true;
  });
}

/** Nobody has confirmed it on the phone within half an hour. */
const unconfirmed = 'err(40002)';

/** What it takes to tell of messages to all. */
type MassMeans = Pick<Turn, 'tx' | 'now' | 'say'> & { readonly content: Pick<Snapshot, 'broadcasts'> };

/**
 * How the month's messages to all stand, of each account that has them: how many are used, how the last ended, and, where more editions are still
 * to come than there are messages left, which of them are published without being sent.
 */
export async function massLines(means: MassMeans): Promise<string[]> {
  const { tx, now, say, content } = means;
  const month = monthOf(now);
  const lines: string[] = [];
  for (const { account = '', name, followers } of await tx.find('rooms', { kind: 'residents' })) {
    if (!followers) continue;
    const used = await massUsed(tx, account, month);
    lines.push(say('mass.used', { name, used, left: Math.max(0, massAMonth - used) }), ...(await lastOf(means, account)));
    const coming = content.broadcasts.broadcasts
      .flatMap(({ schedule }) => nextSlots(schedule, now, 6))
      .filter((slot) => monthOf(slot) === month);
    const over = coming.sort((a, b) => a.getTime() - b.getTime()).slice(Math.max(0, massAMonth - used));
    if (over.length > 0) lines.push(say('mass.over', { coming: coming.length, days: over.map(spokenDate).join(say('list.separator')) }));
  }
  return lines;
}

async function lastOf({ tx, say }: MassMeans, account: string): Promise<string[]> {
  const [last] = await tx.find('massMessages', { account }, { by: 'at', descending: true, limit: 1 });
  if (!last) return [];
  const { title } = (await tx.get('editions', last.id)) ?? { title: last.id };
  if (last.state === 'done' && last.sent === undefined) return [say('mass.doneUncounted', { title })];
  return [say(`mass.${last.state}`, { title, sent: last.sent ?? 0, failed: last.failed ?? 0, why: last.why ?? '' })];
}
