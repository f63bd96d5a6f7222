import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadIntents } from '../../src/adapters/content/intents.ts';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { readCases } from '../../src/cli/evaluate.ts';
import { thresholds } from '../../src/domain/understanding/danger.ts';
import { bareWords } from '../../src/domain/words/short-answer.ts';
import { shippedContent } from '../support/content.ts';

/**
 * 463 messages of people in danger and 951 that only sound like it, by a writer who had seen neither the phrasings nor the rules. Where recall and
 * quiet cannot both be had, recall wins in private and quiet in a group. `npm run evaluate -- test/understanding/dangers/dangers.jsonl`
 * prints the curve and the kinds. The floors only rise.
 */
const cases = readCases(join(import.meta.dirname, 'dangers/dangers.jsonl'));
const { explain } = shippedContent().current();
const read = cases.map((each) => ({ ...each, belief: explain(each.text).danger?.belief ?? Number.NEGATIVE_INFINITY }));
const dangers = read.filter(({ danger }) => danger === true);
const harmless = read.filter(({ danger }) => danger === false);
const share = (all: typeof read, from: number) => all.filter(({ belief }) => belief >= from).length / all.length;

describe('danger', () => {
  test('is heard in private', () => {
    expect(share(dangers, thresholds.ask)).toBeGreaterThanOrEqual(0.9);
  });

  test('gets a card where it is plain', () => {
    expect(share(dangers, thresholds.card)).toBeGreaterThanOrEqual(0.7);
  });

  test('is seldom seen in what only sounds like it', () => {
    expect(share(harmless, thresholds.ask)).toBeLessThanOrEqual(0.13);
    expect(share(harmless, thresholds.card)).toBeLessThanOrEqual(0.035);
  });

  test('makes the bot speak in a group, unasked, almost only where it is real', () => {
    expect(share(dangers, thresholds.group)).toBeGreaterThanOrEqual(0.6);
    expect(share(harmless, thresholds.group)).toBeLessThanOrEqual(0.02);
  });

  test('is heard at the end of 2,000 characters and beyond', () => {
    const story = '我家住在这里十多年了，楼道灯坏了两次，物业来修过一次，水费也涨了，我们都按时交的。'.repeat(60);
    expect(explain(`${story}现在楼下着火了，里面还有人，快来救人`).danger?.belief).toBeGreaterThanOrEqual(thresholds.ask);
  });

  test('is not weakened by habit', () => {
    for (const text of ['我老是想死', '总是想跳楼', '老是有煤气味，今天特别大', '他经常打我，现在又拿起刀了'])
      expect([text, (explain(text).danger?.belief ?? -9) >= thresholds.ask]).toEqual([text, true]);
  });
});

test('no message of the set stands in intents/', () => {
  const { source } = loadIntents(projectFolder, []);
  const learnt = new Set([...Object.values(source.dangers).flat(), ...source.background].map(bareWords));
  expect(cases.map(({ text }) => text).filter((text) => learnt.has(bareWords(text)))).toEqual([]);
});
