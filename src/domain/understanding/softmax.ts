import type { Vector } from './vocabulary.ts';

/**
 * A sparse softmax regression: a weight exists only where a class has the feature. Weights lie by feature: those of feature
 * f are at `starts[f]` up to `starts[f + 1]`, each for the class in `classes`.
 */
export interface Softmax {
  readonly size: number;
  readonly starts: Int32Array;
  readonly classes: Uint16Array;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** How much a feature weighs for a class; 0 where the class never had it. */
export function weightOf({ starts, classes, weights }: Softmax, feature: number, label: number): number {
  for (let slot = starts[feature] ?? 0; slot < (starts[feature + 1] ?? 0); slot++) if (classes[slot] === label) return weights[slot] ?? 0;
  return 0;
}

/** Class probabilities of a text, in the order of the classes. */
export function probabilities({ size, starts, classes, weights, bias }: Softmax, { ids, values }: Vector): Float64Array {
  const scores = new Float64Array(size);
  for (let c = 0; c < size; c++) scores[c] = bias[c] ?? 0;
  for (let i = 0; i < ids.length; i++) {
    const value = values[i] ?? 0;
    const end = starts[(ids[i] ?? 0) + 1] ?? 0;
    for (let slot = starts[ids[i] ?? 0] ?? 0; slot < end; slot++) {
      const c = classes[slot] ?? 0;
      scores[c] = (scores[c] ?? 0) + (weights[slot] ?? 0) * value;
    }
  }
  return normalised(scores);
}

/** exp(x) to a sum of 1. */
export function normalised(scores: Float64Array): Float64Array {
  let highest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < scores.length; c++) if ((scores[c] ?? 0) > highest) highest = scores[c] ?? 0;
  let sum = 0;
  for (let c = 0; c < scores.length; c++) {
    const e = Math.exp((scores[c] ?? 0) - highest);
    scores[c] = e;
    sum += e;
  }
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] ?? 0) / sum;
  return scores;
}
