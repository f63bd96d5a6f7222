import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { asker } from '../../src/cli/ask.ts';
import { readCases } from '../../src/cli/evaluate.ts';
import { type Measured, measure } from '../../src/evaluation/measure.ts';
import { shippedContent } from '../support/content.ts';

/**
 * Questions that stand in no file of intents/. They were not chosen by what the engine can do; whoever changes it must not
 * fall below what residents have today. To see the misses: `npm run evaluate -- test/understanding/questions.jsonl`.
 */
test('residents are understood at least this well', async () => {
  const ask = asker(shippedContent(), false);
  const measured: Measured[] = [];
  for (const each of readCases(join(import.meta.dirname, 'questions.jsonl'))) {
    const { decision, topic, facet, candidates } = await ask(each.text);
    measured.push({ ...each, decision, said: topic, saidFacet: facet, candidates });
  }
  const report = measure(measured);
  expect(report['accuracy@1']).toBeGreaterThanOrEqual(0.9);
  expect(report['accuracy@3']).toBeGreaterThanOrEqual(0.96);
  expect(report.answeredRight).toBeGreaterThanOrEqual(0.65);
  expect(report.answeredWrong).toBeLessThanOrEqual(0.04);
  expect(report.facet).toBeGreaterThanOrEqual(0.85);
  expect(report.falseAnswers).toBeLessThanOrEqual(0.07);
  expect(report.emergencyRecall).toBe(1);
  expect(report.falseAlarms).toBeLessThanOrEqual(0.02);
});
