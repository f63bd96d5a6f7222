import { fitLogistic, type Judged, judge, type Logistic } from './logistic.ts';
import { type Ranking, rank, trainRanker } from './ranking.ts';
import type { Labelled } from './softmax.ts';

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

/** An example whose text length is known. */
export interface Held extends Labelled {
  readonly length: number;
}

const folds = 5;
/** A ranker that is only asked how sure it is need not be trained to the end. */
const foldEpochs = 5;
/**
 * At most this share of what is in scope may be answered wrong. The figure is of phrasings held out from few; with all of them
 * learnt, a third of it was measured (docs/evaluation.md).
 */
const wrongAtMost = 0.05;
/** … and this share of what is not, answered at all. */
const falseAtMost = 0.045;
const clarifiedFalseAtMost = 0.12;

/**
 * Trains on out-of-fold predictions. In each fold a fifth of the phrasings is held out, and a fifth of the topics hidden
 * whole: their phrasings are then messages about something the ranker never heard of. `background` is the number of the
 * background class.
 */
export function trainRejection(topics: readonly string[], examples: readonly Held[], features: number): Rejection {
  const background = topics.length;
  const seen: { ranking: Ranking; label: number; outside: boolean; weight: number }[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const hidden = (label: number) => label !== background && label % folds === fold;
    const held = (index: number) => index % folds === fold;
    const ranker = trainRanker(
      topics,
      examples.filter((example, index) => !held(index) && !hidden(example.label)),
      features,
      { epochs: foldEpochs },
    );
    examples.forEach((example, index) => {
      const simulated = hidden(example.label);
      if (!simulated && !held(index)) return;
      // A hidden topic shows up with all its phrasings; they count as much as those that are held out once.
      seen.push({
        ranking: rank(ranker, example.vector, example.length),
        label: example.label,
        outside: simulated || example.label === background,
        weight: simulated ? 0.1 : 1,
      });
    });
  }
  const place = ({ ranking, label, outside }: (typeof seen)[number]) => (outside ? -1 : ranking.order.indexOf(label));
  const judged = (holds: (at: number) => boolean): Judged[] =>
    seen.map((each) => ({ signs: each.ranking.signs, truth: Number(holds(place(each))), weight: each.weight }));
  const right = fitLogistic(judged((at) => at === 0));
  const near = fitLogistic(judged((at) => at >= 0 && at < 3));

  const scored = seen.map((each) => ({
    right: judge(right, each.ranking.signs),
    near: judge(near, each.ranking.signs),
    at: place(each),
    outside: each.outside,
    natural: each.weight === 1,
  }));
  const inside = scored.filter(({ outside }) => !outside);
  const outside = scored.filter(({ outside: out, natural }) => out && natural);
  const answerFrom = lowest(
    (from) =>
      share(inside, ({ right: score, at }) => score >= from && at !== 0) <= wrongAtMost &&
      share(outside, ({ right: score }) => score >= from) <= falseAtMost,
  );
  const clarifyFrom = lowest(
    (from) => share(outside, ({ right: score, near: nearby }) => score < answerFrom && nearby >= from) <= clarifiedFalseAtMost,
  );
  return { right, near, answerFrom, clarifyFrom };
}

/** The lowest threshold in steps of a hundredth at which something holds. */
function lowest(holds: (from: number) => boolean): number {
  for (let step = 10; step < 100; step++) if (holds(step / 100)) return step / 100;
  return 0.99;
}

function share<T>(all: readonly T[], fits: (each: T) => boolean): number {
  return all.length === 0 ? 0 : all.filter(fits).length / all.length;
}
