import { expect, test } from '@jest/globals';
import { type Counted, ratesOf } from '../../src/domain/appeals/rates.ts';

const day = (date: number) => `2026-11-${String(date).padStart(2, '0')}T02:00:00.000Z`;
const appeal = (part: Partial<Counted>): Counted => ({ state: 'archived', round: 1, ratings: [], ...part });

test('每个率都有分子分母，没评价的另算', () => {
  const rates = ratesOf(
    [
      appeal({ firstWordBy: day(3), firstWordAt: day(2) }),
      appeal({ firstWordBy: day(3), firstWordAt: day(4) }),
      appeal({ state: 'registered', firstWordBy: day(5) }),
      appeal({ state: 'withdrawn', firstWordBy: day(5) }),
      appeal({ firstWordBy: day(25), firstWordAt: day(24) }),
      appeal({ resolvedAt: day(6), ratings: [{ round: 1, solved: 'yes', satisfied: 'yes', at: day(7) }] }),
      appeal({ resolvedAt: day(6), ratings: [{ round: 1, solved: 'yes', satisfied: 'no', at: day(7) }] }),
      appeal({ resolvedAt: day(6), ratings: [{ round: 1, solved: 'partly', satisfied: 'fairly', at: day(8) }] }),
      appeal({ resolvedAt: day(6), ratings: [{ round: 1, solved: 'no', at: day(8) }] }),
      appeal({ resolvedAt: day(6) }),
    ],
    day(1),
    day(20),
  );
  expect(rates).toEqual({
    response: { of: 3, count: 1 },
    solved: { of: 4, count: 2 },
    partly: 1,
    satisfied: { of: 3, count: 2 },
    unrated: 1,
  });
});

test('a merge makes the rate of answers no lower: what goes on under another number is answered there', () => {
  const served = appeal({ firstWordBy: day(3), firstWordAt: day(2) });
  const rate = (merged: Partial<Counted>) =>
    ratesOf([served, appeal({ state: 'merged', firstWordBy: day(3), ...merged })], day(1), day(20)).response;
  expect(rate({ firstWordAt: day(2) })).toEqual({ of: 2, count: 2 });
  expect(rate({})).toEqual({ of: 1, count: 1 });
  // Merged too late it was answered too late.
  expect(rate({ firstWordAt: day(4) })).toEqual({ of: 2, count: 1 });
});

test('nothing happened: no division by nothing', () => {
  expect(ratesOf([], day(1), day(2)).solved).toEqual({ of: 0, count: 0 });
});
