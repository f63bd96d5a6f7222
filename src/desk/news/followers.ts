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

/** Before the platform's id of a message that was not made here. */
const byHand = 'by-hand/';

/**
 * The platform tells how a message to all ended. What was not sent is told to the staff. One that somebody made at the platform's own page counts
 * as one of the month too. @returns false for one that is not known (yet)
 */
export async function massFinished(app: App, account: string, end: MassEnd): Promise<boolean> {
  const now = app.clock.now();
  return app.store.transaction(async (tx) => {
    const known = await tx.find('massMessages', { account, native: end.native });
    if (known.length === 0) return noteByHand(tx, account, end, now);
    const ended = await massEnded(tx, account, end);
    if (ended?.state !== 'failed') return true;
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

/** @returns false while it may be ours: what is under way has no id yet, and of what is unsure it never comes */
async function noteByHand(tx: Transaction, account: string, { native, ...end }: MassEnd, now: Date): Promise<boolean> {
  const open = await tx.find('deliveries', { kind: 'broadcast', account, state: ['sending', 'unsure'] });
  const ours = await Promise.all(open.map(async ({ room = '' }) => (await tx.get('rooms', room))?.followers === true));
  if (native === '' || ours.includes(true)) return false;
  const at = now.toISOString();
  const state = end.why === undefined ? 'done' : 'failed';
  await tx.put('massMessages', { id: `${byHand}${native}`, account, month: monthOf(now), at, native, state, ...end });
  return true;
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
  const { say } = means;
  const lines: string[] = [];
  for (const { account, name, used } of await massAccounts(means)) {
    lines.push(say('mass.used', { name, used, left: Math.max(0, massAMonth - used) }), ...(await lastOf(means, account)));
    const unsent = over(means, used);
    lines.push(...unsent, ...(unsent.length > 0 ? [say('mass.overNote')] : []));
  }
  return lines;
}

/** What an urgent notice takes of the month, and what is left for the editions to come; where nothing is, that it reaches nobody there. */
export async function urgentLines(means: MassMeans): Promise<string[]> {
  const { say } = means;
  return (await massAccounts(means)).flatMap(({ name, used }) =>
    used >= massAMonth
      ? [say('mass.urgentNone', { name, used })]
      : [say('mass.urgentTakes', { name, left: massAMonth - used - 1 }), ...over(means, used + 1)],
  );
}

/** The accounts that write to all who follow them, and how many messages of the month are used. */
async function massAccounts({ tx, now }: MassMeans): Promise<{ account: string; name: string; used: number }[]> {
  const rooms = (await tx.find('rooms', { kind: 'residents' })).filter(({ followers }) => followers);
  return Promise.all(rooms.map(async ({ account = '', name }) => ({ account, name, used: await massUsed(tx, account, monthOf(now)) })));
}

/** Which editions of the month are still to come and not sent, when so many messages are used. */
function over({ now, say, content }: MassMeans, used: number): string[] {
  const coming = content.broadcasts.broadcasts
    .flatMap(({ schedule }) => nextSlots(schedule, now, 6))
    .filter((slot) => monthOf(slot) === monthOf(now));
  const days = coming.sort((a, b) => a.getTime() - b.getTime()).slice(Math.max(0, massAMonth - used));
  return days.length > 0 ? [say('mass.over', { coming: coming.length, days: days.map(spokenDate).join(say('list.separator')) })] : [];
}

async function lastOf({ tx, say }: MassMeans, account: string): Promise<string[]> {
  const [last] = await tx.find('massMessages', { account }, { by: 'at', descending: true, limit: 1 });
  if (!last) return [];
  const { title } = (await tx.get('editions', last.id)) ?? { title: last.id.startsWith(byHand) ? say('mass.byHand') : last.id };
  if (last.state === 'done' && last.sent === undefined) return [say('mass.doneUncounted', { title })];
  return [say(`mass.${last.state}`, { title, sent: last.sent ?? 0, failed: last.failed ?? 0, why: last.why ?? '' })];
}
