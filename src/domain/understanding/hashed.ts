import { collected } from './collected.ts';
import { finished, hashOn, seed } from './hashing.ts';
import type { Language } from './language.ts';
import { blurred } from './readings.ts';

/**
 * What a text shows. A code holds the number of a feature and, above it, how strong that kind of evidence is (`strengths`); times
 * `scale`, the values of one text have unit length.
 */
export interface Hashed {
  readonly codes: Int32Array;
  readonly scale: number;
}

/**
 * Features are not looked up in a vocabulary but numbered by a hash (Weinberger et al. 2009, "Feature hashing for large scale
 * multitask learning"): nothing has to be counted before training, and a model is one array.
 */
const hashBits = 18;
export const hashSpace = 2 ** hashBits;

/** How much each kind of evidence counts. Skipped pairs and readings carry over typing errors, and less. */
export const strengths = Float64Array.of(0.5, 0.6, 1);
const [gapped, reading, plain] = [0, 1, 2];
/** A code shifted right by so many bits is the strength's place. */
export const strengthShift = hashBits;

const stop = /[\p{P}\p{S}\p{Z}]+/u;
const asks = /[?？吗么]\s*$/u;

/** The codes of one clause. */
type Clause = Int32Array;

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

function together(clauses: readonly Clause[], text: string): Hashed {
  seen.begin();
  for (const clause of clauses) for (let i = 0; i < clause.length; i++) add(clause[i] ?? 0);
  if (asks.test(text)) add(question);
  let square = 0;
  for (let i = 0; i < seen.size; i++) square += (strengths[(codes[i] ?? 0) >>> strengthShift] ?? 0) ** 2;
  return { codes: codes.slice(0, seen.size), scale: square === 0 ? 0 : 1 / Math.sqrt(square) };
}

function readClause(text: string, language: Language): Clause {
  seen.begin();
  const characters = ['^', ...text, '$'];
  for (let at = 0; at < characters.length; at++) {
    const [first = '', second, third] = [characters[at], characters[at + 1], characters[at + 2]];
    add(codeOf(plain, 'c', first));
    if (second === undefined) continue;
    add(codeOf(plain, 'b', first, second));
    if (third === undefined) continue;
    add(codeOf(plain, 't', first, second, third));
    add(codeOf(gapped, 's', first, '_', third));
  }
  for (const word of language.words(text)) if (word.length > 1) add(codeOf(plain, 'w', word));
  let before: string | undefined;
  for (const character of text) {
    const sound = blurred(language.reading(character) ?? character);
    if (before !== undefined) add(codeOf(reading, 'p', before, ' ', sound));
    before = sound;
  }
  return codes.slice(0, seen.size);
}

/** The code of a feature whose name is put together of these. */
function codeOf(strength: number, kind: string, a: string, b = '', c = ''): number {
  const id = finished(hashOn(hashOn(hashOn(hashOn(seed, kind), a), b), c)) & (hashSpace - 1);
  return id | (strength << strengthShift);
}

const question = codeOf(plain, '?', '');

// What is being collected: one text at a time; of a feature that comes twice the stronger counts.
let codes = new Int32Array(1 << 12);
const seen = collected(hashSpace);

function add(code: number): void {
  const id = code & (hashSpace - 1);
  const place = seen.at(id);
  if (place >= 0) {
    // The codes of one feature differ in their strength alone.
    if (code > (codes[place] ?? 0)) codes[place] = code;
    return;
  }
  if (seen.size === codes.length) {
    const more = new Int32Array(2 * seen.size);
    more.set(codes);
    codes = more;
  }
  codes[seen.add(id)] = code;
}
