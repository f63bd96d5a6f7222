import { hidesSomething, mixesScripts } from '../../domain/people/name.ts';
import type { Person } from '../kernel/rows.ts';
import type { Turn } from '../kernel/turn.ts';

type Telling = Pick<Turn, 'tx' | 'say'>;

/** Somebody, as staff read whom a command means: the name, and what tells them from others of that name. "王磊（好友，最近一单 SQ261123-0018）" */
export async function whoIs(turn: Telling, person: Person): Promise<string> {
  return turn.say('who.is', { name: person.name, what: await tellingApart(turn, person) });
}

/** What tells somebody from others of the name. Of the staff the role alone: their marks are told to nobody here. */
async function tellingApart({ tx, say }: Telling, { id, name, role, reachable, token }: Person): Promise<string> {
  const odd = [...(hidesSomething(name) ? [say('who.hidden')] : []), ...(mixesScripts(name) ? [say('who.mixed')] : [])];
  if (role !== undefined) return [say(`role.${role}`), ...odd].join(say('who.comma'));
  const [last] = await tx.find('appeals', { person: id }, { by: 'createdAt', descending: true, limit: 1 });
  return [
    ...(token === undefined ? [] : [say('who.token', { token })]),
    say(reachable ? 'who.friend' : 'who.notFriend'),
    last ? say('who.last', { number: last.id }) : say('who.noCase'),
    ...odd,
  ].join(say('who.comma'));
}
