import { existsSync } from 'node:fs';
import type { FacetCues } from '../../domain/understanding/facet-cues.ts';
import type { Facet } from '../../domain/understanding/result.ts';
import { bareWords } from '../../domain/words/short-answer.ts';
import { type ContentFile, listFiles, parse, placeOf, type Root, readFile } from './files.ts';
import type { Problem } from './problem.ts';
import { facetsFile, intentsFile, lexiconFile } from './schemas.ts';

/** How residents ask for one topic. */
export interface Intent {
  readonly id: string;
  readonly utterances: readonly string[];
  readonly facets: Partial<Record<Facet, readonly string[]>>;
}

/** What understanding is trained on. */
export interface IntentSource {
  readonly intents: readonly Intent[];
  /** Messages that belong to no topic. */
  readonly background: readonly string[];
  /** Phrasings of `danger.KIND` and `act.ACT`, without their prefix. */
  readonly dangers: Readonly<Record<string, readonly string[]>>;
  readonly acts: Readonly<Record<string, readonly string[]>>;
  readonly facetCues: FacetCues;
  readonly lexicon: Lexicon;
}

export interface Lexicon {
  /** What is typed → what is meant: dialect, old names, homophone errors. */
  readonly replacements: ReadonlyMap<string, string>;
  /** Shapes of words that say where and not what (regular expressions): they are not read. */
  readonly ignored: readonly string[];
  /** Of several topics that go by a name, the one that is meant where no more is said. */
  readonly names: ReadonlyMap<string, string>;
  /** The community's own words, for the segmenter. */
  readonly words: readonly string[];
}

/** An intent as one file tells of it, and where that and each of its phrasings stands. */
interface PlacedIntent extends Intent {
  readonly file: ContentFile;
  readonly index: number;
  readonly phrasings: readonly Phrasing[];
}

export interface LoadedIntents {
  readonly source: IntentSource;
  readonly places: readonly PlacedIntent[];
}

export interface Phrasing {
  readonly text: string;
  readonly bare: string;
  readonly at: readonly PropertyKey[];
}

const reserved = 'background';

/** Reads `intents/` and the words in `data/` that go with it; what is not there counts as empty. */
export function loadIntents(root: Root, problems: Problem[]): LoadedIntents {
  const files = listFiles(root, 'intents', '.yaml').map((path) => intentsIn(readFile(root, path, problems), problems));
  if (!sameAs(files)) last = { files, ...mergedOf(files.flat()) };
  const { places, phrasings } = last;
  const lexicon = readLexicon(root, new Set(phrasings.intents.map(({ id }) => id)), problems);
  return { places, source: { ...phrasings, facetCues: readFacetCues(root, problems), lexicon } };
}

type Merged = Pick<LoadedIntents, 'places'> & { readonly phrasings: Omit<IntentSource, 'facetCues' | 'lexicon'> };

/** What was made last: the next community is mostly laid over the same files, and has then the very same phrasings. */
let last: Merged & { readonly files: readonly (readonly PlacedIntent[])[] } = { files: [], ...mergedOf([]) };

const sameAs = (files: readonly (readonly PlacedIntent[])[]) =>
  files.length === last.files.length && files.every((file, index) => file === last.files[index]);

/** The phrasings of each topic, from whatever files. */
function mergedOf(places: readonly PlacedIntent[]): Merged {
  const merged = new Map<string, { id: string; utterances: string[]; facets: Partial<Record<Facet, string[]>> }>();
  for (const { id, utterances, facets } of places) {
    const intent = merged.get(id) ?? { id, utterances: [], facets: {} };
    intent.utterances.push(...utterances);
    for (const [facet, phrasings] of Object.entries(facets) as [Facet, readonly string[]][]) {
      intent.facets[facet] = [...(intent.facets[facet] ?? []), ...phrasings];
    }
    merged.set(id, intent);
  }
  const background = merged.get(reserved)?.utterances ?? [];
  merged.delete(reserved);
  const dangers = takeUnder('danger.', merged);
  const acts = takeUnder('act.', merged);
  return { places, phrasings: { intents: [...merged.values()], background, dangers, acts } };
}

/** Those of files without a mistake: each is one object as long as it is not saved anew (files.ts), for all communities that are laid over it. */
const sound = new WeakMap<ContentFile, readonly PlacedIntent[]>();

function intentsIn(file: ContentFile, problems: Problem[]): readonly PlacedIntent[] {
  const before = sound.get(file);
  if (before) return before;
  const intents = parse(file, intentsFile, problems);
  const placed = (intents ?? []).map((intent, index) => ({ ...intent, file, index, phrasings: phrasingsOf(intent, index) }));
  if (intents) sound.set(file, placed);
  return placed;
}

/** Takes the phrasings out whose ids begin so. */
function takeUnder(prefix: string, merged: Map<string, { id: string; utterances: string[] }>): Record<string, string[]> {
  const found = [...merged.values()].filter(({ id }) => id.startsWith(prefix));
  for (const { id } of found) merged.delete(id);
  return Object.fromEntries(found.map(({ id, utterances }) => [id.slice(prefix.length), utterances]));
}

/** Whether an id of intents/ is a topic, and not what else is learnt from: danger, acts, background. */
export function isTopic(id: string): boolean {
  return id !== reserved && !id.startsWith('danger.') && !id.startsWith('act.');
}

function phrasingsOf(intent: { utterances: string[]; facets: Partial<Record<Facet, string[]>> }, index: number): Phrasing[] {
  const placed = (text: string, ...at: PropertyKey[]): Phrasing => ({ text, bare: bareWords(text), at: [index, ...at] });
  const own = intent.utterances.map((text, i) => placed(text, 'utterances', i));
  const ofFacets = Object.entries(intent.facets).flatMap(([facet, texts]) => texts.map((text, i) => placed(text, 'facets', facet, i)));
  return [...own, ...ofFacets];
}

function readFacetCues(root: Root, problems: Problem[]): IntentSource['facetCues'] {
  if (!existsSync(placeOf(root, 'data/facets.yaml'))) return {};
  const words = parse(readFile(root, 'data/facets.yaml', problems), facetsFile, problems);
  return Object.fromEntries(
    Object.entries(words ?? {}).map(([facet, each]) => [
      facet,
      { words: each?.cues ?? [], patterns: (each?.patterns ?? []).map(({ source }) => source) },
    ]),
  );
}

function readLexicon(root: Root, topics: ReadonlySet<string>, problems: Problem[]): Lexicon {
  if (!existsSync(placeOf(root, 'data/lexicon.yaml'))) return { replacements: new Map(), ignored: [], names: new Map(), words: [] };
  const file = readFile(root, 'data/lexicon.yaml', problems);
  const lexicon = parse(file, lexiconFile, problems);
  for (const [name, topic] of Object.entries(lexicon?.names ?? {}))
    if (!topics.has(topic)) problems.push(file.problem(['names', name], `${topic} is no topic`));
  const replacements = new Map<string, string>();
  for (const { term, variants } of lexicon?.synonyms ?? []) for (const variant of variants) replacements.set(variant, term);
  const typed = lexicon?.homophones ?? {};
  const pairs = Array.isArray(typed) ? typed.map(({ typed: from, meant }) => [from, meant] as const) : Object.entries(typed);
  for (const [from, to] of pairs) replacements.set(from, to);
  return {
    replacements,
    ignored: (lexicon?.ignored ?? []).map(({ source }) => source),
    names: new Map(Object.entries(lexicon?.names ?? {})),
    words: lexicon?.words ?? [],
  };
}
