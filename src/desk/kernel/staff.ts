import { inShanghai } from '../../domain/time/clock-time.ts';
import { firstAccount } from './accounts.ts';
import type { Reply } from './message.ts';
import type { Transaction } from './ports.ts';
import type { Absence, Person, Role, Room } from './rows.ts';

const rank: Record<Role, number> = { worker: 1, director: 2 };

/** Whether a person may do what needs this role. The only place that decides about authority, which sleeps after a new login. */
export function may(person: Person, role: Role): boolean {
  return person.role !== undefined && person.asleep !== true && rank[person.role] >= rank[role];
}

/** What staff hear of a word of theirs to somebody: that it was passed on, stands on a page, or waits until it can be. */
export function howTold(person: Person | undefined): 'command.told' | 'command.onPage' | 'command.waits' {
  if (person?.onPage) return 'command.onPage';
  return person?.reachable === false ? 'command.waits' : 'command.told';
}

/** A notice to the staff: in their groups, or to each privately while no group is bound. */
export async function toStaff(tx: Transaction, text: string): Promise<Reply[]> {
  const told = await toStaffRooms(tx, text);
  return told.length > 0 ? told : toEach(tx, text);
}

/** A notice to each of the staff, privately. */
export async function toEach(tx: Transaction, text: string): Promise<Reply[]> {
  const people = await tx.find('people', { role: ['worker', 'director'] });
  return people.map((person) => ({ to: { person: person.id }, text, kind: 'notice' as const }));
}

/** A notice to the staff's groups, and to nobody while none is bound. */
export async function toStaffRooms(tx: Transaction, text: string): Promise<Reply[]> {
  const rooms = await tx.find('rooms', { kind: 'staff' });
  return rooms.map((room) => ({ to: { room: room.id }, text, kind: 'notice' as const }));
}

/** A notice to every director, privately. */
export async function toDirectors(tx: Transaction, text: string): Promise<Reply[]> {
  const people = await tx.find('people', { role: 'director' });
  return people.map((person) => ({ to: { person: person.id }, text, kind: 'notice' as const }));
}

/** Who is on duty at a moment, or their deputy while they are away; undefined when nobody is, or no longer one of the staff. */
export async function dutyOn(tx: Transaction, now: Date): Promise<Person | undefined> {
  const row = await tx.get('switches', 'duty');
  const id = row?.roster?.[inShanghai(now).weekday] ?? row?.person;
  const person = id === undefined ? undefined : await tx.get('people', id);
  if (person?.role === undefined) return undefined;
  // Nobody is called in vain: without a deputy they are called all the same.
  return (await presentOf(tx, now, person)) ?? person;
}

/** The absence of somebody who is away at a moment. */
export async function awayNow(tx: Transaction, now: Date, person: string): Promise<Absence | undefined> {
  const row = await tx.get('absences', person);
  const at = now.toISOString();
  return row && row.from <= at && at < row.until ? row : undefined;
}

/**
 * Who acts for a member of staff at a moment: they themselves, or while they are away their deputy, or whoever is on duty. Undefined
 * when nobody does.
 */
export async function actingFor(tx: Transaction, now: Date, person: Person): Promise<Person | undefined> {
  const present = await presentOf(tx, now, person);
  if (present) return present;
  const onDuty = await dutyOn(tx, now);
  return onDuty && !(await awayNow(tx, now, onDuty.id)) ? onDuty : undefined;
}

/** Somebody who is there, or the deputy who is. Two who are away may stand for each other. */
async function presentOf(tx: Transaction, now: Date, person: Person, asked: readonly string[] = []): Promise<Person | undefined> {
  const absence = await awayNow(tx, now, person.id);
  if (!absence) return person;
  const { deputy: id } = absence;
  const deputy = id === undefined || asked.includes(id) ? undefined : await tx.get('people', id);
  return deputy?.role === undefined ? undefined : presentOf(tx, now, deputy, [...asked, person.id]);
}

/**
 * A call for help: to the staff, and besides to whoever is on duty, privately. While none of their groups can be spoken to, to each of
 * them: whoever is found by a remark after a new login, or has another account, must hear of it.
 */
export async function toDuty(tx: Transaction, now: Date, text: string): Promise<Reply[]> {
  const onDuty = await dutyOn(tx, now);
  const groups = await tx.find('rooms', { kind: 'staff' });
  const lost = groups.length > 0 && !(await anyInReach(tx, groups));
  const staff = [...(await toStaff(tx, text)), ...(lost ? await toEach(tx, text) : [])];
  const told = staff.some(({ to }) => !('room' in to) && to.person === onDuty?.id);
  return !onDuty || told ? staff : [{ to: { person: onDuty.id }, text, kind: 'notice' }, ...staff];
}

/** Whether a call for help reaches anybody now. After a new login there may be nobody: no group is known, and none of the staff. */
export async function canCall(tx: Transaction, now: Date): Promise<boolean> {
  for (const { to } of await toDuty(tx, now, '')) {
    if ('room' in to ? await anyInReach(tx, await tx.find('rooms', { id: to.room })) : (await tx.get('people', to.person))?.reachable)
      return true;
  }
  return false;
}

/** Whether one of these groups can be spoken to now: its account is in touch, and knows it again since its last login. */
export async function anyInReach(tx: Transaction, groups: readonly Room[]): Promise<boolean> {
  const { names } = (await tx.get('switches', 'accounts')) ?? {};
  return groups.some(({ held, account = firstAccount }) => !held && (names?.includes(account) ?? true));
}
