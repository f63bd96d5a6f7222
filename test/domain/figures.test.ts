import { describe, expect, test } from '@jest/globals';
import { figuresOf, mostOf } from '../../src/domain/appeals/tally.ts';
import { spotOf } from '../../src/domain/words/place.ts';
import { places } from '../support/places.ts';

const period = { from: '2026-11-16', to: '2026-11-23', before: { from: '2026-11-09', to: '2026-11-16' } };
const appeal = (createdAt: string, category: string, resolvedAt?: string) => ({
  state: 'registered' as const,
  round: 1,
  ratings: [],
  createdAt,
  category,
  ...(resolvedAt === undefined ? {} : { resolvedAt }),
});

describe('figures of a period', () => {
  const figures = figuresOf(
    [
      appeal('2026-11-08T23', 'noise', '2026-11-16T00'),
      appeal('2026-11-09', 'noise', '2026-11-15T23'),
      appeal('2026-11-15T23', 'light'),
      appeal('2026-11-16', 'leak'),
      appeal('2026-11-17', 'noise'),
      appeal('2026-11-22T23', 'leak', '2026-11-23'),
      appeal('2026-11-23', 'leak'),
    ],
    period,
    { category: ({ category }) => category, place: () => '3栋' },
  );

  test('the first moment counts, the last one belongs to the next period', () => {
    expect(figures.received).toEqual({ now: 3, before: 2 });
    expect(figures.places).toEqual([{ title: '3栋', now: 3, before: 2 }]);
  });
  test('what was closed counts when it was closed', () => {
    expect(figures.done).toEqual({ now: 1, before: 1 });
  });
  test('the most first, and what there is no more of is not forgotten', () => {
    expect(figures.categories).toEqual([
      { title: 'leak', now: 2, before: 0 },
      { title: 'noise', now: 1, before: 1 },
      { title: 'light', now: 0, before: 1 },
    ]);
  });
  test('what is left is one row, unless it is only one', () => {
    expect(mostOf(figures.categories, 2, (count) => `${count} more`)).toEqual(figures.categories);
    expect(mostOf(figures.categories, 1, (count) => `${count} more`)).toEqual([
      { title: 'leak', now: 2, before: 0 },
      { title: '2 more', now: 1, before: 2 },
    ]);
  });
});

test.each([
  ['三栋二单元501', '3栋'],
  ['12号楼', '12栋'],
  ['菜场门口旁边', '菜场门口'],
  ['菜场  门口', '菜场门口'],
  ['人民路 口', '人民路 口'],
])('%s is counted at %s', (place, spot) => {
  expect(spotOf(place, ['3栋', '菜场门口'], places)).toBe(spot);
});
