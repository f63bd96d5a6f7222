import { chanceFrom } from './chance.ts';
import { learningOrder } from './learning-order.ts';
import { forward, type Layer, type Network, networkScale, rectify } from './network.ts';
import type { Packed } from './packed.ts';
import { normalised } from './softmax.ts';

/** What is learnt of each text under one head. */
export interface HeadLessons {
  /** The label of each text; -1 where it is not known, and nothing is learnt of it. */
  readonly labels: Int32Array;
  /** How much each label counts. */
  readonly weights: readonly number[];
}

export interface NetworkLessons {
  readonly texts: Packed;
  /** The numbers of the texts that are learnt. */
  readonly learnt: Int32Array;
  readonly heads: Readonly<Record<string, HeadLessons>>;
}

/** Features are folded into so many at most. */
const mostFeatures = 2 ** 16;
const inner = 64;
const outer = 96;
/** So much of what a text shows, and of the units, is left out each time it is learnt: nothing may rest on one word (Srivastava et al. 2014, "Dropout"). */
const left = { features: 0.5, units: 0.2 } as const;
/** The layers change after so many texts, features at once. */
const batch = 32;
const rates = { features: 0.1, layers: 0.003 } as const;
const begin = { features: 0.17, square: 1e-3 } as const;
/** A label whose share is off by less than this is left alone: most are. */
const negligible = 1e-3;
const adam = { first: 0.9, second: 0.999, least: 1e-8 } as const;

/** Learns in an order that is the same every time; so is what is left out of a text. The same lessons give the same network. */
export function trainNetwork({ texts, learnt, heads: lessons }: NetworkLessons, rounds: number): Network {
  const chance = chanceFrom(learnt.length);
  const space = spaceFor(texts);
  const features = Float32Array.from({ length: space * inner }, () => begin.features * (2 * chance.next() - 1));
  const squares = new Float32Array(space).fill(begin.square);
  const bias = training(0, inner, chance.normal);
  const hidden = training(inner, outer, chance.normal);
  const heads = Object.entries(lessons).map(([name, { labels, weights }]) => {
    const layer = training(outer, weights.length, chance.normal);
    return { name, labels, weights, layer, shares: new Float64Array(weights.length), slopes: new Float32Array(weights.length) };
  });
  const layers = [bias, hidden, ...heads.map(({ layer }) => layer)];

  const kept = { ids: new Int32Array(1 << 12), values: new Float32Array(1 << 12), many: 0 };
  const sums = new Float32Array(inner);
  const bent = new Float32Array(inner);
  const units = new Float32Array(outer);
  const unitSlopes = new Float32Array(outer);
  const bentSlopes = new Float32Array(inner);

  const wrong = new Int32Array(Math.max(0, ...heads.map(({ slopes }) => slopes.length)));
  const allUnits = Int32Array.from(units.keys());
  const allSums = Int32Array.from(sums.keys());

  /** What the network sees in a text of which some is left out. */
  const look = (text: number) => {
    takeSome(texts, text, space - 1, chance.next, kept);
    sums.set(bias.weights);
    for (let i = 0; i < kept.many; i++) {
      const first = (kept.ids[i] ?? 0) * inner;
      const value = kept.values[i] ?? 0;
      for (let k = 0; k < inner; k++) sums[k] = (sums[k] ?? 0) + value * (features[first + k] ?? 0);
    }
    for (let k = 0; k < inner; k++) bent[k] = chance.next() < left.units ? 0 : Math.tanh(sums[k] ?? 0) / (1 - left.units);
    forward(hidden, bent, units);
    rectify(units);
    for (let k = 0; k < outer; k++) units[k] = chance.next() < left.units ? 0 : (units[k] ?? 0) / (1 - left.units);
  };

  /** What was wrong with what it believes of a text, told to the layers; to be told to the features (`bentSlopes`). */
  const correct = (text: number) => {
    unitSlopes.fill(0);
    for (const { labels, weights, layer, shares, slopes } of heads) {
      const label = labels[text] ?? -1;
      if (label < 0) continue;
      forward(layer, units, shares);
      normalised(shares);
      let many = 0;
      for (let k = 0; k < slopes.length; k++) {
        const off = (shares[k] ?? 0) - (k === label ? 1 : 0);
        if (Math.abs(off) < negligible) continue;
        slopes[k] = off * (weights[label] ?? 0);
        wrong[many++] = k;
      }
      backward(layer, units, slopes, wrong.subarray(0, many), unitSlopes);
    }
    for (let k = 0; k < outer; k++) unitSlopes[k] = (unitSlopes[k] ?? 0) / (1 - left.units);
    bentSlopes.fill(0);
    backward(hidden, bent, unitSlopes, allUnits, bentSlopes);
    for (let k = 0; k < inner; k++) {
      const raw = (bent[k] ?? 0) * (1 - left.units);
      bentSlopes[k] = raw === 0 ? 0 : ((bentSlopes[k] ?? 0) * (1 - raw * raw)) / (1 - left.units);
    }
    backward(bias, units, bentSlopes, allSums, units);
  };

  /** AdaGrad, with one step length for all numbers of a feature. */
  const teachFeatures = (fade: number) => {
    let square = 0;
    for (let k = 0; k < inner; k++) square += (bentSlopes[k] ?? 0) ** 2;
    square /= inner;
    if (square === 0) return;
    for (let i = 0; i < kept.many; i++) {
      const feature = kept.ids[i] ?? 0;
      const value = kept.values[i] ?? 0;
      const before = (squares[feature] ?? 0) + square * value * value;
      squares[feature] = before;
      const step = (rates.features * fade * value) / Math.sqrt(before);
      const first = feature * inner;
      for (let k = 0; k < inner; k++) features[first + k] = (features[first + k] ?? 0) - step * (bentSlopes[k] ?? 0);
    }
  };

  const keys = learnt.map((text) => texts.keys[text] ?? 0);
  const steps = rounds * learnt.length;
  let done = 0;
  for (let round = 0; round < rounds; round++) {
    for (const at of learningOrder(keys, round)) {
      const text = learnt[at] ?? 0;
      chance.restart(Math.imul((keys[at] ?? 0) ^ round, 0x9e3779b1));
      look(text);
      correct(text);
      const fade = Math.min(1, (2 * (steps - done++)) / steps);
      teachFeatures(fade);
      if (done % batch === 0 || done === steps) for (const layer of layers) takeStep(layer, rates.layers * fade);
    }
  }
  return {
    space,
    ...compact(features, space),
    bias: bias.weights,
    hidden: layerOf(hidden),
    heads: Object.fromEntries(heads.map(({ name, layer }) => [name, layerOf(layer)])),
  };
}

/** A power of two, no more than there are features. */
function spaceFor({ ids }: Packed): number {
  const last = ids.reduce((highest, id) => Math.max(highest, id), 0);
  return Math.min(mostFeatures, 2 ** Math.ceil(Math.log2(last + 2)));
}

/** A layer that is being trained, with what Adam (Kingma, Ba 2015) has seen of it. */
interface LayerTraining extends Layer {
  readonly slopes: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  seen: number;
  steps: number;
}

function training(from: number, to: number, normal: () => number): LayerTraining {
  const size = (from + 1) * to;
  const spread = Math.sqrt(2 / Math.max(1, from));
  const weights = Float32Array.from({ length: size }, (_, at) => (at < from * to ? spread * normal() : 0));
  const zeros = () => new Float32Array(size);
  return { from, to, weights, slopes: zeros(), first: zeros(), second: zeros(), seen: 0, steps: 0 };
}

const layerOf = ({ from, to, weights }: Layer): Layer => ({ from, to, weights });

/** Adds to the slopes of a layer, and of what came into it, what some of its units (`of`) tell. A unit that was silent, or left out, learns nothing. */
function backward(layer: LayerTraining, input: Float32Array, slopes: Float32Array, of: Int32Array, inputSlopes: Float32Array): void {
  const { from, to, weights, slopes: own } = layer;
  layer.seen++;
  for (let i = 0; i <= from; i++) {
    const value = i === from ? 1 : (input[i] ?? 0);
    if (value === 0) continue;
    const first = i * to;
    let sum = 0;
    for (let at = 0; at < of.length; at++) {
      const k = of[at] ?? 0;
      const slope = slopes[k] ?? 0;
      sum += slope * (weights[first + k] ?? 0);
      own[first + k] = (own[first + k] ?? 0) + slope * value;
    }
    if (i < from) inputSlopes[i] = (inputSlopes[i] ?? 0) + sum;
  }
}

/** One step of Adam by what was gathered, if anything was. */
function takeStep(layer: LayerTraining, rate: number): void {
  if (layer.seen === 0) return;
  const { weights, slopes, first, second } = layer;
  layer.seen = 0;
  layer.steps++;
  const a = 1 - adam.first ** layer.steps;
  const b = 1 - adam.second ** layer.steps;
  for (let i = 0; i < weights.length; i++) {
    const slope = (slopes[i] ?? 0) / batch;
    slopes[i] = 0;
    const mean = adam.first * (first[i] ?? 0) + (1 - adam.first) * slope;
    const square = adam.second * (second[i] ?? 0) + (1 - adam.second) * slope * slope;
    first[i] = mean;
    second[i] = square;
    weights[i] = (weights[i] ?? 0) - (rate * (mean / a)) / (Math.sqrt(square / b) + adam.least);
  }
}

/** The features of a text but for those that are left out this time; the rest stands for them. */
function takeSome(
  { offsets, ids, values }: Packed,
  text: number,
  fold: number,
  next: () => number,
  kept: { ids: Int32Array; values: Float32Array; many: number },
): void {
  kept.many = 0;
  const end = offsets[text + 1] ?? 0;
  const scale = networkScale / (1 - left.features);
  for (let at = offsets[text] ?? 0; at < end; at++) {
    if (next() < left.features) continue;
    if (kept.many === kept.ids.length) grow(kept);
    kept.ids[kept.many] = (ids[at] ?? 0) & fold;
    kept.values[kept.many++] = (values[at] ?? 0) * scale;
  }
}

function grow(kept: { ids: Int32Array; values: Float32Array; many: number }): void {
  const [ids, values] = [new Int32Array(2 * kept.many), new Float32Array(2 * kept.many)];
  ids.set(kept.ids);
  values.set(kept.values);
  kept.ids = ids;
  kept.values = values;
}

/** A quarter of the memory: of each feature how large its largest number is, and the others in parts of it. */
function compact(features: Float32Array, space: number): Pick<Network, 'features' | 'scales'> {
  const scales = new Float32Array(space);
  const parts = new Int8Array(features.length);
  for (let feature = 0; feature < space; feature++) {
    const first = feature * inner;
    let largest = 0;
    for (let k = 0; k < inner; k++) largest = Math.max(largest, Math.abs(features[first + k] ?? 0));
    const scale = largest / 127 || 1;
    scales[feature] = scale;
    for (let k = 0; k < inner; k++) parts[first + k] = Math.round((features[first + k] ?? 0) / scale);
  }
  return { features: parts, scales };
}
