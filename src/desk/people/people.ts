import { type TokenKind, tokenLength } from '../../domain/people/token.ts';
import { markOnce } from '../kernel/marks.ts';
import type { Ids, Transaction } from '../kernel/ports.ts';
import type { Binding, Person } from '../kernel/rows.ts';
import type { Say } from '../kernel/say.ts';
import { toDirectors } from '../kernel/staff.ts';
import { standingOn, withStanding, withStandings } from '../kernel/standing.ts';
import { queue, release } from '../sending/deliveries.ts';
import { joinPersons } from './joining.ts';
import { nameKept } from './names.ts';

/** Somebody as an account sees them now. */
export interface SeenPerson {
  /** The account that sees them. */
  readonly account: string;
  /** The row that binds them: account, kind and the account's own id. */
  readonly key: string;
  /** Their name, masked. */
  readonly name: string;
  /** The account tells no names: its id stands for one, and says nothing new of who is known. */
  readonly nameless?: boolean;
  readonly reachable: boolean;
  /** The token in their remark. */
  readonly token?: string;
  /** Whether nobody else that the account sees has it in their remark. */
  readonly unique?: boolean;
}

export interface Means {
  readonly ids: Ids;
  readonly now: Date;
  readonly say: Say;
}

/**
 * Our id of somebody, made at first sight. Where ids change with each login (`changing`), a friend with a token that nobody else
 * has is the person who was given it; everybody else whom this login has not seen is somebody new, whatever their name.
 */
export async function personSeen(tx: Transaction, seen: SeenPerson, means: Means, changing: boolean): Promise<string> {
  const bound = await tx.get('bindings', seen.key);
  const known = bound && (await tx.get('people', bound.target));
  if (known) return keepUp(tx, (changing && (await named(tx, known, seen, means))) || known, seen, means, changing);
  const returned = changing ? await ownerOf(tx, seen, means) : undefined;
  const person: Person = returned ?? newcomer(seen, means.ids);
  await tx.put('bindings', { id: seen.key, kind: 'person', target: person.id });
  if (!returned) await tx.put('people', person);
  return keepUp(tx, person, seen, means, changing);
}

/**
 * The owner has written an older token into the remark of a friend who was taken for somebody new in this login, or mended one that
 * two had carried: they are who it says, as they would be after the next login.
 */
async function named(tx: Transaction, known: Person, seen: SeenPerson, means: Means): Promise<Person | undefined> {
  if (known.role !== undefined || known.tokenSeen || seen.token === known.token) return undefined;
  const owner = await ownerOf(tx, seen, means);
  if (!owner) return undefined;
  await tx.put('bindings', { id: seen.key, kind: 'person', target: owner.id });
  await joinPersons(tx, means.now, known.id, owner.id);
  return tx.get('people', owner.id);
}

/** What is seen of a known person is kept up to date; who can be reached again hears what waited. */
async function keepUp(tx: Transaction, person: Person, seen: SeenPerson, means: Means, changing: boolean): Promise<string> {
  const { account, reachable } = seen;
  const before = standingOn(person, account);
  const confirmed = seen.token !== undefined && seen.token === person.token && seen.unique === true;
  const kept = seen.nameless ? person : await nameKept(tx, person, seen.name, means);
  const fresh: Person = { ...withStanding(kept, account, { ...before, reachable }), ...(confirmed ? { tokenSeen: true } : {}) };
  if (changing && reachable && fresh.token === undefined) {
    const free = await freeToken(tx, seen);
    fresh.token = free ?? (await newToken(tx, means.ids, 'R'));
    if (free !== undefined) fresh.tokenSeen = true;
  }
  if (JSON.stringify(fresh) !== JSON.stringify(person)) await tx.put('people', fresh);
  if (changing && reachable && !before?.reachable) await release(tx, person.id, means.now);
  return person.id;
}

/** A resident's token that the owner wrote and that nobody has any more: it names whoever bears it now, so that it need not be written anew. */
async function freeToken(tx: Transaction, { token, unique }: SeenPerson): Promise<string | undefined> {
  if (!unique || !token?.startsWith('R')) return undefined;
  return (await tx.find('people', { token }, { limit: 1 })).length === 0 ? token : undefined;
}

/** Somebody whom only this account knows. */
function newcomer({ account, name, reachable }: SeenPerson, ids: Ids): Person {
  return withStandings({ id: ids.id(), name, reachable }, { [account]: { reachable } });
}

/** Whose token it is: one person's, whom nobody else in this login is. */
async function ownerOf(tx: Transaction, { account, token, unique, reachable }: SeenPerson, means: Means): Promise<Person | undefined> {
  if (token === undefined || !reachable) return undefined;
  const [owner] = await tx.find('people', { token });
  if (!owner) return undefined;
  const taken = (await bindingsOn(tx, owner.id, account)).length > 0;
  if (unique && !taken) return owner;
  await tellShared(tx, token, means);
  return undefined;
}

/** Two friends carry one token: the director is told, once a day. */
export async function tellShared(tx: Transaction, token: string, { ids, now, say }: Means): Promise<void> {
  if (!(await markOnce({ tx, now }, `shared/${token}/${now.toISOString().slice(0, 10)}`))) return;
  for (const reply of await toDirectors(tx, say('identity.shared', { token }))) await queue(tx, ids, now, reply);
}

/** A token that nobody has. */
export async function newToken(tx: Transaction, ids: Ids, kind: TokenKind): Promise<string> {
  for (;;) {
    const token = `${kind}${ids.code(tokenLength(kind))}`;
    if ((await tx.find('people', { token }, { limit: 1 })).length === 0) return token;
  }
}

/** Takes a person's place in this login of an account away again: what they are called is in doubt. Authority sleeps with it. */
export async function unbind(tx: Transaction, person: Person, account: string): Promise<void> {
  for (const { id } of await bindingsOn(tx, person.id, account)) await tx.remove('bindings', id);
  await tx.put('people', unproved(person, account));
}

/** By what an account knows a person or a group. */
export async function bindingsOn(tx: Transaction, target: string, account: string): Promise<Binding[]> {
  return (await tx.find('bindings', { target })).filter(({ id }) => id.startsWith(`${account}/`));
}

/** Somebody whom an account does not know any more since its login; there the authority of staff sleeps. On other accounts nothing changes. */
export function unproved(person: Person, account: string): Person {
  return withStanding(person, account, { reachable: false, ...(person.role === undefined ? {} : { asleep: true }) });
}
