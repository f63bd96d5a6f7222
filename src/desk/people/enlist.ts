import { remarkWith } from '../../domain/people/token.ts';
import type { Reply } from '../kernel/message.ts';
import type { Person, Role } from '../kernel/rows.ts';
import { provedOn } from '../kernel/standing.ts';
import type { Turn } from '../kernel/turn.ts';
import { newToken } from './people.ts';
import { forgetTries } from './wake.ts';

/**
 * Makes somebody a member of staff. Where the ids of their account change with each login they get a token for their remark, and are asked
 * to choose a PIN. @returns what they hear of it, and the remark that somebody has to write on the phone ('' where none is needed)
 */
export async function enlist(turn: Turn, person: Person, role: Role): Promise<{ person: Person; remark: string; told: Reply[] }> {
  const plain = provedOn(person, turn.account);
  if (!turn.secrets || turn.idsLast) {
    const enlisted = { ...plain, role };
    await turn.tx.put('people', enlisted);
    return { person: enlisted, remark: '', told: [] };
  }
  const { pin: _, tokenSeen, ...known } = plain;
  const kept = known.token?.startsWith('S') === true;
  const token = kept && known.token !== undefined ? known.token : await newToken(turn.tx, turn.ids, 'S');
  const enlisted: Person = { ...known, role, token, tokenAsked: true, ...(kept && tokenSeen ? { tokenSeen } : {}) };
  await turn.tx.put('people', enlisted);
  await forgetTries(turn.tx, enlisted.id);
  return {
    person: enlisted,
    remark: enlisted.tokenSeen ? '' : remarkWith(enlisted.name, token),
    told: [{ to: { person: person.id }, text: turn.say('pin.choose'), kind: 'notice' }],
  };
}
