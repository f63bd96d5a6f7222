import { bareName } from '../../domain/people/name.ts';
import { firstAccount } from '../kernel/accounts.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Person } from '../kernel/rows.ts';
import { asKept, provedOn, standingOn, withStanding } from '../kernel/standing.ts';
import type { Turn } from '../kernel/turn.ts';
import { release } from '../sending/deliveries.ts';
import { bindingsOn } from './people.ts';
import { tally } from './tries.ts';

/** How somebody who says a PIN is known. */
const ways = ['token', 'name'] as const;
export type Way = (typeof ways)[number];

/** `locked`: that was one wrong PIN too many; `shut`: it was locked before, and nothing was tried. */
export type Tried = 'right' | 'wrong' | 'locked' | 'shut';

/** Keeps a PIN, as a digest. */
export async function keepPin(turn: Turn, pin: string): Promise<void> {
  if (!turn.secrets) return;
  const salt = turn.ids.id();
  await turn.tx.put('people', asKept({ ...turn.person, pin: { salt, hash: await turn.secrets.digest(pin, salt) } }));
}

/**
 * Tries a PIN. Five wrong ones, and none is tried any more until the next day or until a director enrols them again.
 * @param pin '' is wrong in any case
 * @param by the attempts are counted by whose PIN it is, whoever tries: those of whoever is known by a token, and of all others, apart
 */
export async function tryPin(turn: Turn, staff: Person, pin: string, by: Way): Promise<Tried> {
  const tries = await tally(turn, triesId(by, staff.id));
  if (!turn.secrets || !staff.pin || tries.left <= 0) return 'shut';
  if (pin !== '' && (await turn.secrets.digest(pin, staff.pin.salt)) === staff.pin.hash) {
    await turn.tx.remove('enrolments', triesId(by, staff.id));
    return 'right';
  }
  await tries.miss();
  return tries.left > 1 ? 'wrong' : 'locked';
}

const triesId = (by: Way, staff: string) => `pin/${by}/${staff}`;

/** Whoever chooses a PIN anew may try again. */
export async function forgetTries(tx: Transaction, staff: string): Promise<void> {
  for (const by of ways) await tx.remove('enrolments', triesId(by, staff));
}

/** Their authority is awake again on the account of this turn. */
export async function wakeUp(turn: Turn, staff: Person): Promise<void> {
  await turn.tx.put('people', provedOn(staff, turn.account));
  await release(turn.tx, staff.id, turn.now);
}

/**
 * The one of the staff with a PIN who somebody claims to be: whose name they say with it, or whose name or nickname is theirs. Undefined
 * when nobody or several fit.
 */
export async function claimed(turn: Turn, said: string | undefined): Promise<Person | undefined> {
  const bare = bareName(said ?? turn.person.name);
  if (bare === '') return undefined;
  const staff = await turn.tx.find('people', { role: ['worker', 'director'] });
  const called = staff.filter(({ name, nickname = '' }) => bareName(name) === bare || (said === undefined && bareName(nickname) === bare));
  const [only, ...others] = called;
  return only?.pin && others.length === 0 ? only : undefined;
}

/** Whether somebody is one of the staff already in this login of the account. */
export async function isPresent({ tx, account }: Pick<Turn, 'tx' | 'account'>, staff: Person): Promise<boolean> {
  return standingOn(staff, account)?.asleep !== true || (await bindingsOn(tx, staff.id, account)).length > 0;
}

/**
 * From now on whoever speaks through this account is one of the staff. What they were meanwhile cannot be reached there any more.
 * @returns who they are: where ids change, their remark proves nothing until it was read in the new place
 */
export async function rebind(turn: Pick<Turn, 'tx' | 'account' | 'idsLast'>, speaker: Person, staff: Person): Promise<Person> {
  const { tx, account, idsLast } = turn;
  for (const binding of await bindingsOn(tx, staff.id, account)) await tx.remove('bindings', binding.id);
  for (const binding of await bindingsOn(tx, speaker.id, account)) await tx.put('bindings', { ...binding, target: staff.id });
  await tx.put('people', withStanding(speaker, account, undefined));
  const { tokenSeen: _, ...unproved } = staff;
  const here = idsLast ? staff : unproved;
  return (here.account ?? firstAccount) === account ? here : { ...here, account };
}
