import type { Language } from './language.ts';
import { blurred } from './readings.ts';

/** Which characters are often written, which follow which, and which sound alike. Plain data. */
export interface Spelling {
  /** Their numbers are their places; the first one stands for a stop, the commonest come first. */
  readonly characters: readonly string[];
  readonly counts: Int32Array;
  /** By character, those that followed it (`seconds`, in order) and how often. */
  readonly starts: Int32Array;
  readonly seconds: Uint16Array;
  readonly times: Uint16Array;
  /** By character, the number of its sound; -1 for what is rare, or no Chinese character. */
  readonly sounds: Int16Array;
}

const stop = '^';
const stops = /[\p{P}\p{S}\p{Z}]/u;
/** Rarer characters are never what was meant, and what is typed of them stays: their sound is not known. */
const leastCommon = 15;
/** How much a pair tells beside how common its second character is, and how many times more it must have been seen to be believed. */
const pairShare = 0.8;
const doubt = 5;
const mostTimes = 2 ** 16 - 1;

/** Learns from normalised texts; the same texts give the same. */
export function spellingOf(texts: readonly string[], language: Pick<Language, 'reading'>): Spelling {
  const counts = new Map<string, number>([[stop, Number.POSITIVE_INFINITY]]);
  for (const text of texts)
    for (const character of text) if (!stops.test(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  const characters = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1));
  const numbers = new Map(characters.map((character, number) => [character, number]));
  const pairs = new Map<number, number>();
  let begun = 0;
  for (const text of texts) {
    let before = 0;
    for (const character of `${text}${stop}`) {
      const number = numbers.get(character) ?? 0;
      begun += Number(before === 0);
      pairs.set(before * 2 ** 16 + number, (pairs.get(before * 2 ** 16 + number) ?? 0) + 1);
      before = number;
    }
  }
  const sorted = Float64Array.from(pairs.keys()).sort();
  const starts = new Int32Array(characters.length + 1);
  for (const pair of sorted) {
    const next = Math.floor(pair / 2 ** 16) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let number = 0; number < characters.length; number++) starts[number + 1] = (starts[number + 1] ?? 0) + (starts[number] ?? 0);
  const sounds = new Map<string, number>();
  const soundOf = (character: string) => {
    const reading = (counts.get(character) ?? 0) < leastCommon ? undefined : language.reading(character);
    if (reading === undefined) return -1;
    const sound = blurred(reading);
    if (!sounds.has(sound)) sounds.set(sound, sounds.size);
    return sounds.get(sound) ?? -1;
  };
  return {
    characters,
    counts: Int32Array.from(characters, (character) => (character === stop ? begun : (counts.get(character) ?? 0))),
    starts,
    seconds: Uint16Array.from(sorted, (pair) => pair % 2 ** 16),
    times: Uint16Array.from(sorted, (pair) => Math.min(mostTimes, pairs.get(pair) ?? 0)),
    sounds: Int16Array.from(characters, soundOf),
  };
}

/** A text as it was meant: where that is sure, and where it may be. */
export interface Meant {
  readonly surely: string;
  readonly perhaps: string;
}

/** From how much likelier text on (natural logarithm) another character was meant than was typed. */
const meantFrom = { surely: 8, perhaps: 5 } as const;
const leastMeant = Math.exp(meantFrom.perhaps);

/**
 * Puts right, in normalised or simplified text, characters that were typed or dictated by their sound ("煤企漏了", "着或了"): a noisy channel
 * (Kernighan, Church, Gale 1990) that takes a character for another of the same sound where the two beside it make that far likelier, and
 * only where it stands alone between words. Character by character, so that places in the text stay what they are; linear in its length.
 */
export function corrector(spelling: Spelling, { segments }: Pick<Language, 'segments'>): (text: string) => Meant {
  const { characters, counts, starts, seconds, times, sounds } = spelling;
  const numbers = new Map(characters.map((character, number) => [character, number]));
  const alike = new Map<number, number[]>();
  for (const [number, sound] of sounds.entries()) if (sound >= 0) alike.set(sound, [...(alike.get(sound) ?? []), number]);
  const all = counts.reduce((sum, count) => sum + count, 0);

  const seen = (first: number, second: number): number => {
    let [low, high] = [starts[first] ?? 0, starts[first + 1] ?? 0];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((seconds[middle] ?? 0) < second) low = middle + 1;
      else high = middle;
    }
    return low < (starts[first + 1] ?? 0) && seconds[low] === second ? (times[low] ?? 0) : 0;
  };
  /** How likely it is that the second follows the first; what is unknown is as rare as can be. */
  const follows = (first: number, second: number): number => {
    const known = first >= 0 && second >= 0;
    const pair = known ? (pairShare * seen(first, second)) / ((counts[first] ?? 0) + doubt) : 0;
    return pair + ((1 - pairShare) * ((counts[second] ?? 0) + 0.5)) / all;
  };
  /** The likeliest character where this one was typed, and how much likelier it is (natural logarithm). */
  const likeliest = (before: number, typed: number, after: number): { right: number; gain: number } => {
    const asTyped = follows(before, typed) * follows(typed, after);
    const enough = asTyped * leastMeant;
    let [right, likely] = [typed, asTyped];
    for (const other of alike.get(sounds[typed] ?? -1) ?? []) {
      const first = follows(before, other);
      if (first <= enough) continue;
      const both = first * follows(other, after);
      if (both > likely) [right, likely] = [other, both];
    }
    return { right, gain: Math.log(likely / asTyped) };
  };

  return (text) => {
    const words = segments(text).map((word) => [...word]);
    const surely = words.flat();
    const perhaps = [...surely];
    const read = surely.map((character) => (stops.test(character) ? 0 : (numbers.get(character) ?? -1)));
    let at = 0;
    for (const { length } of words) {
      const typed = read[at] ?? -1;
      if (length === 1 && typed > 0) {
        const { right, gain } = likeliest(read[at - 1] ?? 0, typed, read[at + 1] ?? 0);
        if (gain >= meantFrom.perhaps) [read[at], perhaps[at]] = [right, characters[right] ?? ''];
        if (gain >= meantFrom.surely) surely[at] = characters[right] ?? '';
      }
      at += length;
    }
    return { surely: surely.join(''), perhaps: perhaps.join('') };
  };
}
