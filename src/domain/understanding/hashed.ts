import type { Language } from './language.ts';

/** What a text shows, by numbers below `hashSpace`; the values of one text have unit length. */
export interface Hashed {
  readonly ids: Int32Array;
  readonly values: Float32Array;
}

/**
 * Features are not looked up in a vocabulary but numbered by a hash (Weinberger et al. 2009, "Feature hashing for large scale
 * multitask learning"): nothing has to be counted before training, and a model is one array.
 */
const hashBits = 18;
export const hashSpace = 2 ** hashBits;

/** How much each kind of evidence counts. Skipped pairs and readings carry over typing errors, and less. */
const weights = { gapped: 0.5, reading: 0.6 } as const;

const stop = /[\p{P}\p{S}\p{Z}]+/u;

/**
 * The features of a normalised text for a belief about the whole of it: characters, their pairs, triples and gapped pairs within a
 * clause, words, pairs of readings without tone, and whether it ends as a question.
 */
export function hashed(text: string, language: Language): Hashed {
  const found = new Map<number, number>();
  const add = (name: string, value: number) => {
    const id = hash(name);
    found.set(id, Math.max(found.get(id) ?? 0, value));
  };
  for (const clause of text.split(stop)) {
    if (clause === '') continue;
    const characters = ['^', ...clause, '$'];
    characters.forEach((character, at) => {
      add(`c${character}`, 1);
      if (at + 1 < characters.length) add(`b${character}${characters[at + 1]}`, 1);
      if (at + 2 >= characters.length) return;
      add(`t${character}${characters[at + 1]}${characters[at + 2]}`, 1);
      add(`s${character}_${characters[at + 2]}`, weights.gapped);
    });
    for (const word of language.words(clause)) if (word.length > 1) add(`w${word}`, 1);
    const readings = [...clause].map((character) => blurred(language.reading(character) ?? character));
    readings.slice(1).forEach((reading, at) => {
      add(`p${readings[at]} ${reading}`, weights.reading);
    });
  }
  if (/[?？吗么]\s*$/u.test(text)) add('?', 1);
  return unitLength(found);
}

/** Readings that Southwestern speakers and pinyin keyboards mix up. */
export function blurred(reading: string): string {
  return reading
    .replace(/^([zcs])h/, '$1')
    .replace(/^n(?=[aeiouv])/, 'l')
    .replace(/ng$/, 'n')
    .replace(/^hu(?=[aio])/, 'f');
}

/** FNV-1a with a final mix, folded to `hashSpace`. */
function hash(name: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) value = Math.imul(value ^ name.charCodeAt(at), 0x01000193);
  value ^= value >>> 15;
  value = Math.imul(value, 0x85ebca77);
  return (value ^ (value >>> 13)) & (hashSpace - 1);
}

function unitLength(found: ReadonlyMap<number, number>): Hashed {
  let square = 0;
  for (const value of found.values()) square += value * value;
  const scale = square === 0 ? 0 : 1 / Math.sqrt(square);
  const ids = Int32Array.from(found.keys());
  const values = Float32Array.from(found.values(), (value) => value * scale);
  return { ids, values };
}
