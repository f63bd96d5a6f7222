import type { Packed } from './packed.ts';
import type { Softmax } from './softmax.ts';

/** What a softmax learns from: some of many texts, and the class of each of the many. */
export interface Labelled {
  readonly texts: Packed;
  readonly labels: Int32Array;
  /** The numbers of the texts that are learnt. */
  readonly learnt: Int32Array;
}

/** A softmax whose weights are the mean of each class's texts, times `scale` (Rocchio). */
export function centroidsOf({ texts, labels, learnt }: Labelled, size: number, features: number, scale: number): Softmax {
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
  const classes = new Uint16Array(starts[features] ?? 0);
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
