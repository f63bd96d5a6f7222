import { blurred } from './hashed.ts';
import type { Language } from './language.ts';

/** What a text shows, by name, and how strongly; the values of one text have unit length. */
export interface Features {
  readonly names: readonly string[];
  readonly values: readonly number[];
}

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
  const names: string[] = [];
  const values: number[] = [];
  const add = (weight: number, found: ReadonlySet<string>) => {
    const value = weight / Math.sqrt(Math.max(1, found.size));
    for (const name of found) {
      names.push(name);
      values.push(value);
    }
  };
  const characters = clauses.map((clause) => [...clause]);
  const readings = characters.map((clause) => clause.map((character) => blurred(language.reading(character) ?? character)));
  add(
    weights.characters,
    eachOf(characters, 1, (clause, at) => `c${clause[at]}`),
  );
  add(weights.bigrams, pairsWithEdges(characters));
  add(
    weights.trigrams,
    eachOf(characters, 3, (clause, at) => `t${clause[at]}${clause[at + 1]}${clause[at + 2]}`),
  );
  add(
    weights.skips,
    eachOf(characters, 3, (clause, at) => `s${clause[at]}_${clause[at + 2]}`),
  );
  add(weights.words, wordsOf(clauses, language));
  add(
    weights.readings,
    eachOf(readings, 1, (clause, at) => `r${clause[at]}`),
  );
  add(
    weights.readingPairs,
    eachOf(readings, 2, (clause, at) => `p${clause[at]}${(clause[at]?.length ?? 0) > 1 ? ' ' : ''}${clause[at + 1]}`),
  );
  return unitLength(names, values);
}

/** What stands at each place of each clause that is followed by so many in it. */
function eachOf(
  clauses: readonly (readonly string[])[],
  size: number,
  name: (clause: readonly string[], at: number) => string,
): Set<string> {
  const found = new Set<string>();
  for (const clause of clauses) for (let at = 0; at + size <= clause.length; at++) found.add(name(clause, at));
  return found;
}

/** Pairs of characters; the beginning and the end of a clause count as one. */
function pairsWithEdges(clauses: readonly (readonly string[])[]): Set<string> {
  const found = new Set<string>();
  for (const clause of clauses) {
    for (let at = 0; at <= clause.length; at++) {
      const first = clause[at - 1] ?? '^';
      found.add(`b${first}${first.length > 1 ? ' ' : ''}${clause[at] ?? '$'}`);
    }
  }
  return found;
}

function wordsOf(clauses: readonly string[], language: Language): Set<string> {
  const found = new Set<string>();
  for (const clause of clauses) for (const word of language.words(clause)) if (word.length > 1) found.add(`w${word}`);
  return found;
}

function unitLength(names: readonly string[], values: number[]): Features {
  let square = 0;
  for (const value of values) square += value * value;
  const scale = square === 0 ? 0 : 1 / Math.sqrt(square);
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) * scale;
  return { names, values };
}
