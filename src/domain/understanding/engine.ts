import { mask, withoutNumbers } from '../words/masking.ts';
import { type ActBeliefs, type ActLessons, acts, readActs, trainActs } from './acts.ts';
import type { Classifier } from './classifier.ts';
import { type DangerModel, hearDanger, trainDanger, weighDanger } from './danger.ts';
import type { EmergencyRules } from './emergency.ts';
import { type FacetModel, facetOf, noFacet, trainFacets } from './facet.ts';
import { bareFacetMatcher, type FacetCues, facetCueFinder } from './facet-cues.ts';
import { featuresOf } from './features.ts';
import type { Language } from './language.ts';
import { judge } from './logistic.ts';
import { bounded, type Lexicon, type Normalise, normaliser } from './normalise.ts';
import { type Ranker, rank, trainRanker } from './ranking.ts';
import { reasonsFor } from './reasons.ts';
import { type Rejection, trainRejection } from './rejection.ts';
import { type Candidate, type Emergency, type Explain, type Facet, facets, type Question, type Understand } from './result.ts';
import { takeApart } from './take-apart.ts';
import { type Vocabulary, vectorOf, vocabularyOf } from './vocabulary.ts';

/** What the engine learns from. */
export interface Lessons {
  readonly intents: readonly {
    readonly id: string;
    readonly utterances: readonly string[];
    readonly facets: Partial<Record<Facet, readonly string[]>>;
  }[];
  readonly background: readonly string[];
  /** How people in danger write, by kind; under `none` what only sounds like danger. */
  readonly dangers: Readonly<Record<string, readonly string[]>>;
  /** What messages do, by act. */
  readonly acts: Readonly<Record<string, readonly string[]>>;
  readonly facetCues: FacetCues;
  readonly lexicon: Lexicon & { readonly words: readonly string[] };
}

/** What it learnt. Plain data. */
export interface Model {
  /** The phrasings in the order in which the ranker's neighbours count them. */
  readonly phrasings: readonly string[];
  readonly vocabulary: Vocabulary;
  readonly ranker: Ranker;
  readonly rejection: Rejection;
  readonly facets: FacetModel;
  readonly danger: DangerModel | undefined;
  readonly acts: Classifier | undefined;
}

/** Learns from the phrasings; the same lessons give the same model. */
export function train(lessons: Lessons, language: Language): Model {
  const normalise = normaliser(language, lessons.lexicon);
  const topics = lessons.intents
    .map(({ id }) => id)
    .filter((id) => id !== emergencyTopic)
    .concat(lessons.intents.some(({ id }) => id === emergencyTopic) ? [emergencyTopic] : []);
  const number = new Map(topics.map((topic, index) => [topic, index]));
  const phrasings = lessons.intents.flatMap(({ id, utterances, facets: asked }) => [
    ...utterances.map((text) => ({ text, topic: id, facet: noFacet })),
    ...Object.entries(asked).flatMap(([facet, texts]) => texts.map((text) => ({ text, topic: id, facet: facets.indexOf(facet as Facet) }))),
  ]);
  const namedFacet = facetCueFinder(lessons.facetCues);
  const all = [...phrasings, ...lessons.background.map((text) => ({ text, topic: '', facet: noFacet }))].map((each) => {
    const text = bounded(normalise(each.text));
    return { ...each, length: text.length, features: featuresOf(text, language), named: namedFacet(text) };
  });
  const vocabulary = vocabularyOf(all.map(({ features }) => features));
  const examples = all.map(({ features, topic, length, facet, named }) => ({
    vector: vectorOf(features, vocabulary),
    label: number.get(topic) ?? topics.length,
    length,
    topic,
    facet,
    named,
  }));
  return {
    phrasings: all.map(({ text }) => text),
    vocabulary,
    ranker: trainRanker(topics, examples, vocabulary.size),
    rejection: trainRejection(topics, examples, vocabulary.size),
    facets: trainFacets(
      // A plain phrasing with the words of a facet may well ask for it: it is no example of asking for none.
      examples
        .filter(({ topic, facet, named }) => topic !== '' && !(facet === noFacet && named !== null))
        .map((each) => ({ ...each, label: each.facet })),
      vocabulary.size,
    ),
    danger: learnDanger(lessons, normalise, language),
    acts: trainActs(actLessons(lessons), normalise, language),
  };
}

/** What is no danger: what only sounds like it, and every phrasing of other topics. */
function learnDanger(
  { intents, background, dangers, acts: said }: Lessons,
  normalise: Normalise,
  language: Language,
): DangerModel | undefined {
  const { none = [], ...kinds } = dangers;
  const unnamed = intents.find(({ id }) => id === emergencyTopic)?.utterances ?? [];
  const cries = new Map([...Object.entries(kinds), ['', unnamed] as const].filter(([, texts]) => texts.length > 0));
  if (cries.size < 2) return undefined;
  const others = intents.filter(({ id }) => id !== emergencyTopic).flatMap(({ utterances }) => utterances);
  const calm = calmActs.flatMap((act) => said[act] ?? []);
  return trainDanger({ dangers: cries, harmless: [...none, ...background, ...others, ...calm] }, normalise, language);
}

/** What is added to a matter, or answers a question of ours, may well tell of danger ("没动静了"). */
const calmActs = [
  'question',
  'wish',
  'thank',
  'acknowledge',
  'ask-when',
  'complain-waiting',
  'person',
  'call',
  'cancel',
  'chat',
  'correct',
] as const;

/** Phrasings of topics are examples of what is done with them, too; they count less than those written as examples. */
const topicWeight = 0.4;
const grievanceWeight = 0.8;
const backgroundWeight = 0.5;
/** Every third phrasing of a question is enough: there are far more of them than of anything else. */
const everyQuestion = 3;

function actLessons({ intents, background, acts: said }: Lessons): ActLessons {
  if (Object.keys(said).length === 0) return [];
  const named = acts.map((act) => ({ act, texts: said[act] ?? [], weight: 1 }));
  const ofTopics = intents.flatMap(({ id, utterances }): ActLessons => {
    if (id === 'appeal.suggestion') return [{ act: 'wish', texts: utterances, weight: grievanceWeight }];
    if (isGrievance(id)) return [{ act: 'report', texts: utterances, weight: grievanceWeight }];
    if (id.startsWith('action.') || id === 'news.subscribe' || id === 'news.unsubscribe') return [];
    return [{ act: 'question', texts: utterances.filter((_, index) => index % everyQuestion === 0), weight: topicWeight }];
  });
  return [...named, ...ofTopics, { act: 'chat', texts: background, weight: backgroundWeight }];
}

/** Whether a topic is a category of appeals. */
export function isGrievance(topic: string): boolean {
  return topic.startsWith('appeal.');
}

const emergencyTopic = 'action.emergency';
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

  const actOf = (text: string) => (model.acts ? readActs(text, model.acts, normalise, language) : null);

  /** Reads one question by itself. */
  const read = (text: string, act = actOf(text)): Question & { readonly confidence: number } => {
    const normal = bounded(normalise(text));
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
    const act = actOf(text);
    const whole = read(text, act);
    const emergency = hearDanger(text, emergencies, model.danger, normalise, language) ?? null;
    const pointed = context.topic === undefined ? undefined : bareFacet(normalise(text));
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
    const { decision, facet, candidates, confidence } = read(text);
    const danger = weighDanger(text, emergencies, model.danger, normalise, language);
    const vector = vectorOf(featuresOf(bounded(normalise(text)), language), model.vocabulary);
    return {
      decision,
      facet,
      confidence,
      answerFrom: rejection.answerFrom,
      clarifyFrom: rejection.clarifyFrom,
      reasons: reasonsFor(candidates.slice(0, 3), vector, model),
      act: actOf(text),
      danger: danger ? { kind: danger.kind.id, belief: danger.belief } : null,
    };
  };

  return {
    understand,
    explain,
    emergencyOf: (text) => hearDanger(text, emergencies, undefined, normalise, language) ?? null,
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
const takenFrom = 0.3;
/** From here on what is nearly understood as a grievance is one. */
const probably = 0.3;
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
