import { firstAccount } from '../kernel/accounts.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Person, Room } from '../kernel/rows.ts';
import { bindingsOn } from './people.ts';

/** So many of those who were in a group before prove it, where there were as many: one of them alone may be pulled into any group. */
const membersNeeded = 2;
/** So many friends with tokens prove a residents' group of which nobody knows who was in it, and in which no member of staff is. */
const friendsNeeded = 2;

/** Who is in a group now. */
export interface Present {
  /** Those whose remark says who they are. */
  readonly known: readonly Person[];
  /** Whether somebody is in it who is not known as one of the staff. */
  readonly outsiders: boolean;
}

/** `unproved`: too few of those who prove it are there, or are known yet. */
export type Proof = 'proved' | 'unproved' | 'twins' | 'outsiders';

/** Looks who the members of a group are, besides the bot. @param members the keys of their bindings */
export async function presentIn(tx: Transaction, members: readonly string[]): Promise<Present> {
  const known: Person[] = [];
  for (const key of members) {
    const binding = await tx.get('bindings', key);
    const person = binding && (await tx.get('people', binding.target));
    if (person?.tokenSeen) known.push(person);
  }
  return { known, outsiders: known.filter(({ role }) => role !== undefined).length < members.length };
}

/**
 * Whether a group that is seen is the one that waits. A title proves nothing: it is known by who was in it before. In the staff's own
 * nobody else may be. Only where nobody knows who was in it the title counts, as long as no other has it.
 */
export async function proofOf(tx: Transaction, waiting: Room, { known, outsiders }: Present, onlyOne: boolean): Promise<Proof> {
  if (waiting.kind === 'staff' && outsiders) return onlyOne ? 'outsiders' : 'twins';
  if (waiting.members && waiting.members.length > 0) return byMembers(tx, waiting.members, known, waiting.account ?? firstAccount);
  if (!onlyOne) return 'twins';
  const staff = known.filter(({ role }) => role !== undefined).length;
  if (waiting.kind === 'residents') return staff > 0 || known.length - staff >= friendsNeeded ? 'proved' : 'unproved';
  const all = await tx.find('people', { role: ['worker', 'director'] });
  return staff > 0 && staff >= Math.min(membersNeeded, all.length) ? 'proved' : 'unproved';
}

/** Two of those who were in it, and half of those of them whom this login knows. */
async function byMembers(tx: Transaction, members: readonly string[], known: readonly Person[], account: string): Promise<Proof> {
  const here = known.filter(({ id }) => members.includes(id)).length;
  let found = 0;
  for (const member of members) if ((await bindingsOn(tx, member, account)).length > 0) found++;
  return here >= Math.min(membersNeeded, members.length) && here * 2 >= found ? 'proved' : 'unproved';
}
