import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { measureDuplicates, readEvents } from '../../src/cli/evaluation/duplicates.ts';
import { shippedContent } from '../support/content.ts';

/**
 * 120 events by a writer who had seen neither the phrasings nor the rules: what several people report of each, and what is near it but not
 * it. `npm run evaluate -- --duplicates test/understanding/duplicates/duplicates.jsonl` prints every wrong offer and every missed one. The
 * floors only rise.
 */
const events = readEvents(join(import.meta.dirname, 'duplicates/duplicates.jsonl'));

test('who reports what was reported is asked to join it, and seldom to join something else', () => {
  const report = measureDuplicates(events, shippedContent().current(), new Date('2026-11-27T10:00:00+08:00'));
  expect(report.offeredRight).toBeGreaterThanOrEqual(0.43);
  expect(report.offeredWrong).toBeLessThanOrEqual(0.01);
  expect(report.othersOffered).toBeLessThanOrEqual(0.125);
});
