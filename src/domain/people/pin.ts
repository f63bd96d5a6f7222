import { isDate } from './pin-dates.ts';

/** Whether it may be a PIN at all: four to six digits, since those of until 0.2 may be shorter than six. */
export const isPin = (text: string): boolean => /^\d{4,6}$/.test(text);

/** How long a PIN is that is chosen now. */
export const pinLength = 6;

/** Digits that follow each other, up or down. */
const runLength = 5;

/**
 * Whether a PIN is among the first that anybody would try: repeats, runs, mirrors, dates and years, well-known ones.
 * @param common well-known ones ("520131", "147258"): whoever is guessing knows them too
 */
export function isWeakPin(pin: string, common: readonly string[] = []): boolean {
  return common.includes(pin) || isRepeat(pin) || isRun(pin) || isMirror(pin) || isDate(pin);
}

/** "111111", "121212", "123123", "112233", "888866": few digits, or the same again. */
function isRepeat(pin: string): boolean {
  const blocks = [1, 2, 3].some((length) => pin.length > length && pin === pin.slice(0, length).repeat(pin.length / length));
  return blocks || new Set(pin).size <= 2 || /(\d)\1{3}/.test(pin) || /^(?:(\d)\1)+$/.test(pin);
}

/** "123456", "654321", "135790", "912345": the same step again and again, or a long run within. */
function isRun(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, index) => (Number(digit) - Number(pin[index]) + 10) % 10);
  if (steps.every((step) => step === steps[0])) return true;
  return [1, 9].some((step) => longestOf(steps, step) >= runLength - 1);
}

function longestOf(steps: readonly number[], step: number): number {
  let longest = 0;
  let length = 0;
  for (const each of steps) {
    length = each === step ? length + 1 : 0;
    longest = Math.max(longest, length);
  }
  return longest;
}

/** "123321" */
const isMirror = (pin: string) => pin === [...pin].reverse().join('');
