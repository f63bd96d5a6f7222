import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readPlain, readSatisfied, readSolved } from '../../src/domain/words/verdict.ts';
import { shippedContent } from '../support/content.ts';

/** What people answer to "解决没有", "满不满意" and "要不要登记", labelled by hand (verdicts/); `unclear` is asked once more. */
const { verdicts, simplify } = shippedContent().current();

const readers = {
  solved: (text: string) => readSolved(simplify(text), verdicts) ?? 'unclear',
  satisfied: (text: string) => readSatisfied(simplify(text), verdicts) ?? 'unclear',
  plain: (text: string) => readPlain(simplify(text), verdicts) ?? 'unclear',
};

interface Labelled {
  readonly text: string;
  readonly verdict: string;
}

function labelled(name: string): Labelled[] {
  const lines = readFileSync(join(import.meta.dirname, 'verdicts', `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line));
}

describe.each([
  { question: 'solved', floor: 0.94 },
  { question: 'satisfied', floor: 0.97 },
  { question: 'plain', floor: 0.98 },
] as const)('answers to $question', ({ question, floor }) => {
  const rows = labelled(question);
  const read = readers[question];

  test('are read as they were meant', () => {
    expect(rows.length).toBeGreaterThan(600);
    expect(rows.filter(({ text, verdict }) => read(text) === verdict).length / rows.length).toBeGreaterThanOrEqual(floor);
  });

  test('that say no are hardly ever taken for a yes', () => {
    const no = rows.filter(({ verdict }) => verdict === 'no');
    expect(no.filter(({ text }) => read(text) === 'yes').length / no.length).toBeLessThanOrEqual(0.01);
  });
});

describe('a verdict is read from the whole of what is said', () => {
  test.each([
    ['没有问题了', 'yes'],
    ['没毛病', 'yes'],
    ['没意见', 'yes'],
    ['没漏了', 'yes'],
    ['没事了', 'yes'],
    ['没再响了', 'yes'],
    ['不是没解决，解决了', 'yes'],
    ['修好了又坏了', 'no'],
    ['好个屁', 'no'],
    ['没解决，第二天又坏了，你们买的啥子便宜货', 'no'],
    ['狗还在叫，根本没解决', 'no'],
    ['', 'unclear'],
    ['没'.repeat(5000), 'no'],
  ])('solved: %j is %s', (text, verdict) => {
    expect(readers.solved(text)).toBe(verdict);
  });

  test.each([
    ['很差', 'no'],
    ['好慢', 'no'],
    ['很垃圾', 'no'],
    ['好个屁', 'no'],
    ['满意得很哦，等了半个月', 'no'],
    ['可以但是慢', 'fairly'],
    ['不错', 'yes'],
    ['不是不满意', 'fairly'],
    ['没有不满意', 'yes'],
    ['🙂', 'unclear'],
  ])('satisfied: %j is %s', (text, verdict) => {
    expect(readers.satisfied(text)).toBe(verdict);
  });
});
