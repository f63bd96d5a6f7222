import type { Labelled } from './centroids.ts';
import type { Vector } from './vocabulary.ts';

/**
 * An inverted index over phrasings: which of them have a feature, and how strongly. Features that a large part of them has say little,
 * and are left out.
 */
export interface Neighbours {
  readonly labels: Int32Array;
  /** Where phrasings of another class begin than that of the one before: most of a class stand side by side. */
  readonly runs: Int32Array;
  readonly starts: Int32Array;
  readonly phrasings: Int32Array;
  /** In parts of `whole`. */
  readonly values: Uint16Array;
}

/** What a feature counts that is all of a phrasing. */
const whole = 65_535;
/** So large a part says little, of so many phrasings. */
const common = { share: 0.1, of: 50 } as const;

export function indexNeighbours({ texts, labels, learnt }: Labelled, features: number): Neighbours {
  const { offsets, ids, values: strengths } = texts;
  const starts = new Int32Array(features + 1);
  for (const text of learnt) {
    for (let i = offsets[text] ?? 0; i < (offsets[text + 1] ?? 0); i++) starts[(ids[i] ?? 0) + 1] = (starts[(ids[i] ?? 0) + 1] ?? 0) + 1;
  }
  const most = learnt.length > common.of ? learnt.length * common.share : learnt.length;
  const left = Uint8Array.from({ length: features }, (_, id) => Number((starts[id + 1] ?? 0) > most));
  for (let id = 0; id < features; id++) starts[id + 1] = (left[id] ? 0 : (starts[id + 1] ?? 0)) + (starts[id] ?? 0);
  const next = starts.slice();
  const phrasings = new Int32Array(starts[features] ?? 0);
  const values = new Uint16Array(starts[features] ?? 0);
  const runs: number[] = [];
  const own = Int32Array.from(learnt, (text) => labels[text] ?? 0);
  for (let phrasing = 0; phrasing < learnt.length; phrasing++) {
    if (phrasing === 0 || own[phrasing] !== own[phrasing - 1]) runs.push(phrasing);
    const text = learnt[phrasing] ?? 0;
    for (let i = offsets[text] ?? 0; i < (offsets[text + 1] ?? 0); i++) {
      if (left[ids[i] ?? 0]) continue;
      const slot = next[ids[i] ?? 0] ?? 0;
      phrasings[slot] = phrasing;
      values[slot] = Math.round((strengths[i] ?? 0) * whole);
      next[ids[i] ?? 0] = slot + 1;
    }
  }
  return { labels: own, runs: Int32Array.from(runs), starts, phrasings, values };
}

/** Cosine similarities to all phrasings at once, into `similarity` when given. */
export function similarities(
  { labels, starts, phrasings, values }: Neighbours,
  vector: Vector,
  similarity: Float32Array = new Float32Array(labels.length),
): Float32Array {
  similarity.fill(0);
  for (let i = 0; i < vector.ids.length; i++) {
    const id = vector.ids[i] ?? 0;
    const end = starts[id + 1] ?? 0;
    const value = (vector.values[i] ?? 0) / whole;
    for (let slot = starts[id] ?? 0; slot < end; slot++) {
      const phrasing = phrasings[slot] ?? 0;
      similarity[phrasing] = (similarity[phrasing] ?? 0) + value * (values[slot] ?? 0);
    }
  }
  return similarity;
}

/** How similar the most similar phrasing of each class is: cosines, by class. */
export function nearest({ labels, runs }: Neighbours, similarity: Float32Array, classes: number): Float32Array {
  const byClass = new Float32Array(classes);
  for (let run = 0; run < runs.length; run++) {
    const begin = runs[run] ?? 0;
    const end = runs[run + 1] ?? labels.length;
    let best = 0;
    for (let phrasing = begin; phrasing < end; phrasing++) if ((similarity[phrasing] ?? 0) > best) best = similarity[phrasing] ?? 0;
    const label = labels[begin] ?? 0;
    if (best > (byClass[label] ?? 0)) byClass[label] = best;
  }
  return byClass;
}
