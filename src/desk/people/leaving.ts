import { dropHandler } from '../appeals/handlers.ts';
import type { Person } from '../kernel/rows.ts';
import type { Turn } from '../kernel/turn.ts';
import { dropCodesFor } from './enrolment.ts';
import { forgetTries } from './wake.ts';

/**
 * Somebody is no longer on the staff. Who was known by name and PIN alone, where ids change with each login, may have been an intruder:
 * they are nobody from now on, and the affairs of the one whose name it was stay with that row. @returns what became free
 */
export async function leaveStaff(turn: Turn, person: Person): Promise<{ matters: string; cases: string }> {
  const { tx, secrets } = turn;
  const { role: _, pin: __, asleep: ___, nickname: ____, ...plain } = person;
  const left = await dropHandler(turn, person);
  await dropCodesFor(tx, person.id);
  await forgetTries(tx, person.id);
  const proved = !secrets || person.tokenSeen === true;
  if (!proved) for (const { id } of await tx.find('bindings', { target: person.id })) await tx.remove('bindings', id);
  await tx.put('people', proved ? plain : { ...plain, reachable: false });
  return left;
}
