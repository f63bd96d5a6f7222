import { plusMinutes } from '../../domain/time/clock-time.ts';
import { noteAct } from '../kernel/audit.ts';
import type { Ids, Store } from '../kernel/ports.ts';
import { type Handler, here } from '../kernel/turn.ts';
import { enlist } from './enlist.ts';

const codeId = 'director';
const codeLength = 8;
const validMinutes = 24 * 60;
const attempts = 5;

/**
 * The code that makes a director: printed on the host, valid for a day and for few attempts, the same again while it is. Undefined
 * when there is a director already who can act, or wake by a PIN.
 * @param atStart the bot was started: a PIN that may be forgotten does not count. Whoever starts it lets in the only director who has
 *   lost PIN or phone
 */
export async function newDirectorCode(store: Store, ids: Ids, now: Date, atStart = false): Promise<string | undefined> {
  return store.transaction(async (tx) => {
    const directors = await tx.find('people', { role: 'director' });
    if (directors.some(({ asleep, pin }) => !asleep || (pin && !atStart))) return undefined;
    const open = await tx.get('enrolments', codeId);
    if (open && open.attemptsLeft > 0 && open.expiresAt > now.toISOString()) return open.code;
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
  const { remark, told } = await enlist(turn, turn.person, 'director');
  await noteAct(turn, 'enrol-director', true);
  const replies = [here(turn, turn.say('staff.firstDirector'))];
  if (remark !== '') replies.push(here(turn, turn.say('remark.please', { remark })));
  return { decision: 'action', topic: null, replies: [...replies, ...told] };
};
