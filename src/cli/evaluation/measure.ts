import type { Decision } from '../../desk/kernel/message.ts';
import { type ActReport, measureActs } from './acts.ts';
import { type Measured, share } from './case.ts';
import { type DangerReport, measureDanger } from './danger.ts';
import { type MatterReport, measureMatters } from './matters.ts';

export interface Report {
  /** Shares of everything that it did. */
  readonly decisions: Readonly<Record<string, number>>;
  readonly danger: DangerReport | undefined;
  readonly acts: ActReport | undefined;
  readonly matters: MatterReport | undefined;
  readonly inScope: number;
  readonly outOfScope: number;
  readonly 'accuracy@1': number;
  readonly 'accuracy@3': number;
  readonly answeredRight: number;
  readonly answeredWrong: number;
  readonly clarifiedRight: number;
  readonly clarifiedWrong: number;
  readonly declined: number;
  readonly facet: number;
  readonly falseAnswers: number;
  readonly clarifiedOutOfScope: number;
  readonly auroc: number;
  readonly rightAt5False: number;
  readonly emergencyRecall: number;
  readonly falseAlarms: number;
  /** By tenths of the best score: how many there were, and how many of them were right. A calibrated score of 0.75 is right three times of four. */
  readonly calibration: readonly { from: number; count: number; right: number; meanScore: number }[];
  readonly topics: Readonly<Record<string, number>>;
  readonly confusions: readonly { wanted: string; got: string; count: number }[];
  readonly facetMisses: readonly { text: string; topic: string | null; wanted: string | null; got: string | null }[];
  readonly misses: readonly { text: string; wanted: string | null; got: string | null; decision: Decision; score: number }[];
}

const answering: readonly Decision[] = ['answer', 'appeal', 'action', 'emergency'];
/** What may be said to anything: it does no harm. */
const harmless = ['action.greeting', 'action.thanks', 'action.menu'];
const emergency = 'action.emergency';

/** The figures over a whole file; shares are of all lines in scope, or of all out of scope. */
export function measure(all: readonly Measured[]): Report {
  const inside = all.filter(({ topic }) => typeof topic === 'string');
  const outside = all.filter(({ topic }) => topic === null);
  const right = (each: Measured, topic: string | null | undefined) => topic === each.topic || each.alt.includes(topic ?? null);
  const answers = ({ decision }: Measured) => answering.includes(decision);
  const top = ({ candidates }: Measured) => candidates[0]?.score ?? 0;
  const offers = (each: Measured) => each.choices.some((topic) => right(each, topic));
  const faceted = inside.filter((each) => each.facet !== null && answers(each) && right(each, each.said));
  const dangers = inside.filter(({ topic }) => topic === emergency);
  const safe = all.filter((each) => each.topic !== undefined && each.topic !== emergency && !each.alt.includes(emergency));
  const wrong = all
    .filter(({ topic }) => topic !== undefined)
    .filter((each) =>
      each.topic === null ? isFalse(each) : !right(each, each.candidates[0]?.topic) || (answers(each) && !right(each, each.said)),
    );
  function isFalse(each: Measured): boolean {
    return answers(each) && !harmless.includes(each.said ?? '') && !each.alt.includes(each.said);
  }

  return {
    decisions: decisionsOf(all),
    danger: measureDanger(all),
    acts: measureActs(all),
    matters: measureMatters(all),
    inScope: inside.length,
    outOfScope: outside.length,
    'accuracy@1': share(inside, (each) => right(each, each.candidates[0]?.topic)),
    'accuracy@3': share(inside, (each) => each.candidates.slice(0, 3).some(({ topic }) => right(each, topic))),
    answeredRight: share(inside, (each) => answers(each) && right(each, each.said)),
    answeredWrong: share(inside, (each) => answers(each) && !right(each, each.said)),
    clarifiedRight: share(inside, (each) => each.decision === 'clarify' && offers(each)),
    clarifiedWrong: share(inside, (each) => each.decision === 'clarify' && !offers(each)),
    declined: share(inside, ({ decision }) => decision === 'fallback' || decision === 'silent'),
    facet: share(faceted, ({ facet, saidFacet }) => facet === saidFacet),
    falseAnswers: share(outside, isFalse),
    clarifiedOutOfScope: share(outside, ({ decision }) => decision === 'clarify'),
    auroc: auroc(inside.map(top), outside.map(top)),
    rightAt5False: rightAtFalse(inside, outside, 0.05, top, (each) => right(each, each.candidates[0]?.topic)),
    emergencyRecall: share(dangers, ({ decision }) => decision === 'emergency'),
    falseAlarms: share(safe, ({ decision }) => decision === 'emergency'),
    calibration: calibrationOf(
      all.filter(({ topic }) => topic !== undefined),
      (each) => right(each, each.candidates[0]?.topic),
      top,
    ),
    topics: recallByTopic(inside, right),
    confusions: confusionPairs(inside, right),
    facetMisses: faceted
      .filter(({ facet, saidFacet }) => facet !== saidFacet)
      .map(({ text, topic = null, facet, saidFacet }) => ({ text, topic, wanted: facet, got: saidFacet })),
    misses: wrong.map((each) => ({
      text: each.text,
      wanted: each.topic ?? null,
      got: each.said ?? each.candidates[0]?.topic ?? null,
      decision: each.decision,
      score: top(each),
    })),
  };
}

/** How often it did what. */
function decisionsOf(all: readonly Measured[]): Record<string, number> {
  const kinds = [...new Set(all.map(({ decision }) => decision))].sort();
  return Object.fromEntries(kinds.map((kind) => [kind, share(all, ({ decision }) => decision === kind)]));
}

/** The probability that something in scope scores higher than something out of scope; ties count half. */
function auroc(inside: readonly number[], outside: readonly number[]): number {
  if (inside.length === 0 || outside.length === 0) return 0;
  let higher = 0;
  for (const score of inside) for (const other of outside) higher += score > other ? 1 : score === other ? 0.5 : 0;
  return higher / (inside.length * outside.length);
}

function rightAtFalse(
  inside: readonly Measured[],
  outside: readonly Measured[],
  rate: number,
  top: (each: Measured) => number,
  right: (each: Measured) => boolean,
): number {
  const falls = outside.map(top).sort((a, b) => b - a);
  const threshold = falls[Math.floor(falls.length * rate)] ?? 0;
  return share(inside, (each) => top(each) > threshold && right(each));
}

function calibrationOf(
  all: readonly Measured[],
  isRight: (each: Measured) => boolean,
  top: (each: Measured) => number,
): Report['calibration'] {
  const tenths = Array.from({ length: 10 }, (_, tenth) => all.filter((each) => Math.min(9, Math.floor(top(each) * 10)) === tenth));
  return tenths.map((within, tenth) => ({
    from: tenth / 10,
    count: within.length,
    right: share(within, (each) => each.topic !== null && isRight(each)),
    meanScore: within.reduce((sum, each) => sum + top(each), 0) / (within.length || 1),
  }));
}

function recallByTopic(inside: readonly Measured[], right: (each: Measured, topic: string | undefined) => boolean): Record<string, number> {
  const topics = [...new Set(inside.map(({ topic }) => topic ?? ''))].sort();
  return Object.fromEntries(
    topics.map((topic) => [
      topic,
      share(
        inside.filter((each) => each.topic === topic),
        (each) => right(each, each.candidates[0]?.topic),
      ),
    ]),
  );
}

function confusionPairs(inside: readonly Measured[], right: (each: Measured, topic: string | undefined) => boolean): Report['confusions'] {
  const counts = new Map<string, number>();
  for (const each of inside) {
    const got = each.candidates[0]?.topic;
    if (right(each, got)) continue;
    const pair = `${each.topic}\t${got ?? '-'}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([pair, count]) => ({ wanted: pair.split('\t')[0] ?? '', got: pair.split('\t')[1] ?? '', count }));
}
