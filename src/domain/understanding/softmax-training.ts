import { centroidsOf, type Labelled } from './centroids.ts';
import { learningOrder } from './learning-order.ts';
import { normalised, type Softmax } from './softmax.ts';

export interface Training {
  readonly epochs: number;
  readonly rate: number;
  /** The scale of the class centroids that the weights begin with. */
  readonly start: number;
  /** Decay of a weight each time it is used. */
  readonly decay: number;
}

const usual: Training = { epochs: 6, rate: 0.5, start: 6, decay: 1e-5 };

/** A class whose probability is off by less than this is left alone: most are, and their steps would change next to nothing. */
const negligible = 1e-3;
/** What AdaGrad takes for seen of each weight before it has seen anything. */
const smallestSquare = 1e-2;

/**
 * Trains by AdaGrad (Duchi, Hazan, Singer 2011) in an order that is the same every time. `size` classes, `features`
 * features.
 */
export function trainSoftmax(examples: Labelled, size: number, features: number, training: Partial<Training> = {}): Softmax {
  const { epochs, rate, start, decay } = { ...usual, ...training };
  const softmax = centroidsOf(examples, size, features, start);
  const cells = cellsOf(softmax);
  const learn = learner(cells, softmax.bias, textsOf(examples, cells), rate, decay);
  const keys = examples.learnt.map((text) => examples.texts.keys[text] ?? 0);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = learningOrder(keys, epoch);
    for (let at = 0; at < order.length; at++) learn(order[at] ?? 0);
  }
  takeWeights(softmax, cells);
  return softmax;
}

/**
 * The weights of a softmax while it is trained. What one feature has lies together: which classes it has, the weight for each, and what
 * AdaGrad has seen of each. A feature that many classes have is *wide*: it has a weight for every class, so that nothing needs to be
 * looked up; where a class does not have it, nothing was seen, and its weight stays 0.
 */
interface Cells {
  readonly size: number;
  /** Where each feature begins, and how many weights it has. */
  readonly places: Int32Array;
  readonly widths: Int32Array;
  /** The same memory: classes are whole numbers, weights and what was seen are not. */
  readonly whole: Int32Array;
  readonly real: Float32Array;
}

/** A feature that more than this share of the classes have is wide. */
const wideFrom = 0.25;

function cellsOf({ size, starts, classes, weights }: Softmax): Cells {
  const features = starts.length - 1;
  const places = new Int32Array(features);
  const widths = new Int32Array(features);
  // Those that many classes have come first: they are needed most, and what is needed most should lie together.
  const next = new Int32Array(size + 2);
  const room = (width: number) => (width === size ? 2 * width : 3 * width);
  for (let id = 0; id < features; id++) {
    const count = (starts[id + 1] ?? 0) - (starts[id] ?? 0);
    widths[id] = count > size * wideFrom ? size : count;
    next[size - count + 1] = (next[size - count + 1] ?? 0) + room(widths[id] ?? 0);
  }
  for (let rank = 0; rank <= size; rank++) next[rank + 1] = (next[rank + 1] ?? 0) + (next[rank] ?? 0);
  for (let id = 0; id < features; id++) {
    const rank = size - ((starts[id + 1] ?? 0) - (starts[id] ?? 0));
    places[id] = next[rank] ?? 0;
    next[rank] = (next[rank] ?? 0) + room(widths[id] ?? 0);
  }
  const memory = new ArrayBuffer(4 * (next[size] ?? 0));
  const cells = { size, places, widths, whole: new Int32Array(memory), real: new Float32Array(memory) };
  eachWeight(cells, starts, classes, (slot, place, width) => {
    if (width < size) cells.whole[place - width] = classes[slot] ?? 0;
    cells.real[place] = weights[slot] ?? 0;
    cells.real[place + width] = smallestSquare;
  });
  return cells;
}

function takeWeights({ starts, classes, weights }: Softmax, cells: Cells): void {
  eachWeight(cells, starts, classes, (slot, place) => {
    weights[slot] = cells.real[place] ?? 0;
  });
}

/** Tells of each weight where it stands in the softmax and in the cells, and how many its feature has there. */
function eachWeight(
  { size, places, widths }: Cells,
  starts: Int32Array,
  classes: Uint16Array,
  tell: (slot: number, place: number, width: number) => void,
): void {
  for (let id = 0; id + 1 < starts.length; id++) {
    const begin = starts[id] ?? 0;
    const place = places[id] ?? 0;
    const width = widths[id] ?? 0;
    for (let slot = begin; slot < (starts[id + 1] ?? 0); slot++) {
      tell(slot, width === size ? place + (classes[slot] ?? 0) : place + width + slot - begin, width);
    }
  }
}

/** The texts that are learnt, in their order, with places in the cells instead of numbers of features: of each the wide ones first. */
interface Texts {
  readonly labels: Int32Array;
  /** Text i has its wide features from `begins[i]`, and the others from `middles[i]`, up to `begins[i + 1]`. */
  readonly begins: Int32Array;
  readonly middles: Int32Array;
  readonly places: Int32Array;
  readonly widths: Int32Array;
  readonly values: Float32Array;
}

function textsOf({ texts: { offsets, ids, values }, labels, learnt }: Labelled, cells: Cells): Texts {
  let total = 0;
  for (const text of learnt) total += (offsets[text + 1] ?? 0) - (offsets[text] ?? 0);
  const texts: Texts = {
    labels: Int32Array.from(learnt, (text) => labels[text] ?? 0),
    begins: new Int32Array(learnt.length + 1),
    middles: new Int32Array(learnt.length),
    places: new Int32Array(total),
    widths: new Int32Array(total),
    values: new Float32Array(total),
  };
  let next = 0;
  const take = (text: number, wide: boolean) => {
    for (let i = offsets[text] ?? 0; i < (offsets[text + 1] ?? 0); i++) {
      const id = ids[i] ?? 0;
      if ((cells.widths[id] === cells.size) !== wide) continue;
      texts.places[next] = cells.places[id] ?? 0;
      texts.widths[next] = cells.widths[id] ?? 0;
      texts.values[next++] = values[i] ?? 0;
    }
  };
  for (let at = 0; at < learnt.length; at++) {
    take(learnt[at] ?? 0, true);
    texts.middles[at] = next;
    take(learnt[at] ?? 0, false);
    texts.begins[at + 1] = next;
  }
  return texts;
}

/** One step of AdaGrad on one text. The hot loop of training: plain arrays and indices. */
function learner({ size, whole, real }: Cells, bias: Float32Array, texts: Texts, rate: number, decay: number): (text: number) => void {
  const { labels, begins, middles, places, widths, values } = texts;
  const biasSquares = new Float32Array(size).fill(1);
  const gradient = new Float64Array(size);
  const active = new Int32Array(size);

  /** Moves the bias, and finds the classes whose weights are worth moving. @returns how many */
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

  /** Moves one weight by its slope. */
  const move = (place: number, count: number, slope: number) => {
    const weight = real[place] ?? 0;
    const square = (real[place + count] ?? 0) + slope * slope;
    real[place + count] = square;
    real[place] = weight - (rate * slope) / Math.sqrt(square) - decay * weight;
  };

  return (text) => {
    const begin = begins[text] ?? 0;
    const middle = middles[text] ?? 0;
    const end = begins[text + 1] ?? 0;
    for (let c = 0; c < size; c++) gradient[c] = bias[c] ?? 0;
    addWide(real, texts, begin, middle, gradient);
    addNarrow(whole, real, texts, middle, end, gradient);
    normalised(gradient);
    const count = settle(labels[text] ?? 0);
    if (count === 0) return;
    for (let i = begin; i < middle; i++) {
      const first = places[i] ?? 0;
      const value = values[i] ?? 0;
      for (let k = 0; k < count; k++) {
        const place = first + (active[k] ?? 0);
        if (real[place + size] !== 0) move(place, size, (gradient[active[k] ?? 0] ?? 0) * value);
      }
    }
    for (let i = middle; i < end; i++) {
      const width = widths[i] ?? 0;
      const first = (places[i] ?? 0) + width;
      const value = values[i] ?? 0;
      for (let place = first; place < first + width; place++) {
        const g = gradient[whole[place - width] ?? 0] ?? 0;
        if (g !== 0) move(place, width, g * value);
      }
    }
  };
}

/** Adds to the score of each class what wide features weigh for it. Four at a time: most of training is spent here. */
function addWide(real: Float32Array, { places, values }: Texts, begin: number, end: number, scores: Float64Array): void {
  let i = begin;
  for (; i + 4 <= end; i += 4) {
    const [a, b, c, d] = [places[i] ?? 0, places[i + 1] ?? 0, places[i + 2] ?? 0, places[i + 3] ?? 0];
    const [v, w, x, y] = [values[i] ?? 0, values[i + 1] ?? 0, values[i + 2] ?? 0, values[i + 3] ?? 0];
    for (let k = 0; k < scores.length; k++) {
      scores[k] = (scores[k] ?? 0) + (real[a + k] ?? 0) * v + (real[b + k] ?? 0) * w + (real[c + k] ?? 0) * x + (real[d + k] ?? 0) * y;
    }
  }
  for (; i < end; i++) {
    const first = places[i] ?? 0;
    const value = values[i] ?? 0;
    for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] ?? 0) + (real[first + k] ?? 0) * value;
  }
}

/** The same for the others. Their widths lie in the texts: waiting for far memory to learn where a loop ends costs most of the time. */
function addNarrow(
  whole: Int32Array,
  real: Float32Array,
  { places, widths, values }: Texts,
  begin: number,
  end: number,
  scores: Float64Array,
): number {
  let touched = 0;
  for (let i = begin; i < end; i++) touched |= (whole[places[i] ?? 0] ?? 0) | (whole[(places[i] ?? 0) + 2 * (widths[i] ?? 0) - 1] ?? 0);
  for (let i = begin; i < end; i++) {
    const width = widths[i] ?? 0;
    const first = (places[i] ?? 0) + width;
    const value = values[i] ?? 0;
    for (let place = first; place < first + width; place++) {
      const k = whole[place - width] ?? 0;
      scores[k] = (scores[k] ?? 0) + (real[place] ?? 0) * value;
    }
  }
  return touched;
}
