import { randomBytes, randomInt } from 'node:crypto';
import type { Clock, Ids } from '../../desk/kernel/ports.ts';

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** Without 0, O, 1, I: codes are read from a screen and typed on a phone. */
const codeLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Ids that sort by the time they were made (48 bits of milliseconds, 80 random), and chance from the operating system. */
export function systemIds(clock: Clock): Ids {
  return {
    id: () => clock.now().getTime().toString(36).padStart(9, '0') + randomBytes(10).toString('hex'),
    code: (length) => Array.from({ length }, () => codeLetters[randomInt(codeLetters.length)]).join(''),
    chance: (below) => randomInt(Math.max(1, below)),
  };
}

/** A number in the letters of codes. */
function lettersOf(count: number, length: number): string {
  const digits = Array.from({ length }, (_, place) => Math.floor(count / codeLetters.length ** place) % codeLetters.length);
  return digits.map((digit) => codeLetters[digit]).join('');
}

/** Ids and chance that are the same in every run, for tests and for `converse`. */
export function steadyIds(): Ids {
  let count = 0;
  let codes = 0;
  return {
    id: () => `id${String(++count).padStart(6, '0')}`,
    // Short ones are the same each time; those by which somebody is known are not.
    code: (length) => (length < 8 ? 'TESTCODE2345'.slice(0, length) : `TE5T${lettersOf(++codes, length - 4)}`),
    chance: () => 0,
  };
}
