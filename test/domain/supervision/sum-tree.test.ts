import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inOrder, leadsTo, leafOf, pathOf, rootOf, type Sum } from '../../../src/domain/supervision/sum-tree.ts';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const width = 3;
const leaf = fc
  .tuple(fc.string(), fc.string(), fc.nat(3), fc.nat(3))
  .map(([text, salt, one, other]) => leafOf(digest, text, salt, [1, one, other]));
const leaves = fc.array(leaf, { minLength: 1, maxLength: 40 });
/** A tree, and a place in it. */
const placed = leaves.chain((all) => fc.tuple(fc.constant(inOrder(all)), fc.nat(all.length - 1)));
const root = (all: readonly Sum[]) => rootOf(digest, all, width);
const at = (all: readonly Sum[], index: number): Sum => all[index] ?? { hash: '', counts: [] };

describe('a sum tree', () => {
  test('proves each of its leaves, and its counts are those of all of them', () => {
    fc.assert(
      fc.property(placed, ([all, index]) => {
        const top = root(all);
        expect(top.counts).toEqual([0, 1, 2].map((each) => all.reduce((sum, { counts }) => sum + (counts[each] ?? 0), 0)));
        expect(leadsTo(digest, at(all, index), pathOf(digest, all, index), top)).toBe(true);
      }),
    );
  });

  test('does not prove a leaf with another text, salt or count, nor one that is at another place', () => {
    fc.assert(
      fc.property(placed, fc.string(), fc.nat(9), ([all, index], other, count) => {
        const top = root(all);
        const path = pathOf(digest, all, index);
        const own = at(all, index);
        const changed = leafOf(digest, other, 'another salt', own.counts);
        expect(leadsTo(digest, changed, path, top)).toBe(false);
        const counted = { ...own, counts: [1, (own.counts[1] ?? 0) + 1 + count, own.counts[2] ?? 0] };
        expect(leadsTo(digest, counted, path, top)).toBe(false);
        expect(leadsTo(digest, own, { ...path, index: all.length }, top)).toBe(false);
        if (all.length > 1) expect(leadsTo(digest, own, { ...path, index: (index + 1) % all.length }, top)).toBe(false);
      }),
    );
  });

  test('does not prove other counts of its root, nor counts moved from one neighbour to another, nor a shorter or longer way', () => {
    fc.assert(
      fc.property(placed, fc.nat(), ([all, index], which) => {
        const top = root(all);
        const path = pathOf(digest, all, index);
        const own = at(all, index);
        const raised = { ...top, counts: top.counts.map((count, each) => (each === 1 ? count + 1 : count)) };
        expect(leadsTo(digest, own, path, raised)).toBe(false);
        expect(leadsTo(digest, own, { ...path, beside: [...path.beside, own] }, top)).toBe(false);
        if (path.beside.length === 0) return;
        expect(leadsTo(digest, own, { ...path, beside: path.beside.slice(1) }, top)).toBe(false);
        const wrong = which % path.beside.length;
        const beside = path.beside.map((sum, each) =>
          each === wrong ? { ...sum, counts: sum.counts.map((count, place) => (place === 1 ? count + 1 : count)) } : sum,
        );
        expect(leadsTo(digest, own, { ...path, beside }, top)).toBe(false);
        expect(leadsTo(digest, own, { ...path, beside }, raised)).toBe(false);
      }),
    );
  });

  test('changes its root with any leaf, left out or put in', () => {
    fc.assert(
      fc.property(placed, leaf, ([all, index], more) => {
        const { hash } = root(all);
        expect(root(all.filter((_, each) => each !== index)).hash).not.toBe(hash);
        expect(root(inOrder([...all, more])).hash).not.toBe(hash);
      }),
    );
  });

  test('is the same in whatever order its leaves come', () => {
    fc.assert(
      fc.property(
        leaves.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => expect(root(inOrder(shuffled))).toEqual(root(inOrder(all))),
      ),
    );
  });

  test('of nothing is the hash of nothing, and of one leaf that leaf', () => {
    expect(root([])).toEqual({ hash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', counts: [0, 0, 0] });
    const only = leafOf(digest, '一件', 'salt', [1, 1, 0]);
    expect(root([only])).toEqual(only);
    expect(leadsTo(digest, only, { index: 0, beside: [] }, only)).toBe(true);
    expect(leadsTo(digest, only, { index: 0, beside: [] }, root([]))).toBe(false);
  });

  test('takes no node for a leaf, and no count that is none', () => {
    const all = inOrder([leafOf(digest, 'a', 's', [1, 0, 0]), leafOf(digest, 'b', 's', [1, 1, 0]), leafOf(digest, 'c', 's', [1, 1, 1])]);
    const top = root(all);
    // The node above the first two, said to be a leaf of a tree of two.
    const node = root(all.slice(0, 2));
    expect(leadsTo(digest, node, { index: 0, beside: [at(all, 2)] }, top)).toBe(false);
    expect(leadsTo(digest, { ...node, counts: [1, ...node.counts.slice(1)] }, { index: 0, beside: [at(all, 2)] }, top)).toBe(false);
    const path = pathOf(digest, all, 0);
    const negative = { ...path, beside: path.beside.map((sum) => ({ ...sum, counts: sum.counts.map((count) => -count) })) };
    expect(leadsTo(digest, at(all, 0), negative, top)).toBe(false);
    expect(leadsTo(digest, at(all, 0), { ...path, index: 0.5 }, top)).toBe(false);
  });
});
