import { mask, withoutNumbers } from '../words/masking.ts';
import { type ActBeliefs, readActs } from './acts.ts';
import { dangerByRules, hearDanger, weighDanger } from './danger.ts';
import type { EmergencyRules } from './emergency.ts';
import { facetOf } from './facet.ts';
import { bareFacetMatcher, facetCueFinder } from './facet-cues.ts';
import { featuresOf } from './features.ts';
import { clauseReader } from './hashed.ts';
import type { Language } from './language.ts';
import { emergencyTopic, isGrievance, type Lessons } from './lessons.ts';
import { judge } from './logistic.ts';
import { bounded, normaliser } from './normalise.ts';
import { rank } from './ranking.ts';
import { reasonsFor } from './reasons.ts';
import type { Candidate, Emergency, Explain, Question, Understand } from './result.ts';
import { takeApart } from './take-apart.ts';
import type { Model } from './training.ts';
import { vectorOf } from './vocabulary.ts';

/** A part of a message counts as a question of its own from here on. */
const surePart = 0.05;

/** Reads messages, and tells why it read one as it did. */
export interface Reader {
  readonly understand: Understand;
  readonly explain: Explain;
  /** By the rules alone: for when nothing else works. */
  readonly emergencyOf: (text: string) => Emergency | null;
  /** Traditional characters as simplified ones: what tables of words are written in. */
  readonly simplify: (text: string) => string;
}

/** A reader of messages over what was learnt. */
export function reader(
  model: Model,
  lessons: Pick<Lessons, 'facetCues' | 'lexicon'>,
  language: Language,
  emergencies: EmergencyRules,
): Reader {
  const normalise = normaliser(language, lessons.lexicon);
  const bareFacet = bareFacetMatcher(lessons.facetCues);
  const namedFacet = facetCueFinder(lessons.facetCues);
  const { rejection, ranker } = model;

  const actOf = (normal: string, clause = clauseReader(language)) => (model.acts ? readActs(normal, model.acts, clause) : null);

  /** Reads one question by itself. */
  const read = (text: string, normalised = normalise(text), act = actOf(normalised)): Question & { readonly confidence: number } => {
    const normal = bounded(normalised);
    const vector = vectorOf(featuresOf(normal, language), model.vocabulary);
    if (vector.ids.length === 0 || !/[\p{L}\p{N}]/u.test(normal))
      return { text, decision: 'decline', candidates: [], topic: null, facet: null, choices: [], confidence: 0 };
    const ranking = rank(ranker, vector, normal.length);
    const right = judge(rejection.right, ranking.signs);
    const near = judge(rejection.near, ranking.signs);
    const top = ranking.shares[ranking.order[0] ?? 0] || 1;
    // How sure it is of a topic grows and shrinks with how well the topic goes with what the message does.
    const candidates = [...weighed(ranking.shares, ranker.topics, act)]
      .map((share, topic) => ({ topic: ranker.topics[topic] ?? '', score: Math.min(surest, (right * share) / top) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, 5);
    const sure = candidates[0]?.score ?? 0;
    const categories = ranker.topics.reduce((sum, each, index) => sum + (isGrievance(each) ? (ranking.shares[index] ?? 0) : 0), 0);
    const unclear = near >= rejection.clarifyFrom;
    const taken = sure >= rejection.answerFrom ? undefined : grievanceIn(candidates, categories, unclear, act);
    const decision = taken !== undefined || sure >= rejection.answerFrom ? 'answer' : unclear ? 'clarify' : 'decline';
    const topic = decision === 'answer' ? (taken ?? candidates[0]?.topic ?? null) : null;
    return {
      text,
      decision,
      candidates,
      topic,
      facet: facetOf(model.facets, vector, candidates[0]?.topic ?? null, namedFacet(normal)),
      choices: choicesOf(candidates, decision),
      confidence: sure,
    };
  };

  const understand: Understand = (said, context = {}) => {
    const text = withoutNumbers(mask(said).text);
    const normal = normalise(text);
    const clause = clauseReader(language);
    const act = actOf(normal, clause);
    const whole = read(text, normal, act);
    const emergency = hearDanger({ simple: language.simplify(text), normal }, emergencies, model.danger, clause) ?? null;
    const pointed = context.topic === undefined ? undefined : bareFacet(normal);
    if (pointed !== undefined && context.topic !== undefined && (pointed !== null || whole.decision !== 'answer')) {
      return { questions: [{ ...whole, decision: 'answer', topic: context.topic, facet: pointed }], emergency, act };
    }
    const sure =
      takeApart(text).length < 2
        ? []
        : takeApart(text)
            .map((part) => read(part))
            .filter((part) => part.confidence >= rejection.answerFrom + surePart);
    const topics = new Set(sure.map((part) => part.topic));
    if (topics.size >= 2 || (topics.size === 1 && whole.decision !== 'answer')) {
      const [first, ...rest] = sure;
      if (first) return { questions: [first, ...rest], emergency, act };
    }
    return { questions: [whole], emergency, act };
  };

  const explain: Explain = (said) => {
    const text = withoutNumbers(mask(said).text);
    const normal = normalise(text);
    const act = actOf(normal);
    const { decision, facet, candidates, confidence } = read(text, normal, act);
    const danger = weighDanger({ simple: language.simplify(text), normal }, emergencies, model.danger, clauseReader(language));
    const vector = vectorOf(featuresOf(bounded(normal), language), model.vocabulary);
    return {
      decision,
      facet,
      confidence,
      answerFrom: rejection.answerFrom,
      clarifyFrom: rejection.clarifyFrom,
      reasons: reasonsFor(candidates.slice(0, 3), vector, model),
      act,
      danger: danger ? { kind: danger.kind.id, belief: danger.belief } : null,
    };
  };

  return {
    understand,
    explain,
    emergencyOf: (text) => dangerByRules(language.simplify(text), emergencies) ?? null,
    simplify: language.simplify,
  };
}

/** Nothing is surer than this. */
const surest = 0.99;
/** How well a topic goes with a message that does something else: not well, but words may deceive. */
const unfitting = 0.15;
/**
 * From here on (log-odds) somebody surely reports or wants something, and it is taken down whatever it is about: how much is believed
 * in that, and half as much how far what it is about is a category of appeals. Set against everyday talk (docs/evaluation.md).
 */
const takenFrom = 1.2;
/** From here on what is nearly understood as a grievance is one. */
const probably = 0.5;
/** A category that is as likely as this is taken before 别的事情. */
const categoryFrom = 0.02;
const anyGrievance = 'appeal.other';

/** How much is believed that a message tells of a grievance or a wish. */
export function grievance(act: ActBeliefs): number {
  return act.report + act.wish + act['complain-waiting'];
}

const odds = (share: number) => Math.log((share + 1e-4) / (1 - share + 1e-4));

/** The shares of the topics, each weighed by how well it goes with what the message does; the sum is 1. */
function weighed(shares: Float64Array, topics: readonly string[], act: ActBeliefs | null): Float64Array {
  if (!act) return shares;
  const tells = unfitting + grievance(act);
  const asks = unfitting + act.question + act['ask-when'];
  const result = shares.map(
    (share, index) => share * (isGrievance(topics[index] ?? '') ? tells : /^(?:action|news)\./.test(topics[index] ?? '') ? 1 : asks),
  );
  const sum = result.reduce((total, share) => total + share, 0) || 1;
  return result.map((share) => share / sum);
}

/**
 * The category of what is surely a grievance: the likeliest, which may be put right later; undefined where it is none. `category` is the
 * share of all categories among the topics.
 */
function grievanceIn(candidates: readonly Candidate[], category: number, unclear: boolean, act: ActBeliefs | null): string | undefined {
  if (!act) return undefined;
  // Nobody is asked to choose the category of a grievance.
  const [best] = candidates;
  if (unclear && best && isGrievance(best.topic) && grievance(act) >= probably) return best.topic;
  if (odds(grievance(act)) + odds(category) / 2 < takenFrom) return undefined;
  const likeliest = candidates.find(({ topic }) => isGrievance(topic));
  return likeliest && likeliest.score >= categoryFrom ? likeliest.topic : anyGrievance;
}

/** Two to four topics that are not far behind the best. Danger is no line of a list: it is asked about in plain words, or not at all. */
function choicesOf(candidates: readonly Candidate[], decision: Question['decision']): string[] {
  if (decision !== 'clarify') return [];
  const best = candidates[0]?.score ?? 0;
  const close = candidates
    .filter(({ topic }) => topic !== emergencyTopic)
    .filter(({ score }, index) => score >= best * (index < 2 ? 0.05 : 0.15));
  return close.slice(0, 4).map(({ topic }) => topic);
}
