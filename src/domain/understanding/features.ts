import { collected } from './collected.ts';
import { finished, hashOn, otherHashOn, otherSeed, seed } from './hashing.ts';
import type { Language } from './language.ts';
import { blurred } from './readings.ts';

/** What a text shows, and how strongly; the values of one text have unit length. A feature is known by two hashes of its name. */
export interface Features {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly values: Float64Array;
  /** 1 for a character, a word or a reading; 0 for things that stand beside each other. */
  readonly single: Uint8Array;
}

/**
 * Block weights: each kind of evidence is brought to unit length by itself, so that long texts and rich blocks do not drown the rest.
 * The kinds are named by the letter with which the names of their features begin.
 */
const blocks = [
  { kind: 'c', weight: 3, single: true },
  { kind: 'b', weight: 0.8, single: false },
  { kind: 't', weight: 0.2, single: false },
  { kind: 's', weight: 0.6, single: false },
  { kind: 'w', weight: 1, single: true },
  { kind: 'r', weight: 0.8, single: true },
  { kind: 'p', weight: 0.6, single: false },
] as const;
type Kind = (typeof blocks)[number]['kind'];

const stop = /[\p{P}\p{S}\p{Z}]+/u;

/** Hears of a feature: the letters of its name are those of its kind and of its parts. */
type Tell = (kind: Kind, a: string, b: string, c: string) => void;

/**
 * The features of a normalised text: characters and their pairs, triples and gapped pairs; words; readings without tone in
 * which sounds that are often mixed up are one (zh=z, ch=c, sh=s, n=l, -ng=-n), against homophone errors of typing and
 * dictation.
 * @param text some hundred characters (normalise.ts, `bounded`)
 */
export function featuresOf(text: string, language: Language): Features {
  const clauses = clausesOf(text, language);
  seen.begin();
  for (const { kind, weight, single } of blocks) {
    const from = seen.size;
    tellBlock(kind, clauses, add);
    const value = weight / Math.sqrt(Math.max(1, seen.size - from));
    values.fill(value, from, seen.size);
    singles.fill(Number(single), from, seen.size);
  }
  const { size } = seen;
  unitLength(size);
  return { first: firsts.slice(0, size), second: seconds.slice(0, size), values: values.slice(0, size), single: singles.slice(0, size) };
}

/** The names of the features of a text, in their order: "c低", "b低保". To tell a person what was seen. */
export function namesOf(text: string, language: Language): string[] {
  const clauses = clausesOf(text, language);
  const names = new Set<string>();
  for (const { kind } of blocks) tellBlock(kind, clauses, (letter, a, b, c) => names.add(letter + a + b + c));
  return [...names];
}

interface Clause {
  readonly characters: readonly string[];
  readonly words: readonly string[];
  readonly readings: readonly string[];
}

function clausesOf(text: string, language: Language): Clause[] {
  const clauses = text.split(stop).filter((clause) => clause !== '');
  return clauses.map((clause) => {
    const characters = [...clause];
    const readings = characters.map((character) => blurred(language.reading(character) ?? character));
    return { characters, words: language.words(clause), readings };
  });
}

function tellBlock(kind: Kind, clauses: readonly Clause[], tell: Tell): void {
  for (const { characters, words, readings } of clauses) {
    const last = characters.length - 1;
    if (kind === 'c') for (const character of characters) tell(kind, character, '', '');
    if (kind === 'b') for (let at = 0; at <= last + 1; at++) pair(kind, characters[at - 1] ?? '^', characters[at] ?? '$', tell);
    if (kind === 't')
      for (let at = 2; at <= last; at++) tell(kind, characters[at - 2] ?? '', characters[at - 1] ?? '', characters[at] ?? '');
    if (kind === 's') for (let at = 2; at <= last; at++) tell(kind, characters[at - 2] ?? '', '_', characters[at] ?? '');
    if (kind === 'w') for (const word of words) if (word.length > 1) tell(kind, word, '', '');
    if (kind === 'r') for (const reading of readings) tell(kind, reading, '', '');
    if (kind === 'p') for (let at = 1; at <= last; at++) pair(kind, readings[at - 1] ?? '', readings[at] ?? '', tell);
  }
}

function pair(kind: Kind, a: string, b: string, tell: Tell): void {
  tell(kind, a, a.length > 1 ? ' ' : '', b);
}

// What is being collected. One text is read at a time; each feature counts once.
let firsts = new Int32Array(1 << 12);
let seconds = new Int32Array(1 << 12);
let values = new Float64Array(1 << 12);
let singles = new Uint8Array(1 << 12);
const slots = 1 << 16;
const seen = collected(slots);

function add(kind: Kind, a: string, b: string, c: string): void {
  const first = finished(hashOn(hashOn(hashOn(hashOn(seed, kind), a), b), c));
  const second = otherHashOn(otherHashOn(otherHashOn(otherHashOn(otherSeed, kind), a), b), c);
  let slot = first & (slots - 1);
  for (let place = seen.at(slot); place >= 0; place = seen.at(slot)) {
    if (firsts[place] === first && seconds[place] === second) return;
    slot = (slot + 1) & (slots - 1);
  }
  if (seen.size === firsts.length) grow();
  const place = seen.add(slot);
  firsts[place] = first;
  seconds[place] = second;
}

function grow(): void {
  const more = seen.size * 2;
  const [a, b, c, d] = [new Int32Array(more), new Int32Array(more), new Float64Array(more), new Uint8Array(more)];
  a.set(firsts);
  b.set(seconds);
  c.set(values);
  d.set(singles);
  [firsts, seconds, values, singles] = [a, b, c, d];
}

function unitLength(size: number): void {
  let square = 0;
  for (let i = 0; i < size; i++) square += (values[i] ?? 0) * (values[i] ?? 0);
  const scale = square === 0 ? 0 : 1 / Math.sqrt(square);
  for (let i = 0; i < size; i++) values[i] = (values[i] ?? 0) * scale;
}
