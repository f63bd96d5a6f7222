/** SHA-256 of a text in UTF-8, in hexadecimal. */
export type Digest = (text: string) => string;

/**
 * A leaf or node of a Merkle sum tree: its hash, and how many of each thing there are below it. The first count is that of the leaves, so
 * that the counts of a root also tell how large the tree is.
 */
export interface Sum {
  readonly hash: string;
  readonly counts: readonly number[];
}

/** What shows that a leaf is in a tree: where it is, and what stands beside it on the way to the root, the lowest first. */
export interface Path {
  readonly index: number;
  readonly beside: readonly Sum[];
}

/**
 * Leaves and nodes are told apart by the first byte of what is hashed (RFC 6962 §2.1), so that no node can be passed off as a leaf. A node is a
 * hash over both of its children with their counts: neither can be changed without it, nor can one make up for the other.
 */
const leafMark = '\u0000';
const nodeMark = '\u0001';

/** The leaf of a text with what it counts as. Nobody who does not know the salt can guess the text. The first count has to be 1. */
export function leafOf(digest: Digest, text: string, salt: string, counts: readonly number[]): Sum {
  return { hash: digest(leafMark + JSON.stringify([salt, text, counts])), counts };
}

/** Leaves in the order in which they make a tree: by their hashes, which tells nothing of what they are of. */
export function inOrder<S extends Sum>(leaves: readonly S[]): S[] {
  return [...leaves].sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0));
}

/** The root over leaves in their order; of none, the hash of nothing (RFC 6962 §2.1). `width`: how many counts each has. */
export function rootOf(digest: Digest, leaves: readonly Sum[], width: number): Sum {
  const [first, ...others] = leaves;
  if (!first) return { hash: digest(''), counts: Array.from({ length: width }, () => 0) };
  if (others.length === 0) return first;
  const { left, right } = halves(leaves);
  return nodeOf(digest, rootOf(digest, left, width), rootOf(digest, right, width));
}

/** The path of the leaf at an index below the size of the tree. */
export function pathOf(digest: Digest, leaves: readonly Sum[], index: number): Path {
  return { index, beside: besideOf(digest, leaves, index) };
}

function besideOf(digest: Digest, leaves: readonly Sum[], index: number): Sum[] {
  if (leaves.length <= 1) return [];
  const { left, right } = halves(leaves);
  const [own, other, below] = index < left.length ? [left, right, index] : [right, left, index - left.length];
  return [...besideOf(digest, own, below), rootOf(digest, other, 0)];
}

/**
 * Whether a path leads from a leaf to a root, hashes and counts alike (the steps of RFC 9162 §2.1.3.2). Counts that are no counts are
 * refused: one that is negative would hide others.
 */
export function leadsTo(digest: Digest, leaf: Sum, { index, beside }: Path, root: Sum): boolean {
  const [size = 0] = root.counts;
  if (![leaf, root, ...beside].every((sum) => sum.counts.length === root.counts.length && sum.counts.every(isCount))) return false;
  if (leaf.counts[0] !== 1 || !isCount(index) || index >= size) return false;
  let at = index;
  let last = size - 1;
  let sum = leaf;
  for (const other of beside) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      sum = nodeOf(digest, other, sum);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else sum = nodeOf(digest, sum, other);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sum.hash === root.hash && sum.counts.every((count, index) => count === root.counts[index]);
}

function nodeOf(digest: Digest, left: Sum, right: Sum): Sum {
  return {
    hash: digest(nodeMark + JSON.stringify([left.hash, left.counts, right.hash, right.counts])),
    counts: left.counts.map((count, index) => count + (right.counts[index] ?? 0)),
  };
}

/** The left part is the largest power of two below the size (RFC 6962 §2.1). */
function halves(leaves: readonly Sum[]): { left: readonly Sum[]; right: readonly Sum[] } {
  let size = 1;
  while (size * 2 < leaves.length) size *= 2;
  return { left: leaves.slice(0, size), right: leaves.slice(size) };
}

const half = (count: number) => Math.floor(count / 2);
const isCount = (count: number) => Number.isSafeInteger(count) && count >= 0;
