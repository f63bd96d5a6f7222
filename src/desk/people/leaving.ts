import { dropHandler, type Leaving } from '../appeals/handlers.ts';
import type { Person } from '../kernel/rows.ts';
import { standingOn, standingsOf, withStandings } from '../kernel/standing.ts';
import { dropCodesFor } from './enrolment.ts';
import { bindingsOn } from './people.ts';
import { forgetTries } from './wake.ts';

/**
 * Somebody is no longer on the staff. Who was known by name and PIN alone, where ids change with each login, may have been an intruder:
 * there they are nobody from now on, and the affairs of the one whose name it was stay with that row. @returns what became free
 */
export async function leaveStaff(leaving: Leaving, person: Person): Promise<{ matters: string; cases: string }> {
  const { tx } = leaving;
  const { role: _, pin: __, inbox: ___, nickname = person.name, ...rest } = person;
  const freed = await dropHandler(leaving, person);
  await dropCodesFor(tx, person.id);
  await forgetTries(tx, person.id);
  const changing = person.tokenSeen ? [] : (await tx.find('logins')).map(({ id }) => id).filter((account) => standingOn(person, account));
  const standings = Object.entries(standingsOf(person)).map(([account, { reachable }]) => {
    return [account, { reachable: reachable && !changing.includes(account) }] as const;
  });
  for (const account of changing) for (const { id } of await bindingsOn(tx, person.id, account)) await tx.remove('bindings', id);
  // The name was that of a colleague: whoever was one is called as they call themselves again.
  const left = withStandings(changing.length > 0 ? rest : { ...rest, name: nickname }, Object.fromEntries(standings));
  await tx.put('people', left);
  return freed;
}
