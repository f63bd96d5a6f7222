import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { appealStates } from '../../../src/domain/appeals/appeal.ts';
import { ratesOf } from '../../../src/domain/appeals/rates.ts';
import { countNames, countsOf, ratesFrom } from '../../../src/domain/supervision/counts.ts';
import { misfit, type Proof, sealOf, shownSeal, stepsDigest } from '../../../src/domain/supervision/day.ts';
import { inOrder, leafOf, pathOf, rootOf } from '../../../src/domain/supervision/sum-tree.ts';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const moment = fc.nat(40).map((day) => new Date(Date.UTC(2026, 9, 1 + day)).toISOString());
const perhaps = <K extends string, T>(key: K, value: fc.Arbitrary<T>) => fc.option(value.map((each) => ({ [key]: each }) as Record<K, T>));
const rating = fc.record({ round: fc.nat(2), solved: fc.constantFrom('yes', 'partly', 'no', 'dropped'), at: moment });
const appeal = fc
  .tuple(
    fc.record({
      state: fc.constantFrom(...appealStates),
      createdAt: moment,
      round: fc.nat(2),
      ratings: fc.array(rating, { maxLength: 2 }),
    }),
    perhaps('firstWordBy', moment),
    perhaps('firstWordAt', moment),
    perhaps('resolvedAt', moment),
  )
  .map(([row, ...more]) => Object.assign({}, row, ...more.map((each) => each ?? {})));
const period = { from: '2026-10-10T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' };

test('what single cases count as adds up to the rates of all of them', () => {
  fc.assert(
    fc.property(fc.array(appeal), (all) => {
      const sums = countNames.map((_, index) => all.reduce((sum, each) => sum + (countsOf(each, period)[index] ?? 0), 0));
      expect(ratesFrom(sums)).toEqual(ratesOf(all, period.from, period.to));
    }),
  );
});

/** A proof of one of three cases. */
function proof(): Proof {
  const counts = countNames.map((name) => (name === 'cases' ? 1 : 0));
  const leaves = inOrder(['one', 'two', 'three'].map((text) => leafOf(digest, text, `salt of ${text}`, counts)));
  const index = leaves.findIndex(({ hash }) => hash === leafOf(digest, 'two', 'salt of two', counts).hash);
  const none = rootOf(digest, [], countNames.length);
  const day = {
    id: '2026-11-24',
    at: period.to,
    ...period,
    before: '',
    open: rootOf(digest, leaves, countNames.length),
    discreet: none,
    alarms: none,
  };
  const sealed = { ...day, seal: sealOf(digest, day) };
  return { tree: 'open', text: 'two', salt: 'salt of two', counts, ...pathOf(digest, leaves, index), day: sealed };
}

test('a proof fits, and tells where it does not', () => {
  const good = proof();
  expect(misfit(digest, good)).toBeUndefined();
  expect(misfit(digest, JSON.parse(JSON.stringify(good)))).toBeUndefined();
  expect(misfit(digest, { ...good, text: 'too' })).toBe('tree');
  expect(misfit(digest, { ...good, salt: '' })).toBe('tree');
  expect(misfit(digest, { ...good, tree: 'discreet' })).toBe('tree');
  expect(misfit(digest, { ...good, day: { ...good.day, before: digest('another past') } })).toBe('seal');
  expect(misfit(digest, { ...good, day: { ...good.day, to: good.day.from } })).toBe('seal');
});

test('a step that was changed, left out or put in is another history; one that was added begins with the same', () => {
  const steps = [
    { at: '2026-11-23T02:00:00.000Z', move: 'register', to: 'registered' },
    { at: '2026-11-23T03:00:00.000Z', move: 'answer', to: 'accepted', text: '明天上午来' },
    { at: '2026-11-24T03:00:00.000Z', move: 'resolve', to: 'resolved', text: '换了灯泡' },
  ] as const;
  const whole = stepsDigest(digest, steps);
  expect(stepsDigest(digest, steps.slice(0, 3))).toBe(whole);
  expect(stepsDigest(digest, steps.slice(1))).not.toBe(whole);
  expect(stepsDigest(digest, steps.slice(0, 2))).not.toBe(whole);
  expect(stepsDigest(digest, [steps[0], steps[2], steps[1]])).not.toBe(whole);
  expect(
    stepsDigest(
      digest,
      steps.map((step) => ({ ...step, at: steps[0].at })),
    ),
  ).not.toBe(whole);
});

test('a seal is read four characters at a time', () => {
  expect(shownSeal(digest(''))).toBe('e3b0 c442 98fc 1c14 9afb f4c8 996f b924');
});
