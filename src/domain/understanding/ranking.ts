import type { Labelled } from './centroids.ts';
import { highest } from './highest.ts';
import { indexNeighbours, type Neighbours, nearest, similarities } from './neighbours.ts';
import { normalised, probabilities, type Softmax } from './softmax.ts';
import { type Training, trainSoftmax } from './softmax-training.ts';
import type { Vector } from './vocabulary.ts';

/** Ranks topics by what was learnt of them and by the phrasing that is most like the message. */
export interface Ranker {
  /** The classes; the last one is the background. */
  readonly topics: readonly string[];
  readonly softmax: Softmax;
  readonly neighbours: Neighbours;
}

export interface Ranking {
  /** The numbers of the five likeliest classes, likeliest first, without the background. */
  readonly order: readonly number[];
  /** The share of each class among the topics; of what the network takes for background, less. */
  readonly shares: Float64Array;
  /** The share of the background among all classes. */
  readonly background: number;
  readonly signs: readonly number[];
}

/** How much the network's belief counts beside both. */
const networkShare = 0.4;
/** How much the nearest phrasing of a class counts beside what was learnt. */
const neighbourWeight = 1;
const bestMany = 5;

export function trainRanker(topics: readonly string[], examples: Labelled, features: number, training: Partial<Training> = {}): Ranker {
  return {
    topics,
    softmax: trainSoftmax(examples, topics.length + 1, features, training),
    neighbours: indexNeighbours(examples, features),
  };
}

/** How many signs a ranking has. */
export const signCount = 13;

/**
 * Ranks the topics for a text. `signs` are what the rejection model looks at: whether the best topic stands out, how the
 * background compares, how near the nearest phrasings are, and how much of the text is known at all.
 * @param believed what the network believes of the classes, the background last
 * @param room where similarities to the phrasings are reckoned; whoever ranks many texts lends it again and again
 */
export function rank(
  { topics, softmax, neighbours }: Ranker,
  vector: Vector,
  believed: Float64Array,
  length: number,
  room?: Float32Array,
): Ranking {
  const background = topics.length;
  const learnt = probabilities(softmax, vector);
  const byClass = nearest(neighbours, similarities(neighbours, vector, room), topics.length + 1);
  const combined = new Float64Array(topics.length + 1);
  for (let c = 0; c <= background; c++) combined[c] = Math.log((learnt[c] ?? 0) + 1e-9) + neighbourWeight * (byClass[c] ?? 0);
  const shares = mixed(normalised(combined.slice(0, background)), believed);
  const withBackground = mixed(normalised(combined), believed);
  const order = highest(shares, bestMany);
  const [best = 0, second = 0] = order;
  const top = shares[best] ?? 0;
  let entropy = 0;
  for (let c = 0; c < background; c++) if ((shares[c] ?? 0) > 1e-9) entropy -= (shares[c] ?? 0) * Math.log(shares[c] ?? 0);
  const similar = byClass[best] ?? 0;
  const strange = byClass[background] ?? 0;
  return {
    order,
    shares,
    background: withBackground[background] ?? 0,
    signs: [
      top,
      Math.log(top + 1e-6) - Math.log((shares[second] ?? 0) + 1e-6),
      entropy,
      withBackground[background] ?? 0,
      Math.log((withBackground[background] ?? 0) + 1e-6),
      learnt[best] ?? 0,
      similar,
      strange,
      similar - strange,
      knownShare(softmax, vector),
      Math.log(1 + length),
      similar * top,
      believed[best] ?? 0,
    ],
  };
}

/** Shares, with what the network believes mixed in: where it believes in the background, less of all. */
function mixed(shares: Float64Array, believed: Float64Array): Float64Array {
  return shares.map((share, c) => (1 - networkShare) * share + networkShare * (believed[c] ?? 0));
}

/**
 * How much of the text (by squared weight, 0…1) this ranker has learnt anything of. Counted against the ranker and not the
 * vocabulary, so that a held-out phrasing with a new word looks just as a resident's message with a new word will.
 */
function knownShare({ starts }: Softmax, { ids, values }: Vector): number {
  let known = 0;
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] ?? 0;
    if ((starts[id + 1] ?? 0) > (starts[id] ?? 0)) known += (values[i] ?? 0) ** 2;
  }
  return known;
}
