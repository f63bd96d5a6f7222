import type { Category } from '../domain/knowledge.ts';
import type { Reply } from './message.ts';
import type { Transaction } from './ports.ts';
import type { Appeal, Person, Role } from './tables.ts';

const rank: Record<Role, number> = { worker: 1, director: 2 };

/** Whether a person may do what needs this role. The only place that decides about authority. */
export function may(person: Person, role: Role): boolean {
  return person.role !== undefined && rank[person.role] >= rank[role];
}

/** Whether a member of staff may see an appeal: one about the staff themselves is for directors. */
export function maySee(person: Person, appeal: Pick<Appeal, 'category'>, categories: ReadonlyMap<string, Category>): boolean {
  return may(person, categories.get(appeal.category)?.discreet ? 'director' : 'worker');
}

/** A notice to the staff: in their groups, or to each privately while no group is bound. */
export async function toStaff(tx: Transaction, text: string): Promise<Reply[]> {
  const rooms = await tx.find('rooms', { kind: 'staff' });
  if (rooms.length > 0) return rooms.map((room) => ({ to: { room: room.id }, text, kind: 'notice' as const }));
  const people = await tx.find('people', { role: ['worker', 'director'] });
  return people.map((person) => ({ to: { person: person.id }, text, kind: 'notice' as const }));
}

/** A notice to whoever handles an appeal, privately; to the staff while nobody does. */
export async function toHandler(tx: Transaction, appeal: Appeal, text: string): Promise<Reply[]> {
  const handler = appeal.handler === undefined ? undefined : await tx.get('people', appeal.handler);
  return handler?.role === undefined ? toStaff(tx, text) : [{ to: { person: handler.id }, text, kind: 'notice' }];
}

/** A notice to every director, privately. */
export async function toDirectors(tx: Transaction, text: string): Promise<Reply[]> {
  const people = await tx.find('people', { role: 'director' });
  return people.map((person) => ({ to: { person: person.id }, text, kind: 'notice' as const }));
}

/** A call for help: to the staff, and besides to whoever is on duty, privately. */
export async function toDuty(tx: Transaction, text: string): Promise<Reply[]> {
  const duty = (await tx.get('switches', 'duty'))?.person;
  const onDuty = duty === undefined ? undefined : await tx.get('people', duty);
  const staff = await toStaff(tx, text);
  const told = staff.some(({ to }) => !('room' in to) && to.person === onDuty?.id);
  return onDuty?.role === undefined || told ? staff : [{ to: { person: onDuty.id }, text, kind: 'notice' }, ...staff];
}
