import { normalised } from './softmax.ts';
import type { Vector } from './vocabulary.ts';

/**
 * A small network beside what adds up word by word: features are brought into a space in which those that stand for the same lie near each
 * other, since it learns several things of each text at once: its topic, whether it tells of danger and of which, and what it does (Iyyer et al.
 * 2015, "Deep unordered composition rivals syntactic methods"; Caruana 1997, "Multitask learning"). Plain data.
 */
export interface Network {
  /** How many features it tells apart, a power of two: their numbers are folded into it. */
  readonly space: number;
  /** By feature, `inner` numbers each, in parts of that feature's `scales`. */
  readonly features: Int8Array;
  readonly scales: Float32Array;
  readonly bias: Float32Array;
  readonly hidden: Layer;
  /** What it believes in is one of the labels of a head, by the head's name. */
  readonly heads: Readonly<Record<string, Layer>>;
}

/** Every unit of one layer weighs for every one of the next: the weights by unit, those of the bias last. */
export interface Layer {
  readonly from: number;
  readonly to: number;
  readonly weights: Float32Array;
}

/** The values of one text have unit length; times this they use the range of the network. */
export const networkScale = 3;

/** What it sees in a text: the units before the heads. */
export type Seen = Float32Array;

export function see({ space, features, scales, bias, hidden }: Network, { ids, values }: Vector): Seen {
  const inner = Float32Array.from(bias);
  const size = inner.length;
  for (let i = 0; i < ids.length; i++) {
    const feature = (ids[i] ?? 0) & (space - 1);
    const first = feature * size;
    const value = (values[i] ?? 0) * (scales[feature] ?? 0) * networkScale;
    for (let k = 0; k < size; k++) inner[k] = (inner[k] ?? 0) + value * (features[first + k] ?? 0);
  }
  for (let k = 0; k < size; k++) inner[k] = Math.tanh(inner[k] ?? 0);
  const seen = new Float32Array(hidden.to);
  forward(hidden, inner, seen);
  rectify(seen);
  return seen;
}

/** How much it believes in each label of a head; the sum is 1. Empty where it has no such head. */
export function believed({ heads }: Network, head: string, seen: Seen): Float64Array {
  const layer = heads[head];
  if (!layer) return new Float64Array();
  const shares = new Float64Array(layer.to);
  forward(layer, seen, shares);
  return normalised(shares);
}

/** What comes out of a layer. */
export function forward({ from, to, weights }: Layer, input: Float32Array, output: Float32Array | Float64Array): void {
  const bias = from * to;
  for (let k = 0; k < to; k++) output[k] = weights[bias + k] ?? 0;
  for (let i = 0; i < from; i++) {
    const value = input[i] ?? 0;
    if (value === 0) continue;
    const first = i * to;
    for (let k = 0; k < to; k++) output[k] = (output[k] ?? 0) + value * (weights[first + k] ?? 0);
  }
}

export function rectify(units: Float32Array): void {
  for (let k = 0; k < units.length; k++) if ((units[k] ?? 0) < 0) units[k] = 0;
}
