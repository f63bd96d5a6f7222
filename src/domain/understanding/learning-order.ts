import { finished } from './hashing.ts';

/** A place for the number of a text below its hash in a whole number of 53 bits. */
const numbers = 2 ** 21;

/**
 * The order in which texts are learnt in a round: as if by chance, but by what each shows alone, the same in every run. What one more
 * phrasing is put among is learnt as before ("/问答 采纳" changes little else), which no shuffling of numbers could promise.
 * @param keys what tells each text from others, however many there are. @returns their places in `keys`
 */
export function learningOrder(keys: Int32Array, round: number): Int32Array {
  const turn = Math.imul(round + 1, 0x9e3779b1);
  const sorted = Float64Array.from(keys, (key, at) => (finished(key ^ turn) >>> 0) * numbers + at).sort();
  return Int32Array.from(sorted, (each) => each % numbers);
}
