import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Lessons } from '../../src/domain/understanding/lessons.ts';
import type { Candidate } from '../../src/domain/understanding/result.ts';

/** Topics for a message, best first; a higher score is a better match, 0 is none. */
export type Predict = (text: string) => readonly Candidate[] | Promise<readonly Candidate[]>;

/** Learns from the phrasings, as far as the system can: all know topics, some the background as well. */
export type Train = (lessons: Lessons) => Predict | Promise<Predict>;

/** Something that tells the topic of a message. `load` brings in its library and nothing else's. */
export interface System {
  readonly id: string;
  /** As the table calls it. */
  readonly title: string;
  /** Whether it learns what is none of the bot's business, too. */
  readonly background: boolean;
  readonly load: () => Promise<Train>;
}

/** One phrasing and what it asks for. */
export interface Phrasing {
  readonly text: string;
  readonly topic: string;
}

/** All phrasings, those of facets included. */
export function phrasingsOf({ intents }: Pick<Lessons, 'intents'>): Phrasing[] {
  return intents.flatMap(({ id, utterances, facets }) =>
    [...utterances, ...Object.values(facets).flat()].map((text) => ({ text, topic: id })),
  );
}

/** How many topics a system names for a message: as many as the engine does. */
const named = 5;

/** The best topics among scored phrasings or topics: a topic is as good as its best phrasing. */
export function best(hits: Iterable<Candidate>): Candidate[] {
  const scores = new Map<string, number>();
  for (const { topic, score } of hits) if (score > (scores.get(topic) ?? 0)) scores.set(topic, score);
  return [...scores]
    .map(([topic, score]) => ({ topic, score }))
    .sort((a, b) => b.score - a.score)
    .slice(0, named);
}

/**
 * What a library of bench/node_modules exports. Neither tsc nor the linter need find it there: it has the shape that the
 * adapter says it has.
 */
export async function installed<Exports>(library: string): Promise<Exports> {
  const path = createRequire(resolve('bench/package.json')).resolve(library);
  return ((await import(pathToFileURL(path).href)) as { readonly default: Exports }).default;
}
