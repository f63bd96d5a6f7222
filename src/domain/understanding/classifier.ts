import type { Hashed } from './hashed.ts';
import { generator, shuffle } from './softmax.ts';

/** A linear belief about texts: which of some labels one has. Two labels make it a logistic regression. Plain data. */
export interface Classifier {
  readonly labels: readonly string[];
  /** How many features it tells apart, a power of two: their numbers are folded into it. */
  readonly space: number;
  /** By feature, then by label. */
  readonly weights: Float32Array;
  readonly bias: Float64Array;
}

export interface Example {
  readonly features: Hashed;
  /** The number of its label. */
  readonly label: number;
  /** How much it counts beside others; 1 unless said. */
  readonly weight?: number;
}

/** Weights of one classifier, at most: many labels share a smaller space, so that a model stays a few megabytes. */
const mostWeights = 2 ** 20;

/** An error smaller than this teaches nothing worth its time. */
const negligible = 1e-3;
const rate = 0.5;
const biasRate = 0.02;
const smallestSquare = 1e-3;

/**
 * Trains by AdaGrad (Duchi, Hazan, Singer 2011), some rounds over the examples in an order that is the same every time: the same
 * examples give the same classifier.
 */
export function trainClassifier(labels: readonly string[], examples: readonly Example[], rounds: number): Classifier {
  const size = labels.length;
  const space = 2 ** Math.floor(Math.log2(mostWeights / Math.max(4, size)));
  const weights = new Float32Array(space * size);
  const squares = new Float32Array(space * size).fill(smallestSquare);
  const bias = new Float64Array(size);
  const order = examples.map((_, index) => index);
  const random = generator(20261126);
  const error = new Float64Array(size);
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random);
    for (const index of order) {
      const example = examples[index];
      if (!example) continue;
      const { features, label, weight = 1 } = example;
      scores({ space, weights, bias }, features, error);
      toShares(error);
      for (let k = 0; k < size; k++) {
        const e = ((error[k] ?? 0) - Number(k === label)) * weight;
        error[k] = Math.abs(e) < negligible ? 0 : e;
        bias[k] = (bias[k] ?? 0) - biasRate * e;
      }
      learn({ space, weights }, squares, features, error);
    }
  }
  return { labels, space, weights, bias };
}

/** How much it believes in each label, in their order; the sum is 1. */
export function beliefs(classifier: Classifier, features: Hashed): Float64Array {
  const shares = new Float64Array(classifier.labels.length);
  scores(classifier, features, shares);
  toShares(shares);
  return shares;
}

function scores({ space, weights, bias }: Omit<Classifier, 'labels'>, { ids, values }: Hashed, into: Float64Array): void {
  const size = into.length;
  for (let k = 0; k < size; k++) into[k] = bias[k] ?? 0;
  for (let i = 0; i < ids.length; i++) {
    const start = ((ids[i] ?? 0) & (space - 1)) * size;
    const value = values[i] ?? 0;
    for (let k = 0; k < size; k++) into[k] = (into[k] ?? 0) + (weights[start + k] ?? 0) * value;
  }
}

function toShares(into: Float64Array): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of into) if (score > highest) highest = score;
  let sum = 0;
  for (let k = 0; k < into.length; k++) {
    into[k] = Math.exp((into[k] ?? 0) - highest);
    sum += into[k] ?? 0;
  }
  for (let k = 0; k < into.length; k++) into[k] = (into[k] ?? 0) / sum;
}

/** One step on one example. The hot loop of training: plain arrays and indices. */
function learn(
  { space, weights }: Pick<Classifier, 'space' | 'weights'>,
  squares: Float32Array,
  { ids, values }: Hashed,
  error: Float64Array,
): void {
  const size = error.length;
  for (let i = 0; i < ids.length; i++) {
    const start = ((ids[i] ?? 0) & (space - 1)) * size;
    const value = values[i] ?? 0;
    for (let k = 0; k < size; k++) {
      const slope = (error[k] ?? 0) * value;
      if (slope === 0) continue;
      const square = (squares[start + k] ?? 0) + slope * slope;
      squares[start + k] = square;
      weights[start + k] = (weights[start + k] ?? 0) - (rate * slope) / Math.sqrt(square);
    }
  }
}
