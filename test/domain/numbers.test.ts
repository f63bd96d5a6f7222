import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mask, type PersonalKind } from '../../src/domain/words/masking.ts';
import { findNumbers } from '../../src/domain/words/numbers/candidate.ts';
import { plainly } from '../../src/domain/words/numbers/plain.ts';

/** All of them invented: the kind, and a sentence with the number between ⟦ and ⟧; "␤" is a line break. */
const writings = linesOf('personal.txt').map((line) => {
  const [kind = '', sentence = ''] = line.replaceAll('␤', '\n').split('\t');
  const [before = '', number = '', after = ''] = sentence.split(/[⟦⟧]/);
  return { kind: kind as PersonalKind, before, number, after };
});
/** What residents write with figures in it that are nobody's number. */
const harmless = linesOf('harmless.txt');

const floors = { masked: 0.99, falselyMasked: 0.005 };

test('personal numbers are masked in whatever way they are written', () => {
  const missed = writings.filter((writing) => !isMasked(writing)).map(({ before, number, after }) => before + number + after);
  const share = 1 - missed.length / writings.length;
  report(`${writings.length} writings of personal numbers: ${percent(share)} masked (at least ${percent(floors.masked)})`);
  expect(writings.length).toBeGreaterThanOrEqual(400);
  expect({ missed: share >= floors.masked ? [] : missed }).toEqual({ missed: [] });
});

test('figures that are nobody’s number stay to the letter', () => {
  const masked = harmless.filter((line) => mask(line).text !== line);
  const share = masked.length / harmless.length;
  report(`${harmless.length} harmless lines with figures: ${percent(share)} masked (at most ${percent(floors.falselyMasked)})`);
  expect(harmless.length).toBeGreaterThanOrEqual(2000);
  expect({ masked: share <= floors.falselyMasked ? [] : masked }).toEqual({ masked: [] });
});

test('of what is known a number is told what it is', () => {
  const other = writings.filter(({ kind, before, number, after }) => mask(before + number + after).found[0]?.kind !== kind);
  expect(other).toEqual([]);
});

describe('the masker', () => {
  test('takes nothing of what stands before and behind a number', () => {
    const frame = fc.constantFrom('', '我家', '住5栋2单元302 ', '一直', '有一', '，', '\n', ' 8楼 ', '3-2-501 ', '张三', '王五');
    const number = fc.constantFrom(...writings.filter(({ kind }) => kind === 'mobile').map(({ number: each }) => each));
    fc.assert(
      fc.property(number, fc.constantFrom('，谢谢', ' 3栋', '一直打不通', '', '。5楼'), frame, (each, after, before) => {
        const { text } = mask(`${before}电话${each}${after}`);
        expect(text.startsWith(`${before}电话`)).toBe(true);
        expect(text.endsWith(after)).toBe(true);
        expect(text).toContain('****');
      }),
    );
  });

  test('finds what it has left of a number to be none', () => {
    const unit = fc.constantFrom(...'0139 -转贵BE电话*号O一零/()8X');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
        const once = mask(text).text;
        expect(mask(once).text).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  test('looks at a number of candidates that grows with the text and no faster', () => {
    for (const unit of ['1 ', '1', '一', '1转', '0851-', '13985801234 ', '1-', '电话1']) {
      const looked = (length: number) => {
        let count = 0;
        findNumbers(plainly(unit.repeat(length)), [{ fits: () => ++count < 0 }]);
        return count;
      };
      expect(looked(4000)).toBeLessThanOrEqual(4.2 * Math.max(looked(1000), 50));
    }
  });
});

/** Masked, and no more than the number and the sign that goes with it. */
function isMasked({ before, number, after }: (typeof writings)[number]): boolean {
  const { text } = mask(before + number + after);
  const left = text.slice(before.length, text.length - after.length);
  const whole = text.startsWith(before) && text.endsWith(after);
  return whole && /^[^\d*]{0,3}\d{0,3}\*{4,11}[^*]{1,4}[^\p{N}]?$/u.test(left);
}

function linesOf(name: string): string[] {
  return readFileSync(new URL(`numbers/${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

function report(line: string): void {
  process.stdout.write(`${line}\n`);
}
