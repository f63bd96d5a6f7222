import { plusMinutes } from '../../domain/clock-time.ts';
import { noteAct } from '../audit.ts';
import type { Ids, Store } from '../ports.ts';
import { type Handler, here } from '../turn.ts';

const codeId = 'director';
const codeLength = 8;
const validMinutes = 24 * 60;
const attempts = 5;

/**
 * The code that makes the first director: printed on the host at a start without one, valid for a day and for few
 * attempts. Undefined when there is a director already.
 */
export async function newDirectorCode(store: Store, ids: Ids, now: Date): Promise<string | undefined> {
  return store.transaction(async (tx) => {
    if ((await tx.find('people', { role: 'director' }, { limit: 1 })).length > 0) return undefined;
    const code = ids.code(codeLength);
    await tx.put('enrolments', { id: codeId, code, expiresAt: plusMinutes(now, validMinutes).toISOString(), attemptsLeft: attempts });
    return code;
  });
}

/** Whoever sends the code privately becomes director. A wrong one costs an attempt; without a valid code nothing is noticed. */
export const enrolment: Handler = async (turn) => {
  if (turn.room) return undefined;
  const typed = turn.text.normalize('NFKC').trim().toUpperCase();
  if (!new RegExp(`^[A-Z0-9]{${codeLength}}$`).test(typed)) return undefined;
  const open = await turn.tx.get('enrolments', codeId);
  if (!open || open.attemptsLeft <= 0 || open.expiresAt <= turn.now.toISOString()) return undefined;
  if (open.code !== typed) {
    await turn.tx.put('enrolments', { ...open, attemptsLeft: open.attemptsLeft - 1 });
    return undefined;
  }
  await turn.tx.remove('enrolments', codeId);
  await turn.tx.put('people', { ...turn.person, role: 'director' });
  await noteAct(turn, 'enrol-director', true);
  return { decision: 'action', topic: null, replies: [here(turn, turn.say('staff.firstDirector'))] };
};
