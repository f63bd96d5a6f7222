/** A small logistic regression with its inputs brought to mean 0 and deviation 1. */
export interface Logistic {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly weights: readonly number[];
  readonly bias: number;
}

/** A share from 0 to 1 as log-odds; `least` keeps it away from both ends. */
export function logOdds(share: number, least: number): number {
  return Math.log((share + least) / (1 - share + least));
}

/** What a logistic regression learns from. */
export interface Judged {
  /** Row after row, `width` signs each. */
  readonly signs: Float64Array;
  readonly width: number;
  /** By row: 1 when it was so, 0 when not. */
  readonly truths: Uint8Array;
  readonly weights: Float64Array;
}

/** Newton's method settles within a handful of rounds. */
const rounds = 10;
const ridge = 1e-3;

/** Fits by iteratively reweighted least squares; the same examples give the same result. */
export function fitLogistic({ signs, width, truths, weights }: Judged): Logistic {
  const { means, deviations, rows } = standardised(signs, width);
  const side = width + 1;
  let total = 0;
  for (const weight of weights) total += weight;
  let fitted = new Array<number>(side).fill(0);
  for (let round = 0; round < rounds; round++) {
    const slope = fitted.map((value, column) => (column < width ? -ridge * total * value : 0));
    const curve = new Float64Array(side * side);
    for (let column = 0; column < side; column++) curve[column * side + column] = ridge * total;
    for (let row = 0; row < truths.length; row++) {
      const first = row * side;
      let score = 0;
      for (let i = 0; i < side; i++) score += (fitted[i] ?? 0) * (rows[first + i] ?? 0);
      const p = sigmoid(score);
      const weight = weights[row] ?? 0;
      const error = ((truths[row] ?? 0) - p) * weight;
      const bend = Math.max(p * (1 - p), 1e-6) * weight;
      for (let column = 0; column < side; column++) {
        const value = rows[first + column] ?? 0;
        slope[column] = (slope[column] ?? 0) + error * value;
        for (let other = 0; other < side; other++) {
          const cell = column * side + other;
          curve[cell] = (curve[cell] ?? 0) + bend * value * (rows[first + other] ?? 0);
        }
      }
    }
    const lines = slope.map((_, column) => [...curve.subarray(column * side, (column + 1) * side)]);
    const step = solved(lines, slope);
    fitted = fitted.map((value, column) => value + (step[column] ?? 0));
  }
  return { means, deviations, weights: fitted.slice(0, width), bias: fitted[width] ?? 0 };
}

/** The signs brought to mean 0 and deviation 1, with one more that is always 1: its weight is the bias. */
function standardised(signs: Float64Array, width: number) {
  const count = width === 0 ? 0 : signs.length / width;
  const rows = new Float64Array(count * (width + 1)).fill(1);
  const means: number[] = [];
  const deviations: number[] = [];
  for (let column = 0; column < width; column++) {
    let sum = 0;
    for (let row = 0; row < count; row++) sum += signs[row * width + column] ?? 0;
    const mean = sum / count;
    let squares = 0;
    for (let row = 0; row < count; row++) squares += ((signs[row * width + column] ?? 0) - mean) ** 2;
    const deviation = Math.sqrt(squares / count) || 1;
    for (let row = 0; row < count; row++) rows[row * (width + 1) + column] = ((signs[row * width + column] ?? 0) - mean) / deviation;
    means.push(mean);
    deviations.push(deviation);
  }
  return { means, deviations, rows };
}

/** x with a·x = b, by Gaussian elimination; `a` is symmetric and, thanks to the ridge, never singular. */
function solved(a: number[][], b: number[]): number[] {
  const rows = a.map((row, index) => [...row, b[index] ?? 0]);
  for (let pivot = 0; pivot < rows.length; pivot++) {
    const top = rows[pivot] ?? [];
    for (let below = pivot + 1; below < rows.length; below++) {
      const row = rows[below] ?? [];
      const factor = (row[pivot] ?? 0) / (top[pivot] ?? 1);
      for (let column = pivot; column < row.length; column++) row[column] = (row[column] ?? 0) - factor * (top[column] ?? 0);
    }
  }
  const x = new Array<number>(rows.length).fill(0);
  for (let index = rows.length - 1; index >= 0; index--) {
    const row = rows[index] ?? [];
    let rest = row[rows.length] ?? 0;
    for (let column = index + 1; column < rows.length; column++) rest -= (row[column] ?? 0) * (x[column] ?? 0);
    x[index] = rest / (row[index] ?? 1);
  }
  return x;
}

/** The probability that it is so. */
export function judge({ means, deviations, weights, bias }: Logistic, signs: ArrayLike<number>): number {
  let score = bias;
  for (let i = 0; i < weights.length; i++) score += ((weights[i] ?? 0) * ((signs[i] ?? 0) - (means[i] ?? 0))) / (deviations[i] ?? 1);
  return sigmoid(score);
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
