import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadIntents } from '../../src/adapters/content/intents.ts';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { readCases } from '../../src/cli/evaluate.ts';
import { thresholds } from '../../src/domain/understanding/danger.ts';
import { bareWords } from '../../src/domain/words/short-answer.ts';
import { shippedContent } from '../support/content.ts';

/**
 * Messages of people in danger and others that only sound like it, by two writers who had seen neither the phrasings nor the rules: the
 * weights were fitted to the first set, the second was written afterwards. Where recall and quiet cannot both be had, recall wins in private and quiet in a group.
 * `npm run evaluate -- test/understanding/dangers/second.jsonl` prints the curve and the kinds. The floors only rise.
 */
const sets = [
  { file: 'dangers.jsonl', heard: 0.95, card: 0.87, group: 0.8, asked: 0.05, called: 0.025, spoken: 0.02 },
  { file: 'second.jsonl', heard: 0.95, card: 0.9, group: 0.82, asked: 0.03, called: 0.015, spoken: 0.01 },
  // Typed in haste or dictated, most mistakes in the very words that tell of the danger; by a third writer.
  { file: 'typed.jsonl', heard: 0.9, card: 0.78, group: 0.65, asked: 0.04, called: 0.03, spoken: 0.02 },
];
const { explain } = shippedContent().current();
const casesOf = (file: string) => readCases(join(import.meta.dirname, 'dangers', file));

describe.each(sets)('danger, $file', ({ file, heard, card, group, asked, called, spoken }) => {
  const read = casesOf(file).map((each) => ({ ...each, belief: explain(each.text).danger?.belief ?? Number.NEGATIVE_INFINITY }));
  const dangers = read.filter(({ danger }) => danger === true);
  const harmless = read.filter(({ danger }) => danger === false);
  const share = (all: typeof read, from: number) => all.filter(({ belief }) => belief >= from).length / all.length;

  test('is heard in private, and gets a card where it is plain', () => {
    expect(share(dangers, thresholds.ask)).toBeGreaterThanOrEqual(heard);
    expect(share(dangers, thresholds.card)).toBeGreaterThanOrEqual(card);
  });

  test('is seldom seen in what only sounds like it', () => {
    expect(share(harmless, thresholds.ask)).toBeLessThanOrEqual(asked);
    expect(share(harmless, thresholds.card)).toBeLessThanOrEqual(called);
  });

  test('makes the bot speak in a group, unasked, almost only where it is real', () => {
    expect(share(dangers, thresholds.group)).toBeGreaterThanOrEqual(group);
    expect(share(harmless, thresholds.group)).toBeLessThanOrEqual(spoken);
  });
});

test('is seldom seen in games, figures of speech, drills and old stories, of a fourth writer', () => {
  const beliefs = casesOf('near.jsonl').map(({ text }) => explain(text).danger?.belief ?? Number.NEGATIVE_INFINITY);
  const share = (from: number) => beliefs.filter((belief) => belief >= from).length / beliefs.length;
  expect(share(thresholds.ask)).toBeLessThanOrEqual(0.08);
  expect(share(thresholds.card)).toBeLessThanOrEqual(0.055);
});

describe('danger', () => {
  test('is heard at the end of 2,000 characters and beyond', () => {
    const story = '我家住在这里十多年了，楼道灯坏了两次，物业来修过一次，水费也涨了，我们都按时交的。'.repeat(60);
    expect(explain(`${story}现在楼下着火了，里面还有人，快来救人`).danger?.belief).toBeGreaterThanOrEqual(thresholds.ask);
  });

  test('is not weakened by habit', () => {
    for (const text of ['我老是想死', '总是想跳楼', '老是有煤气味，今天特别大', '他经常打我，现在又拿起刀了'])
      expect([text, (explain(text).danger?.belief ?? -9) >= thresholds.ask]).toEqual([text, true]);
  });
});

test('no message of the sets stands in intents/', () => {
  const { source } = loadIntents(projectFolder, []);
  const learnt = new Set([...Object.values(source.dangers).flat(), ...source.background].map(bareWords));
  const texts = sets.flatMap(({ file }) => casesOf(file)).map(({ text }) => text);
  expect(texts.filter((text) => learnt.has(bareWords(text)))).toEqual([]);
});
