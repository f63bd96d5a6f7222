import { openStates } from '../../domain/appeals/appeal.ts';
import { onStates } from '../../domain/danger/alarm.ts';
import { noteAct } from '../kernel/audit.ts';
import { standingsOf, withStanding } from '../kernel/standing.ts';
import type { Handler, Turn } from '../kernel/turn.ts';
import { eraseAct, erasePerson, keptWithCases, unfollowAct } from './erasure.ts';
import { bindingsOn } from './people.ts';

/**
 * Somebody does not follow the account any more: the platform wants what is held of them to be deleted. A case that is open goes on without a name; who is known on
 * another account, or works here, only cannot be reached on this one.
 */
export const unfollowed: Handler = async (turn) => {
  const { tx, account, person } = turn;
  for (const { id } of await bindingsOn(tx, person.id, account)) await tx.remove('bindings', id);
  const left = withStanding((await tx.get('people', person.id)) ?? person, account, undefined);
  const elsewhere = Object.keys(standingsOf(left)).length > 0 && left.accounts !== undefined;
  await tx.put('people', { ...left, reachable: elsewhere && left.reachable });
  if (person.role !== undefined || elsewhere) return done;
  const keepsCases = await hasOpen(turn);
  await erasePerson(turn, keepsCases ? keptWithCases : []);
  await noteAct(turn, keepsCases ? unfollowAct : eraseAct, true, person.id);
  return done;
};

const done = { decision: 'action', topic: null, replies: [] } as const;

async function hasOpen({ tx, person: { id } }: Turn): Promise<boolean> {
  const alarms = (await tx.find('alarms', { state: onStates })).some(({ person, voices }) => person === id || voices.includes(id));
  const appeals = (await tx.find('appeals', { state: openStates })).some(
    ({ person, followers }) => person === id || followers.some((each) => each.person === id),
  );
  return alarms || appeals;
}
