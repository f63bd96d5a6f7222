/** A small logistic regression with its inputs brought to mean 0 and deviation 1. */
export interface Logistic {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly weights: readonly number[];
  readonly bias: number;
}

export interface Judged {
  readonly signs: readonly number[];
  /** 1 when it was so, 0 when not. */
  readonly truth: number;
  readonly weight: number;
}

const rounds = 400;
const rate = 0.5;
const ridge = 1e-3;

/** Fits by gradient descent on all examples at once; the same examples give the same result. */
export function fitLogistic(examples: readonly Judged[]): Logistic {
  const width = examples[0]?.signs.length ?? 0;
  const columns = Array.from({ length: width }, (_, column) => examples.map(({ signs }) => signs[column] ?? 0));
  const means = columns.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  const deviations = columns.map(
    (values, column) => Math.sqrt(values.reduce((sum, value) => sum + (value - (means[column] ?? 0)) ** 2, 0) / values.length) || 1,
  );
  const rows = examples.map(({ signs }) => signs.map((value, column) => (value - (means[column] ?? 0)) / (deviations[column] ?? 1)));
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const weights = new Array<number>(width).fill(0);
  let bias = 0;
  for (let round = 0; round < rounds; round++) {
    const slope = new Array<number>(width).fill(0);
    let biasSlope = 0;
    rows.forEach((row, index) => {
      const example = examples[index];
      if (!example) return;
      const error = (sigmoid(dot(weights, row) + bias) - example.truth) * example.weight;
      biasSlope += error;
      for (let column = 0; column < width; column++) slope[column] = (slope[column] ?? 0) + error * (row[column] ?? 0);
    });
    for (let column = 0; column < width; column++)
      weights[column] = (weights[column] ?? 0) - rate * ((slope[column] ?? 0) / total + ridge * (weights[column] ?? 0));
    bias -= (rate * biasSlope) / total;
  }
  return { means, deviations, weights, bias };
}

/** The probability that it is so. */
export function judge({ means, deviations, weights, bias }: Logistic, signs: readonly number[]): number {
  return sigmoid(
    signs.reduce((sum, value, column) => sum + ((weights[column] ?? 0) * (value - (means[column] ?? 0))) / (deviations[column] ?? 1), bias),
  );
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
