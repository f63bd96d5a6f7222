import type { Language } from './language.ts';

/** What a text shows, by name; the values of one text have unit length. */
export type Features = ReadonlyMap<string, number>;

/** Block weights: each kind of evidence is brought to unit length by itself, so that long texts and rich blocks do not drown the rest. */
const weights = { characters: 3, bigrams: 0.8, words: 1, readings: 0.8, readingPairs: 0.6, trigrams: 0.2, skips: 0.6 } as const;

const stop = /[\p{P}\p{S}\p{Z}]+/u;

/**
 * The features of a normalised text: characters and their pairs, triples and gapped pairs; words; readings without tone in
 * which sounds that are often mixed up are one (zh=z, ch=c, sh=s, n=l, -ng=-n), against homophone errors of typing and
 * dictation.
 */
export function featuresOf(text: string, language: Language): Features {
  const clauses = text.split(stop).filter((clause) => clause !== '');
  const features = new Map<string, number>();
  const add = (weight: number, prefix: string, names: readonly string[]) => {
    const unique = new Set(names);
    const value = weight / Math.sqrt(Math.max(1, unique.size));
    for (const name of unique) features.set(prefix + name, value);
  };
  const characters = clauses.map((clause) => [...clause]);
  add(weights.characters, 'c', characters.flat());
  add(
    weights.bigrams,
    'b',
    characters.flatMap((clause) => grams(['^', ...clause, '$'], 2)),
  );
  add(
    weights.trigrams,
    't',
    characters.flatMap((clause) => grams(clause, 3)),
  );
  add(
    weights.skips,
    's',
    characters.flatMap((clause) => clause.slice(2).map((character, index) => `${clause[index]}_${character}`)),
  );
  add(
    weights.words,
    'w',
    clauses.flatMap((clause) => language.words(clause)).filter((word) => word.length > 1),
  );
  const readings = characters.map((clause) => clause.map((character) => blurred(language.reading(character) ?? character)));
  add(weights.readings, 'r', readings.flat());
  add(
    weights.readingPairs,
    'p',
    readings.flatMap((clause) => grams(clause, 2)),
  );
  return unitLength(features);
}

function grams(parts: readonly string[], size: number): string[] {
  const found: string[] = [];
  for (let at = 0; at + size <= parts.length; at++)
    found.push(parts.slice(at, at + size).join(size === 2 && (parts[at]?.length ?? 0) > 1 ? ' ' : ''));
  return found;
}

/** Readings that Southwestern speakers and pinyin keyboards mix up. */
function blurred(reading: string): string {
  return reading
    .replace(/^([zcs])h/, '$1')
    .replace(/^n(?=[aeiouv])/, 'l')
    .replace(/ng$/, 'n')
    .replace(/^hu(?=[aio])/, 'f');
}

function unitLength(features: Map<string, number>): Features {
  let square = 0;
  for (const value of features.values()) square += value * value;
  const scale = square === 0 ? 0 : 1 / Math.sqrt(square);
  for (const [name, value] of features) features.set(name, value * scale);
  return features;
}
