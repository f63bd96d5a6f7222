import { type Act, acts } from './acts.ts';
import { type BeliefModel, trainBeliefs } from './beliefs.ts';
import { withoutAddress } from './courtesies.ts';
import { type FacetModel, facetPriors, noFacet } from './facet.ts';
import { facetCueFinder } from './facet-cues.ts';
import { featuresOf } from './features.ts';
import type { Language } from './language.ts';
import { actOfTopic, emergencyTopic, type Lessons, toldApart } from './lessons.ts';
import { withoutNames } from './names.ts';
import { indexNeighbours } from './neighbours.ts';
import type { Network } from './network.ts';
import type { HeadLessons } from './network-training.ts';
import { bounded, normaliser } from './normalise.ts';
import type { Ranker } from './ranking.ts';
import { partsOf, predictedFold, type Rejection, trainRejection } from './rejection.ts';
import { type Facet, facets } from './result.ts';
import { type Spelling, spellingOf } from './spelling.ts';
import { done, type Result, type Task, task, type Work } from './tasks.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

/** What it learnt of topics. Plain data. */
export interface TopicModel {
  /** The phrasings in the order in which the ranker's neighbours count them. */
  readonly phrasings: readonly string[];
  readonly vocabulary: Vocabulary;
  readonly ranker: Ranker;
  readonly rejection: Rejection;
  readonly facets: FacetModel;
  readonly network: Network;
  readonly spelling: Spelling;
  /** The kinds of danger, in the order of the network's. */
  readonly kinds: readonly string[];
}

/** What it learnt. */
export interface Model extends TopicModel, BeliefModel {}

/** Who helps with a training. */
export interface Crew {
  /** Does tasks, in any order and in any thread. @returns their results, in their order */
  perform(tasks: readonly Task[]): Promise<readonly Result[]>;
  /** Learns beliefs (beliefs.ts). */
  beliefs(lessons: Lessons): Promise<BeliefModel>;
}

/** Learns from the phrasings; the same lessons give the same model. */
export function train(lessons: Lessons, language: Language): Model {
  const { tasks, model } = topicCourse(lessons, language);
  return { ...model(tasks.map(done)), ...trainBeliefs(lessons, language) };
}

/** The same with the help of others; it gives the same model. */
export async function trainWith(crew: Crew, lessons: Lessons, language: Language): Promise<Model> {
  const learnt = crew.beliefs(lessons);
  const { tasks, model } = topicCourse(lessons, language);
  const [results, beliefs] = await Promise.all([crew.perform(tasks), learnt]);
  return { ...model(results), ...beliefs };
}

/** How topics are learnt: texts that were read and numbered, what is to be done with them, and what the results make. */
interface Course {
  readonly tasks: readonly Task[];
  /** @param results in the order of the tasks */
  readonly model: (results: readonly Result[]) => TopicModel;
}

/** Which topic a message is about, and which facet of it is asked for. */
function topicCourse(lessons: Lessons, language: Language): Course {
  const normalise = normaliser(language, lessons.lexicon);
  const topics = topicsOf(lessons);
  const numbers = new Map(topics.map((topic, number) => [topic, number]));
  const phrasings = phrasingsOf(lessons);
  const others = toldApart(lessons);
  const kinds = [...new Set(others.flatMap(({ kind }) => kind ?? []))];
  const normal = [...phrasings, ...others].map(({ text }) => bounded(withoutNames(withoutAddress(normalise(text)))));
  const { vocabulary, packed: texts } = vocabularyOf(normal, (text) => featuresOf(text, language));
  const labels = Int32Array.from(phrasings, ({ topic }) => numbers.get(topic) ?? topics.length);
  const lengths = Int32Array.from(normal, (text) => text.length);
  const parts = partsOf(labels);
  const all = Int32Array.from(phrasings.keys());
  const asked = { texts, labels: Int32Array.from(phrasings, ({ facet }) => facet), learnt: facetExamples(lessons, phrasings, normal) };
  // The longest come first: so several threads end at about the same time.
  const ranker = task('softmax', { texts, labels, learnt: all }, topics.length + 1, vocabulary.size);
  const fold = task('fold', topics, { texts, labels, lengths, parts }, vocabulary.size, predictedFold);
  const facet = task('softmax', asked, facets.length + 1, vocabulary.size);
  const heads = headsOf([...phrasings, ...others], { topics, kinds });
  const network = task('network', { texts, learnt: Int32Array.from(normal.keys()), heads }, networkRounds);
  const tasks: readonly Task[] = [network, fold, ranker, facet];
  return {
    tasks,
    model: (results) => {
      const of = resultsOf(tasks, results);
      return {
        phrasings: phrasings.map(({ text }) => text),
        vocabulary,
        ranker: { topics, softmax: of(ranker), neighbours: indexNeighbours({ texts, labels, learnt: all }, vocabulary.size) },
        rejection: trainRejection(of(fold)),
        facets: { softmax: of(facet), priors: facetPriors(phrasings) },
        network: of(network),
        spelling: spellingOf(normal, language),
        kinds,
      };
    },
  };
}

/** So often the network learns each text. */
const networkRounds = 4;

/** Finds the result of each task. */
function resultsOf(tasks: readonly Task[], results: readonly Result[]) {
  return <W extends Work>(task: Task<W>) => results[tasks.indexOf(task as Task)] as Result<W>;
}

/** The topics in the order of their numbers; danger comes last. */
function topicsOf({ intents }: Lessons): string[] {
  const ids = intents.map(({ id }) => id);
  return [...ids.filter((id) => id !== emergencyTopic), ...ids.filter((id) => id === emergencyTopic)];
}

interface Phrasing {
  readonly text: string;
  /** '' for the background. */
  readonly topic: string;
  readonly facet: number;
}

function phrasingsOf({ intents, background }: Lessons): Phrasing[] {
  const ofTopics = intents.flatMap(({ id, utterances, facets: asked }) => [
    ...utterances.map((text) => ({ text, topic: id, facet: noFacet })),
    ...Object.entries(asked).flatMap(([facet, texts]) => texts.map((text) => ({ text, topic: id, facet: facets.indexOf(facet as Facet) }))),
  ]);
  return [...ofTopics, ...background.map((text) => ({ text, topic: '', facet: noFacet }))];
}

/** A danger is one of few texts, and must not be missed. */
const dangerWeight = 3;
const actWeight = 0.7;
/** Which card is said hangs on it. */
const kindWeight = 1.5;

/** What the network learns of each text: its topic, whether it tells of danger and of which kind, and what it does. */
function headsOf(
  texts: readonly { readonly topic?: string; readonly danger?: boolean; readonly kind?: string; readonly act?: Act }[],
  { topics, kinds }: { readonly topics: readonly string[]; readonly kinds: readonly string[] },
): Record<string, HeadLessons> {
  const known = (labels: number[], weights: number[]) =>
    labels.some((label) => label >= 0) ? { labels: Int32Array.from(labels), weights } : undefined;
  const numbers = new Map([...topics, ''].map((topic, number) => [topic, number]));
  const even = (size: number, weight = 1) => new Array<number>(size).fill(weight);
  const all = {
    topics: known(
      texts.map(({ topic }) => (topic === undefined ? -1 : (numbers.get(topic) ?? -1))),
      even(topics.length + 1),
    ),
    danger: known(
      texts.map(({ topic, danger = topic === undefined ? undefined : topic === emergencyTopic }) =>
        danger === undefined ? -1 : Number(danger),
      ),
      [1, dangerWeight],
    ),
    kinds: known(
      texts.map(({ kind }) => (kind === undefined ? -1 : kinds.indexOf(kind))),
      even(kinds.length, kindWeight),
    ),
    acts: known(
      texts.map(({ topic, act = topic === undefined ? undefined : actOfTopic(topic) }) => (act === undefined ? -1 : acts.indexOf(act))),
      even(acts.length, actWeight),
    ),
  };
  return Object.fromEntries(Object.entries(all).flatMap(([name, head]) => (head ? [[name, head]] : [])));
}

/** A longer phrasing tells a story, and asks for something or other in it. */
const plainAtMost = 24;

/** A plain phrasing with the words of a facet, or a long one, may well ask for one: it is no example of asking for none. */
function facetExamples({ facetCues }: Lessons, phrasings: readonly Phrasing[], normal: readonly string[]): Int32Array {
  const named = facetCueFinder(facetCues);
  return Int32Array.from(phrasings.keys()).filter((number) => {
    const { topic = '', facet = noFacet } = phrasings[number] ?? {};
    const text = normal[number] ?? '';
    return topic !== '' && (facet !== noFacet || (text.length <= plainAtMost && named(text) === null));
  });
}
