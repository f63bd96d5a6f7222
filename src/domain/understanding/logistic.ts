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

/** Newton's method settles within a handful of rounds. */
const rounds = 10;
const ridge = 1e-3;

/** Fits by iteratively reweighted least squares; the same examples give the same result. */
export function fitLogistic(examples: readonly Judged[]): Logistic {
  const width = examples[0]?.signs.length ?? 0;
  const columns = Array.from({ length: width }, (_, column) => examples.map(({ signs }) => signs[column] ?? 0));
  const means = columns.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  const deviations = columns.map(
    (values, column) => Math.sqrt(values.reduce((sum, value) => sum + (value - (means[column] ?? 0)) ** 2, 0) / values.length) || 1,
  );
  // The last input is always 1: its weight is the bias.
  const rows = examples.map(({ signs }) => [
    ...signs.map((value, column) => (value - (means[column] ?? 0)) / (deviations[column] ?? 1)),
    1,
  ]);
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  let fitted = new Array<number>(width + 1).fill(0);
  for (let round = 0; round < rounds; round++) {
    const slope = fitted.map((value, column) => (column < width ? -ridge * total * value : 0));
    const curve = fitted.map((_, column) => fitted.map((__, other) => (column === other ? ridge * total : 0)));
    rows.forEach((row, index) => {
      const example = examples[index];
      if (!example) return;
      const p = sigmoid(dot(fitted, row));
      const error = (example.truth - p) * example.weight;
      const bend = Math.max(p * (1 - p), 1e-6) * example.weight;
      for (let column = 0; column <= width; column++) {
        const value = row[column] ?? 0;
        slope[column] = (slope[column] ?? 0) + error * value;
        const line = curve[column];
        if (line) for (let other = 0; other <= width; other++) line[other] = (line[other] ?? 0) + bend * value * (row[other] ?? 0);
      }
    });
    const step = solved(curve, slope);
    fitted = fitted.map((value, column) => value + (step[column] ?? 0));
  }
  return { means, deviations, weights: fitted.slice(0, width), bias: fitted[width] ?? 0 };
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
