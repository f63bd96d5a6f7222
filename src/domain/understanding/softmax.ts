import type { Vector } from './vocabulary.ts';

/**
 * A sparse softmax regression: a weight exists only where a class has the feature. Weights lie by feature: those of feature
 * f are at `starts[f]` up to `starts[f + 1]`, each for the class in `classes`.
 */
export interface Softmax {
  readonly size: number;
  readonly starts: Int32Array;
  readonly classes: Int32Array;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export interface Labelled {
  readonly vector: Vector;
  readonly label: number;
}

export interface Training {
  readonly epochs: number;
  readonly rate: number;
  /** The scale of the class centroids that the weights begin with (Rocchio). */
  readonly start: number;
  /** Decay of a weight each time it is used. */
  readonly decay: number;
}

/** A class whose probability is off by less than this is left alone: most are, and their steps would change nothing. */
const negligible = 1e-3;

const usual: Training = { epochs: 8, rate: 1, start: 6, decay: 1e-5 };

/**
 * Trains by AdaGrad (Duchi, Hazan, Singer 2011) in an order that is the same every time. `size` classes, `features`
 * features.
 */
export function trainSoftmax(examples: readonly Labelled[], size: number, features: number, training: Partial<Training> = {}): Softmax {
  const { epochs, rate, start, decay } = { ...usual, ...training };
  const model = centroids(examples, size, features, start);
  const squares = new Float32Array(model.weights.length).fill(1e-2);
  const biasSquares = new Float32Array(size).fill(1);
  const order = examples.map((_, index) => index);
  const random = generator(20261123);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const index of order) {
      const example = examples[index];
      if (example) learn(model, squares, biasSquares, example, rate, decay);
    }
  }
  return model;
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
  for (const score of scores) if (score > highest) highest = score;
  let sum = 0;
  for (let c = 0; c < scores.length; c++) {
    const e = Math.exp((scores[c] ?? 0) - highest);
    scores[c] = e;
    sum += e;
  }
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] ?? 0) / sum;
  return scores;
}

/** One step of AdaGrad on one example. The hot loop of training: plain arrays and indices. */
function learn(
  model: Softmax,
  squares: Float32Array,
  biasSquares: Float32Array,
  { vector, label }: Labelled,
  rate: number,
  decay: number,
): void {
  const gradient = probabilities(model, vector);
  gradient[label] = (gradient[label] ?? 0) - 1;
  const { starts, classes, weights, bias } = model;
  for (let c = 0; c < gradient.length; c++) {
    const g = gradient[c] ?? 0;
    biasSquares[c] = (biasSquares[c] ?? 0) + g * g;
    bias[c] = (bias[c] ?? 0) - (0.1 * rate * g) / Math.sqrt(biasSquares[c] ?? 1);
  }
  for (let i = 0; i < vector.ids.length; i++) {
    const value = vector.values[i] ?? 0;
    const id = vector.ids[i] ?? 0;
    const end = starts[id + 1] ?? 0;
    for (let slot = starts[id] ?? 0; slot < end; slot++) {
      const slope = gradient[classes[slot] ?? 0] ?? 0;
      if (slope < negligible && slope > -negligible) continue;
      const g = slope * value;
      const weight = weights[slot] ?? 0;
      const square = (squares[slot] ?? 0) + g * g;
      squares[slot] = square;
      weights[slot] = weight - (rate * g) / Math.sqrt(square) - decay * weight;
    }
  }
}

/** The mean of each class's texts, as the weights to begin with. */
function centroids(examples: readonly Labelled[], size: number, features: number, scale: number): Softmax {
  const counts = new Float64Array(size);
  const sums: Map<number, number>[] = Array.from({ length: features }, () => new Map());
  for (const { vector, label } of examples) {
    counts[label] = (counts[label] ?? 0) + 1;
    vector.ids.forEach((id, i) => {
      const sum = sums[id];
      sum?.set(label, (sum.get(label) ?? 0) + (vector.values[i] ?? 0));
    });
  }
  const starts = new Int32Array(features + 1);
  sums.forEach((sum, id) => {
    starts[id + 1] = (starts[id] ?? 0) + sum.size;
  });
  const classes = new Int32Array(starts[features] ?? 0);
  const weights = new Float32Array(starts[features] ?? 0);
  sums.forEach((sum, id) => {
    let slot = starts[id] ?? 0;
    for (const [label, total] of [...sum].sort((a, b) => a[0] - b[0])) {
      classes[slot] = label;
      weights[slot++] = (scale * total) / (counts[label] ?? 1);
    }
  });
  return { size, starts, classes, weights, bias: new Float32Array(size) };
}

/** Numbers in 0…1, the same in every run (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function shuffle(order: number[], random: () => number): void {
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
}
