import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { leastPaid, type RetirementGroup, retirement } from '../../../src/domain/reckoning/retirement.ts';
import { monthAfter, monthsBetween } from '../../../src/domain/time/calendar-month.ts';

/** As the law prints them. */
const annex = readFileSync(join(import.meta.dirname, 'retirement-annex.txt'), 'utf8')
  .split('\n')
  .filter((line) => /^[mw]/.test(line))
  .map((line) => line.split(' '))
  .map(([group = '', born = '', years = '', months = '', at = '', delay = '']) => ({
    group: group as RetirementGroup,
    born,
    age: Number(years) * 12 + Number(months),
    at,
    delay: Number(delay),
  }));

const limits = {
  man: [720, 756, '1965-01', '1976-09'],
  woman55: [660, 696, '1970-01', '1981-09'],
  woman50: [600, 660, '1975-01', '1984-11'],
} as const;
const anyGroup = fc.constantFrom<RetirementGroup>('man', 'woman55', 'woman50');
const anyMonth = fc.integer({ min: 0, max: 12 * 80 }).map((count) => monthAfter('1930-01', count));

describe('the age of retirement', () => {
  test('is that of the annexes for every month that stands in them', () => {
    expect(annex).toHaveLength(408);
    for (const { group, born, age, at, delay } of annex) expect(retirement(born, group)).toMatchObject({ age, at, delay });
  });

  test.each(['man', 'woman55', 'woman50'] as const)('%s: the annex leaves no month out between the first and the last', (group) => {
    const months = annex.filter((row) => row.group === group).map(({ born }) => born);
    const [, , first] = limits[group];
    expect(months).toEqual(months.map((_, index) => monthAfter(first, index)));
  });

  test('never lies before the age of old, nor beyond 63, 58 and 55', () => {
    fc.assert(
      fc.property(anyGroup, anyMonth, (group, born) => {
        const { age, delay, at, before } = retirement(born, group);
        const [least, most, first, last] = limits[group];
        expect(age).toBeGreaterThanOrEqual(least);
        expect(age).toBeLessThanOrEqual(most);
        expect(age - least).toBe(delay);
        expect(monthsBetween(born, at)).toBe(age);
        expect(monthsBetween(born, before)).toBe(least);
        if (born < first) expect(delay).toBe(0);
        if (born >= last) expect(age).toBe(most);
      }),
    );
  });

  test('is never earlier for who was born later, and rises by no more than a month at a time', () => {
    fc.assert(
      fc.property(anyGroup, anyMonth, (group, born) => {
        const [one, next] = [retirement(born, group), retirement(monthAfter(born, 1), group)];
        expect(next.at > one.at).toBe(true);
        expect([0, 1]).toContain(next.delay - one.delay);
      }),
    );
  });

  test('can be left early by three years, but not before the age of old, and late by three', () => {
    fc.assert(
      fc.property(anyGroup, anyMonth, (group, born) => {
        const { at, earliest, latest, before, delay } = retirement(born, group);
        expect(earliest).toBe(monthAfter(at, -Math.min(36, delay)));
        expect(earliest >= before).toBe(true);
        expect(monthsBetween(at, latest)).toBe(36);
      }),
    );
  });

  test.each([
    [2025, 180],
    [2029, 180],
    [2030, 186],
    [2031, 192],
    [2034, 210],
    [2038, 234],
    [2039, 240],
    [2050, 240],
  ])('in %i so many months have to be paid in as annex 4 says', (year, months) => expect(leastPaid(year)).toBe(months));
});
