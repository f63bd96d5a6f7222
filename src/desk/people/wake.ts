import { plusMinutes } from '../../domain/time/clock-time.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Person } from '../kernel/rows.ts';
import type { Turn } from '../kernel/turn.ts';
import { release } from '../sending/deliveries.ts';

const attempts = 5;
const againMinutes = 24 * 60;
/** How somebody who says a PIN is known. */
const ways = ['token', 'name'] as const;
export type Way = (typeof ways)[number];

/** `locked`: that was one wrong PIN too many; `shut`: it was locked before, and nothing was tried. */
export type Tried = 'right' | 'wrong' | 'locked' | 'shut';

/** Keeps a PIN, as a digest. */
export async function keepPin(turn: Turn, pin: string): Promise<void> {
  if (!turn.secrets) return;
  const salt = turn.ids.id();
  await turn.tx.put('people', { ...turn.person, pin: { salt, hash: await turn.secrets.digest(pin, salt) } });
}

/**
 * Tries a PIN. Five wrong ones, and none is tried any more until the next day or until a director enrols them again.
 * @param by what the attempts are counted by: whoever is known by a token, and strangers of that name, apart
 */
export async function tryPin(turn: Turn, staff: Person, pin: string, by: Way): Promise<Tried> {
  const { tx, now, secrets } = turn;
  const id = triesId(by, staff.id);
  const before = await tx.get('enrolments', id);
  const left = before && before.expiresAt > now.toISOString() ? before.attemptsLeft : attempts;
  if (!secrets || !staff.pin || left <= 0) return 'shut';
  if ((await secrets.digest(pin, staff.pin.salt)) === staff.pin.hash) {
    await tx.remove('enrolments', id);
    return 'right';
  }
  await tx.put('enrolments', { id, code: '', expiresAt: plusMinutes(now, againMinutes).toISOString(), attemptsLeft: left - 1 });
  return left > 1 ? 'wrong' : 'locked';
}

const triesId = (by: Way, staff: string) => `pin/${by}/${staff}`;

/** Whoever chooses a PIN anew may try again. */
export async function forgetTries(tx: Transaction, staff: string): Promise<void> {
  for (const by of ways) await tx.remove('enrolments', triesId(by, staff));
}

/** Their authority is awake again. */
export async function wakeUp(turn: Turn, staff: Person): Promise<void> {
  const { asleep: _, ...awake } = staff;
  await turn.tx.put('people', { ...awake, reachable: true });
  await release(turn.tx, staff.id, turn.now);
}

/** The one of the staff who is called like whoever speaks and has not been found again since the last login. */
export async function namesake(turn: Turn): Promise<Person | undefined> {
  const staff = await turn.tx.find('people', { name: turn.person.name, role: ['worker', 'director'], asleep: true });
  const [only, ...others] = staff;
  if (!only?.pin || others.length > 0) return undefined;
  return (await turn.tx.find('bindings', { target: only.id }, { limit: 1 })).length > 0 ? undefined : only;
}

/** From now on the native ids of one person are those of another. */
export async function rebind(turn: Pick<Turn, 'tx'>, from: string, to: string): Promise<void> {
  for (const binding of await turn.tx.find('bindings', { target: to })) await turn.tx.remove('bindings', binding.id);
  for (const binding of await turn.tx.find('bindings', { target: from })) await turn.tx.put('bindings', { ...binding, target: to });
}
