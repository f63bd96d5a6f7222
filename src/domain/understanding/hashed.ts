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
const asks = /[?？吗么]\s*$/u;

/** What one clause shows, before it is brought to unit length with the others of its text. */
export interface Clause {
  readonly text: string;
  readonly ids: readonly number[];
  readonly weights: readonly number[];
}

export type ReadClause = (text: string) => Clause;

/** So many clauses are remembered: more than a message has. */
const mostRemembered = 1000;

/** A reader of clauses that reads each once: those of a message are wanted alone, in pairs and all together. */
export function clauseReader(language: Language): ReadClause {
  const known = new Map<string, Clause>();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    if (known.size === mostRemembered) known.clear();
    const clause = readClause(text, language);
    known.set(text, clause);
    return clause;
  };
}

/** The clauses of a normalised text. */
export function clausesOf(text: string): string[] {
  return text.split(stop).filter((clause) => clause !== '');
}

/**
 * The features of a normalised text for a belief about the whole of it: characters, their pairs, triples and gapped pairs within a
 * clause, words, pairs of readings without tone, and whether it ends as a question.
 */
export function hashed(text: string, read: ReadClause): Hashed {
  return together(clausesOf(text).map(read), text);
}

/** The features of clauses as one text that ends like `text`. */
export function together(clauses: readonly Clause[], text: string): Hashed {
  const found = collector();
  for (const { ids, weights: strengths } of clauses) for (let i = 0; i < ids.length; i++) found.add(ids[i] ?? 0, strengths[i] ?? 0);
  if (asks.test(text)) found.add(question, 1);
  const { ids, values } = found;
  let square = 0;
  for (let i = 0; i < values.length; i++) square += (values[i] ?? 0) * (values[i] ?? 0);
  const scale = square === 0 ? 0 : 1 / Math.sqrt(square);
  return { ids: Int32Array.from(ids), values: Float32Array.from(values, (value) => value * scale) };
}

function readClause(text: string, language: Language): Clause {
  const found = collector();
  const characters = ['^', ...text, '$'];
  for (let at = 0; at < characters.length; at++) {
    const [first = '', second, third] = [characters[at], characters[at + 1], characters[at + 2]];
    found.add(finished(hashOn(hashOn(seed, 'c'), first)), 1);
    if (second === undefined) continue;
    found.add(finished(hashOn(hashOn(hashOn(seed, 'b'), first), second)), 1);
    if (third === undefined) continue;
    found.add(finished(hashOn(hashOn(hashOn(hashOn(seed, 't'), first), second), third)), 1);
    found.add(finished(hashOn(hashOn(hashOn(hashOn(seed, 's'), first), '_'), third)), weights.gapped);
  }
  for (const word of language.words(text)) if (word.length > 1) found.add(finished(hashOn(hashOn(seed, 'w'), word)), 1);
  let before: string | undefined;
  for (const character of text) {
    const reading = blurred(language.reading(character) ?? character);
    if (before !== undefined) found.add(finished(hashOn(hashOn(hashOn(hashOn(seed, 'p'), before), ' '), reading)), weights.reading);
    before = reading;
  }
  return { text, ids: found.ids, weights: found.values };
}

/** Where each feature stands in what is being collected, counted from where the collection begins: what is below is of earlier ones. */
const standing = new Int32Array(hashSpace);
let next = 1;
const lastBegin = 2 ** 31 - hashSpace;

/** Collects features; of one that comes twice the stronger value counts. One collection is made at a time. */
function collector() {
  if (next > lastBegin) {
    standing.fill(0);
    next = 1;
  }
  const begin = next;
  const ids: number[] = [];
  const values: number[] = [];
  return {
    ids,
    values,
    add(id: number, value: number): void {
      const place = (standing[id] ?? 0) - begin;
      if (place < 0) {
        standing[id] = next++;
        ids.push(id);
        values.push(value);
      } else if (value > (values[place] ?? 0)) values[place] = value;
    },
  };
}

const readings = new Map<string, string>();

/** Readings that Southwestern speakers and pinyin keyboards mix up. */
export function blurred(reading: string): string {
  const before = readings.get(reading);
  if (before !== undefined) return before;
  const after = reading
    .replace(/^([zcs])h/, '$1')
    .replace(/^n(?=[aeiouv])/, 'l')
    .replace(/ng$/, 'n')
    .replace(/^hu(?=[aio])/, 'f');
  readings.set(reading, after);
  return after;
}

const seed = 0x811c9dc5;

/** FNV-1a, from where it was with what came before. */
function hashOn(value: number, name: string): number {
  for (let at = 0; at < name.length; at++) value = Math.imul(value ^ name.charCodeAt(at), 0x01000193);
  return value;
}

/** A final mix, folded to `hashSpace`. */
function finished(value: number): number {
  let mixed = value ^ (value >>> 15);
  mixed = Math.imul(mixed, 0x85ebca77);
  return (mixed ^ (mixed >>> 13)) & (hashSpace - 1);
}

const question = finished(hashOn(seed, '?'));
