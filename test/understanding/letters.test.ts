import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadIntents } from '../../src/adapters/content/intents.ts';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { readCases } from '../../src/cli/evaluate.ts';
import type { Case } from '../../src/cli/evaluation/case.ts';
import { bareWords } from '../../src/domain/words/short-answer.ts';
import { shippedContent } from '../support/content.ts';

/**
 * 260 titles and first sentences as cities' mailboxes get them, half of them grievances, by a writer who had seen neither intents/ nor real
 * letters. What real ones are read as stands in docs/evaluation.md. The floors only rise.
 */
const cases = readCases(join(import.meta.dirname, 'letters/letters.jsonl'));
const { understand } = shippedContent().current();
const isGrievance = (topic: string | null | undefined) => topic?.startsWith('appeal.') === true;
const heard = ({ text }: Case) => understand(text).questions[0].topic;
const isRight = (each: Case) => [each.topic, ...each.alt].includes(heard(each));
const share = (all: readonly Case[], holds: (each: Case) => boolean) => all.filter(holds).length / all.length;

describe('letters', () => {
  const grievances = cases.filter(({ topic }) => isGrievance(topic));
  const questions = cases.filter(({ topic }) => !isGrievance(topic));

  test('that complain are taken down, in the right category', () => {
    expect(share(grievances, (each) => isGrievance(heard(each)))).toBeGreaterThanOrEqual(0.88);
    expect(share(grievances, isRight)).toBeGreaterThanOrEqual(0.84);
  });

  test('that ask are answered', () => {
    expect(share(questions, isRight)).toBeGreaterThanOrEqual(0.74);
    expect(share(questions, (each) => heard(each) !== null && !isRight(each))).toBeLessThanOrEqual(0.05);
  });
});

test('none of them stands in intents/', () => {
  const { source } = loadIntents(projectFolder, []);
  const learnt = new Set(source.intents.flatMap(({ utterances }) => utterances.map(bareWords)));
  expect(cases.filter(({ text }) => learnt.has(bareWords(text)))).toEqual([]);
});
