import type { Labelled } from './softmax.ts';
import type { Vector } from './vocabulary.ts';

/** An inverted index over phrasings: which of them have a feature, and how strongly. */
export interface Neighbours {
  readonly labels: Int32Array;
  readonly starts: Int32Array;
  readonly phrasings: Int32Array;
  readonly values: Float32Array;
}

/** The most similar phrasing of each class. */
export interface Nearest {
  /** Cosine similarity to the nearest phrasing, by class. */
  readonly byClass: Float32Array;
  /** The number of the nearest phrasing of all; -1 when none shares a feature. */
  readonly phrasing: number;
}

export function indexNeighbours(examples: readonly Labelled[], features: number): Neighbours {
  const starts = new Int32Array(features + 1);
  for (const { vector } of examples) for (const id of vector.ids) starts[id + 1] = (starts[id + 1] ?? 0) + 1;
  for (let id = 0; id < features; id++) starts[id + 1] = (starts[id + 1] ?? 0) + (starts[id] ?? 0);
  const next = starts.slice();
  const phrasings = new Int32Array(starts[features] ?? 0);
  const values = new Float32Array(starts[features] ?? 0);
  examples.forEach(({ vector }, phrasing) => {
    vector.ids.forEach((id, i) => {
      const slot = next[id] ?? 0;
      phrasings[slot] = phrasing;
      values[slot] = vector.values[i] ?? 0;
      next[id] = slot + 1;
    });
  });
  return { labels: Int32Array.from(examples, ({ label }) => label), starts, phrasings, values };
}

/** Cosine similarities to all phrasings at once; features that a large part of them has say little and are passed over. */
export function similarities({ labels, starts, phrasings, values }: Neighbours, vector: Vector): Float32Array {
  const similarity = new Float32Array(labels.length);
  const common = labels.length * 0.2;
  for (let i = 0; i < vector.ids.length; i++) {
    const id = vector.ids[i] ?? 0;
    const end = starts[id + 1] ?? 0;
    const begin = starts[id] ?? 0;
    if (end - begin > common && labels.length > 50) continue;
    const value = vector.values[i] ?? 0;
    for (let slot = begin; slot < end; slot++) {
      const phrasing = phrasings[slot] ?? 0;
      similarity[phrasing] = (similarity[phrasing] ?? 0) + value * (values[slot] ?? 0);
    }
  }
  return similarity;
}

/** The most similar phrasing of each class, and of all. */
export function nearest(neighbours: Neighbours, vector: Vector, classes: number): Nearest {
  const { labels } = neighbours;
  const similarity = similarities(neighbours, vector);
  const byClass = new Float32Array(classes);
  let best = -1;
  for (let phrasing = 0; phrasing < similarity.length; phrasing++) {
    const similar = similarity[phrasing] ?? 0;
    const label = labels[phrasing] ?? 0;
    if (similar > (byClass[label] ?? 0)) byClass[label] = similar;
    if (similar > 0 && (best < 0 || similar > (similarity[best] ?? 0))) best = phrasing;
  }
  return { byClass, phrasing: best };
}
