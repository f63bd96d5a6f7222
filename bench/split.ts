import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadIntents } from '../src/adapters/content/intents.ts';
import { readCases } from '../src/cli/evaluate.ts';
import type { Case } from '../src/cli/evaluation/case.ts';
import type { Lessons } from '../src/domain/understanding/lessons.ts';
import { generator, shuffle } from '../test/support/chance.ts';
import { phrasingsOf } from './peers/system.ts';

/** What all systems learn from: `intents/`. */
export function ownLessons(): Lessons {
  return loadIntents(process.cwd(), []).source;
}

/** What all are tested on, in an order that is the same every time and in which any first part stands for the whole. */
export function ownCases(): Case[] {
  const folder = 'test/understanding';
  const cases = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) => readCases(join(folder, name)));
  const order = cases.map((_, index) => index);
  shuffle(order, generator(20261124));
  return order.flatMap((index) => cases[index] ?? []);
}

/**
 * Lessons of so many topics, without a background. A topic is one of our phrasings, taken evenly from all, with two variants of
 * it that lack a character each: enough to see how time grows, not to see who is right.
 */
export function grownLessons(lessons: Lessons, topics: number): Lessons {
  const texts = [...new Set(phrasingsOf(lessons).map(({ text }) => text))];
  if (texts.length < topics) throw new Error(`${topics} topics cannot be made from ${texts.length} phrasings`);
  const intents = Array.from({ length: topics }, (_, number) => {
    const text = texts[Math.floor((number * texts.length) / topics)] ?? '';
    const characters = [...text];
    const without = (place: number) => characters.filter((_, index) => index !== Math.floor(place)).join('');
    const utterances = characters.length < 3 ? [text] : [text, without(characters.length / 3), without((characters.length * 2) / 3)];
    return { id: `entry.${number}`, utterances, facets: {} };
  });
  return { ...lessons, intents, background: [] };
}

/** Every n-th phrasing of each topic, and of the background. */
export function thinnedLessons(lessons: Lessons, n: number): Lessons {
  const thin = (texts: readonly string[] = []) => texts.filter((_, index) => index % n === 0);
  const intents = lessons.intents.map((intent) => ({
    ...intent,
    utterances: thin(intent.utterances),
    facets: Object.fromEntries(Object.entries(intent.facets).map(([facet, texts]) => [facet, thin(texts)])),
  }));
  return { ...lessons, intents, background: thin(lessons.background) };
}
