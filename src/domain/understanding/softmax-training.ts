import { generator, shuffle } from './chance.ts';
import type { Packed } from './packed.ts';
import { normalised, type Softmax } from './softmax.ts';

/** What a softmax learns from: some of many texts, and the class of each of the many. */
export interface Labelled {
  readonly texts: Packed;
  readonly labels: Int32Array;
  /** The numbers of the texts that are learnt. */
  readonly learnt: Int32Array;
}

export interface Training {
  readonly epochs: number;
  readonly rate: number;
  /** The scale of the class centroids that the weights begin with (Rocchio). */
  readonly start: number;
  /** Decay of a weight each time it is used. */
  readonly decay: number;
}

const usual: Training = { epochs: 8, rate: 1, start: 6, decay: 1e-5 };

/** A class whose probability is off by less than this is left alone: most are, and their steps would change nothing. */
const negligible = 1e-3;

/** A feature that so many of the classes have is given a place for every class: where a class stands need not be looked up then. */
const wideFrom = 0.25;

/**
 * Trains by AdaGrad (Duchi, Hazan, Singer 2011) in an order that is the same every time. `size` classes, `features`
 * features.
 */
export function trainSoftmax(examples: Labelled, size: number, features: number, training: Partial<Training> = {}): Softmax {
  const { epochs, rate, start, decay } = { ...usual, ...training };
  const centroids = centroidsOf(examples, size, features, start);
  const wide = widened(centroids);
  const learn = learner(wide, examples, rate, decay);
  const order = examples.learnt.slice();
  const random = generator(20261123);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (let at = 0; at < order.length; at++) learn(order[at] ?? 0);
  }
  return narrowed(wide, centroids);
}

/** The mean of each class's texts, as the weights to begin with. */
function centroidsOf({ texts, labels, learnt }: Labelled, size: number, features: number, scale: number): Softmax {
  const { offsets, ids, values } = texts;
  const counts = new Float64Array(size);
  for (const text of learnt) counts[labels[text] ?? 0] = (counts[labels[text] ?? 0] ?? 0) + 1;
  const byClass = learnt.slice().sort((a, b) => (labels[a] ?? 0) - (labels[b] ?? 0) || a - b);
  const sums = new Float64Array(features);
  // Class by class: which features it has, and the sum of each; classes rise, so those of a feature will stand in order.
  const starts = new Int32Array(features + 1);
  const owners: { readonly label: number; readonly ids: Int32Array; readonly sums: Float64Array }[] = [];
  const touched: number[] = [];
  for (let at = 0; at < byClass.length; at++) {
    const text = byClass[at] ?? 0;
    const label = labels[text] ?? 0;
    for (let i = offsets[text] ?? 0; i < (offsets[text + 1] ?? 0); i++) {
      const id = ids[i] ?? 0;
      if (sums[id] === 0) touched.push(id);
      sums[id] = (sums[id] ?? 0) + (values[i] ?? 0);
    }
    const next = byClass[at + 1];
    if (next !== undefined && labels[next] === label) continue;
    owners.push({ label, ids: Int32Array.from(touched), sums: Float64Array.from(touched, (id) => sums[id] ?? 0) });
    for (const id of touched) {
      starts[id + 1] = (starts[id + 1] ?? 0) + 1;
      sums[id] = 0;
    }
    touched.length = 0;
  }
  for (let id = 0; id < features; id++) starts[id + 1] = (starts[id + 1] ?? 0) + (starts[id] ?? 0);
  const classes = new Int32Array(starts[features] ?? 0);
  const weights = new Float32Array(starts[features] ?? 0);
  const next = starts.slice();
  for (const { label, ids: had, sums: totals } of owners) {
    for (let i = 0; i < had.length; i++) {
      const slot = next[had[i] ?? 0] ?? 0;
      classes[slot] = label;
      weights[slot] = (scale * (totals[i] ?? 0)) / (counts[label] ?? 1);
      next[had[i] ?? 0] = slot + 1;
    }
  }
  return { size, starts, classes, weights, bias: new Float32Array(size) };
}

/** A softmax being trained: a feature that many classes have takes `size` places, one for each class. */
interface Wide extends Softmax {
  /** What AdaGrad has seen of each weight; 0 where the class does not have the feature. */
  readonly squares: Float32Array;
}

function widened({ size, starts, classes, weights, bias }: Softmax): Wide {
  const features = starts.length - 1;
  const places = new Int32Array(features + 1);
  for (let id = 0; id < features; id++) {
    const width = (starts[id + 1] ?? 0) - (starts[id] ?? 0);
    places[id + 1] = (places[id] ?? 0) + (width > size * wideFrom ? size : width);
  }
  const total = places[features] ?? 0;
  const wide: Wide = {
    size,
    starts: places,
    classes: new Int32Array(total),
    weights: new Float32Array(total),
    squares: new Float32Array(total),
    bias,
  };
  eachPlace(wide, starts, classes, (place, slot) => {
    wide.classes[place] = classes[slot] ?? 0;
    wide.weights[place] = weights[slot] ?? 0;
    wide.squares[place] = 1e-2;
  });
  return wide;
}

function narrowed(wide: Wide, { size, starts, classes, weights, bias }: Softmax): Softmax {
  eachPlace(wide, starts, classes, (place, slot) => {
    weights[slot] = wide.weights[place] ?? 0;
  });
  return { size, starts, classes, weights, bias };
}

/** Where each weight of the narrow form stands in the wide one. */
function eachPlace(wide: Wide, starts: Int32Array, classes: Int32Array, told: (place: number, slot: number) => void): void {
  for (let id = 0; id + 1 < starts.length; id++) {
    const begin = starts[id] ?? 0;
    const end = starts[id + 1] ?? 0;
    const place = wide.starts[id] ?? 0;
    const isWide = (wide.starts[id + 1] ?? 0) - place === wide.size;
    for (let slot = begin; slot < end; slot++) told(isWide ? place + (classes[slot] ?? 0) : place + slot - begin, slot);
  }
}

/** One step of AdaGrad on one text. The hot loop of training: plain arrays and indices. */
function learner(wide: Wide, { texts, labels }: Labelled, rate: number, decay: number): (text: number) => void {
  const { size, starts, classes, weights, squares, bias } = wide;
  const { offsets, ids, values } = texts;
  const biasSquares = new Float32Array(size).fill(1);
  const gradient = new Float64Array(size);
  const active = new Int32Array(size);

  const score = (begin: number, end: number) => {
    for (let c = 0; c < size; c++) gradient[c] = bias[c] ?? 0;
    for (let i = begin; i < end; i++) {
      const value = values[i] ?? 0;
      const first = starts[ids[i] ?? 0] ?? 0;
      const last = starts[(ids[i] ?? 0) + 1] ?? 0;
      if (last - first === size) {
        for (let c = 0; c < size; c++) gradient[c] = (gradient[c] ?? 0) + (weights[first + c] ?? 0) * value;
      } else {
        for (let place = first; place < last; place++) {
          const c = classes[place] ?? 0;
          gradient[c] = (gradient[c] ?? 0) + (weights[place] ?? 0) * value;
        }
      }
    }
    normalised(gradient);
  };

  /** Moves the bias, and finds the classes whose weights are worth moving. */
  const settle = (label: number) => {
    let count = 0;
    gradient[label] = (gradient[label] ?? 0) - 1;
    for (let c = 0; c < size; c++) {
      const g = gradient[c] ?? 0;
      biasSquares[c] = (biasSquares[c] ?? 0) + g * g;
      bias[c] = (bias[c] ?? 0) - (0.1 * rate * g) / Math.sqrt(biasSquares[c] ?? 1);
      if (g < negligible && g > -negligible) gradient[c] = 0;
      else active[count++] = c;
    }
    return count;
  };

  const move = (place: number, g: number) => {
    const weight = weights[place] ?? 0;
    const square = (squares[place] ?? 0) + g * g;
    squares[place] = square;
    weights[place] = weight - (rate * g) / Math.sqrt(square) - decay * weight;
  };

  return (text) => {
    const begin = offsets[text] ?? 0;
    const end = offsets[text + 1] ?? 0;
    score(begin, end);
    const count = settle(labels[text] ?? 0);
    if (count === 0) return;
    for (let i = begin; i < end; i++) {
      const value = values[i] ?? 0;
      const first = starts[ids[i] ?? 0] ?? 0;
      const last = starts[(ids[i] ?? 0) + 1] ?? 0;
      if (last - first === size) {
        for (let k = 0; k < count; k++) {
          const c = active[k] ?? 0;
          if (squares[first + c] !== 0) move(first + c, (gradient[c] ?? 0) * value);
        }
      } else {
        for (let place = first; place < last; place++) {
          const slope = gradient[classes[place] ?? 0] ?? 0;
          if (slope !== 0) move(place, slope * value);
        }
      }
    }
  };
}
