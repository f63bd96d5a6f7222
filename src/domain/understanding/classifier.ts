import { type Hashed, strengthShift, strengths } from './hashed.ts';
import { type HashedTexts, hashedAt } from './hashed-texts.ts';
import { keyOn, seed } from './hashing.ts';
import { learningOrder } from './learning-order.ts';

/** A linear belief about texts: which of some labels one has. Plain data. */
export interface Classifier {
  readonly labels: readonly string[];
  /** How many features it tells apart, a power of two: their numbers are folded into it. */
  readonly space: number;
  /** By feature, then by label. Of two labels (a logistic regression) only the second has weights: those of the first are their opposites. */
  readonly weights: Float32Array;
  readonly bias: Float64Array;
}

export interface Example {
  /** The number of its text. */
  readonly text: number;
  /** The number of its label. */
  readonly label: number;
  /** How much it counts beside others. */
  readonly weight: number;
}

/** What a classifier learns from, example after example: numbers and weights as in `Example`. */
export interface Examples {
  readonly texts: Int32Array;
  readonly labels: Int32Array;
  readonly weights: Float64Array;
}

export function columns(examples: readonly Example[]): Examples {
  return {
    texts: Int32Array.from(examples, ({ text }) => text),
    labels: Int32Array.from(examples, ({ label }) => label),
    weights: Float64Array.from(examples, ({ weight }) => weight),
  };
}

/** The examples of both, one after the other. */
export function together(a: Examples, b: Examples): Examples {
  return {
    texts: Int32Array.from([...a.texts, ...b.texts]),
    labels: Int32Array.from([...a.labels, ...b.labels]),
    weights: Float64Array.from([...a.weights, ...b.weights]),
  };
}

/** Weights of one classifier, at most: many labels share a smaller space, so that a model stays a few megabytes. */
const mostWeights = 2 ** 20;

/** An error smaller than this teaches nothing worth its time. */
const negligible = 5e-3;
const rate = 0.5;
const biasRate = 0.02;
const smallestSquare = 1e-3;

/**
 * Trains by AdaGrad (Duchi, Hazan, Singer 2011), some rounds over the examples in an order that is the same every time: the same
 * examples give the same classifier. An example that taught nothing is passed over until the last round.
 */
export function trainClassifier(
  names: readonly string[],
  { texts, labels, weights }: Examples,
  all: HashedTexts,
  rounds: number,
): Classifier {
  const training = begun(names.length);
  const learn = learner(training, all);
  const keys = texts.map((text) => hashedAt(all, text).codes.reduce(keyOn, seed));
  const idle = new Uint8Array(texts.length);
  for (let round = 0; round < rounds; round++) {
    for (const at of learningOrder(keys, round)) {
      if (idle[at] === 1 && round < rounds - 1) continue;
      idle[at] = Number(!learn(texts[at] ?? 0, labels[at] ?? 0, weights[at] ?? 1));
    }
  }
  return ended(training, names);
}

/** A classifier being trained. A feature has its weights and, beside them, what AdaGrad has seen of each: both are needed at once. */
interface Training {
  readonly size: number;
  readonly space: number;
  readonly columns: number;
  readonly cells: Float32Array;
  readonly bias: Float64Array;
}

function begun(size: number): Training {
  const space = 2 ** Math.floor(Math.log2(mostWeights / Math.max(4, size)));
  const columns = columnsOf(size);
  const cells = new Float32Array(space * columns * 2);
  for (let feature = 0; feature < space; feature++) cells.fill(smallestSquare, (2 * feature + 1) * columns, (2 * feature + 2) * columns);
  return { size, space, columns, cells, bias: new Float64Array(columns) };
}

function ended({ space, columns, cells, bias }: Training, labels: readonly string[]): Classifier {
  const weights = new Float32Array(space * columns);
  for (let feature = 0; feature < space; feature++) {
    for (let k = 0; k < columns; k++) weights[feature * columns + k] = cells[2 * feature * columns + k] ?? 0;
  }
  return { labels, space, weights, bias };
}

/** Two labels are one question. */
function columnsOf(size: number): number {
  return size === 2 ? 1 : size;
}

/** How much it believes in each label, in their order; the sum is 1. */
export function beliefs({ labels, space, weights, bias }: Classifier, { codes, scale }: Hashed): Float64Array {
  const shares = new Float64Array(labels.length);
  score({ weights, bias, fold: space - 1, stride: bias.length }, codes, 0, codes.length, scale, shares);
  toShares(shares);
  return shares;
}

interface Weighing {
  readonly weights: Float32Array;
  readonly bias: Float64Array;
  readonly fold: number;
  /** From the weights of one feature to those of the next. */
  readonly stride: number;
}

function score(
  { weights, bias, fold, stride }: Weighing,
  codes: Int32Array,
  begin: number,
  end: number,
  scale: number,
  into: Float64Array,
): void {
  if (bias.length === 1) {
    let sum = 0;
    for (let i = begin; i < end; i++) {
      const code = codes[i] ?? 0;
      sum += (weights[(code & fold) * stride] ?? 0) * (strengths[code >>> strengthShift] ?? 0);
    }
    into[1] = (bias[0] ?? 0) + sum * scale;
    into[0] = -into[1];
    return;
  }
  const size = into.length;
  for (let k = 0; k < size; k++) into[k] = bias[k] ?? 0;
  for (let i = begin; i < end; i++) {
    const code = codes[i] ?? 0;
    const first = (code & fold) * stride;
    const value = (strengths[code >>> strengthShift] ?? 0) * scale;
    for (let k = 0; k < size; k++) into[k] = (into[k] ?? 0) + (weights[first + k] ?? 0) * value;
  }
}

function toShares(into: Float64Array): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < into.length; k++) if ((into[k] ?? 0) > highest) highest = into[k] ?? 0;
  let sum = 0;
  for (let k = 0; k < into.length; k++) {
    into[k] = Math.exp((into[k] ?? 0) - highest);
    sum += into[k] ?? 0;
  }
  for (let k = 0; k < into.length; k++) into[k] = (into[k] ?? 0) / sum;
}

/** One step of AdaGrad on one example, and whether it taught anything. The hot loop of training: plain arrays and indices. */
function learner(
  { size, space, columns, cells, bias }: Training,
  { pieces, pieceOf, begins, ends, scales }: HashedTexts,
): (text: number, label: number, weight: number) => boolean {
  const fold = space - 1;
  const stride = 2 * columns;
  const weighing = { weights: cells, bias, fold, stride };
  const shares = new Float64Array(size);
  const error = new Float64Array(columns);
  const active = new Int32Array(columns);

  /** Moves the bias, and finds the columns whose error is worth learning from. */
  const settle = (label: number, weight: number) => {
    let count = 0;
    const first = size - columns;
    for (let k = 0; k < columns; k++) {
      const e = ((shares[first + k] ?? 0) - (first + k === label ? 1 : 0)) * weight;
      error[k] = e;
      bias[k] = (bias[k] ?? 0) - biasRate * e;
      if (Math.abs(e) >= negligible) active[count++] = k;
    }
    return count;
  };

  return (text, label, weight) => {
    const codes = pieces[pieceOf[text] ?? 0];
    if (!codes) return false;
    const [begin, end, scale] = [begins[text] ?? 0, ends[text] ?? 0, scales[text] ?? 0];
    score(weighing, codes, begin, end, scale, shares);
    toShares(shares);
    const count = settle(label, weight);
    if (count === 0) return false;
    for (let i = begin; i < end; i++) {
      const code = codes[i] ?? 0;
      const first = (code & fold) * stride;
      const value = (strengths[code >>> strengthShift] ?? 0) * scale;
      for (let a = 0; a < count; a++) {
        const place = first + (active[a] ?? 0);
        const slope = (error[active[a] ?? 0] ?? 0) * value;
        const square = (cells[place + columns] ?? 0) + slope * slope;
        cells[place + columns] = square;
        cells[place] = (cells[place] ?? 0) - (rate * slope) / Math.sqrt(square);
      }
    }
    return true;
  };
}
