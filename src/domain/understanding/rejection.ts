import { fitLogistic, judge, type Logistic } from './logistic.ts';
import { believed, see } from './network.ts';
import { trainNetwork } from './network-training.ts';
import { featuresAt, type Packed } from './packed.ts';
import { rank, signCount, trainRanker } from './ranking.ts';

/**
 * Knows when not to answer. Two probabilities, learnt from predictions on phrasings that the ranker had not seen: that the
 * best topic is the right one, and that the right one is among the best three. Thresholds come from the same predictions.
 */
export interface Rejection {
  readonly right: Logistic;
  readonly near: Logistic;
  /** Answer from here on. */
  readonly answerFrom: number;
  /** Ask "did you mean" from here on. */
  readonly clarifyFrom: number;
}

/** Phrasings, the class of each, how many characters it has and which part of all it is in. The class after the last topic is the background. */
export interface Phrasings {
  readonly texts: Packed;
  readonly labels: Int32Array;
  readonly lengths: Int32Array;
  readonly parts: Int8Array;
}

/** What a ranker said of phrasings that it had not learnt; one line of each for each of them. */
export interface Predictions {
  readonly signs: Float64Array;
  /** At which place of the ranking the right topic stood; -1 where none was right, or it was not among the best five. */
  readonly places: Int8Array;
  /** 1 for what is about no topic that the ranker knew. */
  readonly outside: Uint8Array;
  readonly weights: Float64Array;
}

/** In each fold another fifth of the phrasings is held out. */
const folds = 5;
/** In which part each phrasing is: of each class in turn, so that one more of a class does not set the thresholds anew. */
export function partsOf(labels: Int32Array): Int8Array {
  const seen = new Map<number, number>();
  return Int8Array.from(labels, (label) => {
    const before = seen.get(label) ?? 0;
    seen.set(label, before + 1);
    return before % folds;
  });
}

/** The fold that is predicted: one holds out enough phrasings to set the thresholds, and each costs a training. */
export const predictedFold = 0;
/** A ranker that is only asked how sure it is need not be trained to the end. */
const foldEpochs = 3;
const foldRounds = 2;
/** Of the phrasings of a hidden topic one in three is asked. */
const askedHidden = 3;
/** A hidden topic shows up with many phrasings; they count as much as those that are held out once. */
const hiddenWeight = 0.1 * askedHidden;
/**
 * At most this share of what is in scope may be answered wrong. The figure is of phrasings held out from few; with all of them
 * learnt, a third of it was measured (docs/evaluation.md).
 */
const wrongAtMost = 0.065;
/** … and this share of what is not, answered at all; much of it was written to deceive, and of everyday talk a quarter of it was measured. */
const falseAtMost = 0.037;
const clarifiedFalseAtMost = 0.065;

/**
 * What is said in one fold, by a ranker that has not seen a fifth of the phrasings, and no phrasing of a fifth of the topics: those
 * are then messages about something that it never heard of.
 */
export function predictFold(
  topics: readonly string[],
  { texts, labels, lengths, parts }: Phrasings,
  features: number,
  fold: number,
): Predictions {
  const background = topics.length;
  const hidden = (text: number) => labels[text] !== background && (labels[text] ?? 0) % folds === fold;
  const all = Int32Array.from(labels.keys());
  const learnt = all.filter((text) => parts[text] !== fold && !hidden(text));
  const asked = all.filter((text) => (hidden(text) ? text % askedHidden === 0 : parts[text] === fold));
  const ranker = trainRanker(topics, { texts, labels, learnt }, features, { epochs: foldEpochs });
  const heads = { topics: { labels, weights: new Array<number>(topics.length + 1).fill(1) } };
  const network = trainNetwork({ texts, learnt, heads }, foldRounds);
  const signs = new Float64Array(asked.length * signCount);
  const places = new Int8Array(asked.length);
  const room = new Float32Array(learnt.length);
  for (let row = 0; row < asked.length; row++) {
    const text = asked[row] ?? 0;
    const vector = featuresAt(texts, text);
    const ranking = rank(ranker, vector, believed(network, 'topics', see(network, vector)), lengths[text] ?? 0, room);
    signs.set(ranking.signs, row * signCount);
    places[row] = hidden(text) ? -1 : ranking.order.indexOf(labels[text] ?? 0);
  }
  return {
    signs,
    places,
    outside: Uint8Array.from(asked, (text) => Number(hidden(text) || labels[text] === background)),
    weights: Float64Array.from(asked, (text) => (hidden(text) ? hiddenWeight : 1)),
  };
}

/** Learns from predictions. */
export function trainRejection({ signs, places, outside, weights }: Predictions): Rejection {
  const fitted = (below: number) => {
    const truths = Uint8Array.from(places, (place) => Number(place >= 0 && place < below));
    const logistic = fitLogistic({ signs, width: signCount, truths, weights });
    const row = (at: number) => signs.subarray(at * signCount, (at + 1) * signCount);
    return { logistic, scores: Float64Array.from(places, (_, at) => judge(logistic, row(at))) };
  };
  const right = fitted(1);
  const near = fitted(3);

  const rows = [...places.keys()];
  const inside = rows.filter((at) => outside[at] === 0);
  const strange = rows.filter((at) => outside[at] === 1 && weights[at] === 1);
  const sure = (at: number, from: number) => (right.scores[at] ?? 0) >= from;
  const answerFrom = lowest(
    (from) =>
      share(inside, (at) => sure(at, from) && places[at] !== 0) <= wrongAtMost && share(strange, (at) => sure(at, from)) <= falseAtMost,
  );
  const clarifyFrom = lowest(
    (from) => share(strange, (at) => !sure(at, answerFrom) && (near.scores[at] ?? 0) >= from) <= clarifiedFalseAtMost,
  );
  return { right: right.logistic, near: near.logistic, answerFrom, clarifyFrom };
}

/** The lowest threshold in steps of a hundredth at which something holds. */
function lowest(holds: (from: number) => boolean): number {
  for (let step = 10; step < 100; step++) if (holds(step / 100)) return step / 100;
  return 0.99;
}

function share<T>(all: readonly T[], fits: (each: T) => boolean): number {
  return all.length === 0 ? 0 : all.filter(fits).length / all.length;
}
