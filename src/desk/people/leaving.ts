import { dropHandler, type Leaving } from '../appeals/handlers.ts';
import type { Secrets } from '../kernel/ports.ts';
import type { Person } from '../kernel/rows.ts';
import { dropCodesFor } from './enrolment.ts';
import { forgetTries } from './wake.ts';

/**
 * Somebody is no longer on the staff. Who was known by name and PIN alone, where ids change with each login, may have been an intruder:
 * they are nobody from now on, and the affairs of the one whose name it was stay with that row. @returns what became free
 */
export async function leaveStaff(
  leaving: Leaving & { readonly secrets?: Secrets | undefined },
  person: Person,
): Promise<{ matters: string; cases: string }> {
  const { tx, secrets } = leaving;
  const { role: _, pin: __, asleep: ___, nickname = person.name, ...rest } = person;
  const left = await dropHandler(leaving, person);
  await dropCodesFor(tx, person.id);
  await forgetTries(tx, person.id);
  const proved = !secrets || person.tokenSeen === true;
  if (!proved) for (const { id } of await tx.find('bindings', { target: person.id })) await tx.remove('bindings', id);
  // The name was that of a colleague: whoever was one is called as they call themselves again.
  await tx.put('people', proved ? { ...rest, name: nickname } : { ...rest, reachable: false });
  return left;
}
