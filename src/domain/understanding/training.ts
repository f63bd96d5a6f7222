import { actExamples, actRounds, acts } from './acts.ts';
import type { Classifier } from './classifier.ts';
import { type DangerModel, dangerExamples, dangerLabels, dangerRounds } from './danger.ts';
import { type FacetModel, facetPriors, noFacet } from './facet.ts';
import { facetCueFinder } from './facet-cues.ts';
import { featuresOf } from './features.ts';
import { clauseReader, hashed } from './hashed.ts';
import type { Language } from './language.ts';
import { actLessons, dangerLessons, emergencyTopic, type Lessons } from './lessons.ts';
import { indexNeighbours } from './neighbours.ts';
import { bounded, type Normalise, normaliser } from './normalise.ts';
import { packer } from './packed.ts';
import type { Ranker } from './ranking.ts';
import { folds, type Rejection, trainRejection } from './rejection.ts';
import { type Facet, facets } from './result.ts';
import { done, type Result, type Task, task, type Work } from './tasks.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

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

/** A training: its long parts, which may be done in any order and in any thread, and what their results make. */
export interface Course {
  readonly tasks: readonly Task[];
  /** @param results in the order of the tasks */
  model(results: readonly Result[]): Model;
}

/** Learns from the phrasings; the same lessons give the same model. */
export function train(lessons: Lessons, language: Language): Model {
  const { tasks, model } = courseOf(lessons, language);
  return model(tasks.map(done));
}

/** Makes everything ready for learning: reads all texts, and puts together what they show. */
export function courseOf(lessons: Lessons, language: Language): Course {
  const normalise = remembered(normaliser(language, lessons.lexicon));
  const topics = topicCourse(lessons, normalise, language);
  const beliefs = beliefCourse(lessons, normalise, language);
  // The longest come first: so several threads end at about the same time.
  const tasks: readonly Task[] = [topics.ranker, ...beliefs.tasks, ...topics.folds, topics.facets];
  return {
    tasks,
    model(results) {
      const of: ResultOf = (task) => results[tasks.indexOf(task as Task)] as never;
      return { ...topics.model(of), ...beliefs.model(of) };
    },
  };
}

type ResultOf = <W extends Work>(task: Task<W>) => Result<W>;

/** Which topic a message is about, and which facet of it is asked for. */
function topicCourse(lessons: Lessons, normalise: Normalise, language: Language) {
  const topics = topicsOf(lessons);
  const numbers = new Map(topics.map((topic, number) => [topic, number]));
  const phrasings = phrasingsOf(lessons);
  const normal = phrasings.map(({ text }) => bounded(normalise(text)));
  const { vocabulary, packed: texts } = vocabularyOf(normal, (text) => featuresOf(text, language));
  const labels = Int32Array.from(phrasings, ({ topic }) => numbers.get(topic) ?? topics.length);
  const lengths = Int32Array.from(normal, (text) => text.length);
  const all = Int32Array.from(phrasings.keys());
  const withFacet = facetExamples(lessons, phrasings, normal);
  const facetNumbers = Int32Array.from(phrasings, ({ facet }) => facet);
  const ranker = task('softmax', { texts, labels, learnt: all }, topics.length + 1, vocabulary.size);
  const facet = task('softmax', { texts, labels: facetNumbers, learnt: withFacet }, facets.length + 1, vocabulary.size);
  const everyFold = Array.from({ length: folds }, (_, fold) => task('fold', topics, { texts, labels, lengths }, vocabulary.size, fold));
  return {
    ranker,
    facets: facet,
    folds: everyFold,
    model: (of: ResultOf): Pick<Model, 'phrasings' | 'vocabulary' | 'ranker' | 'rejection' | 'facets'> => ({
      phrasings: phrasings.map(({ text }) => text),
      vocabulary,
      ranker: { topics, softmax: of(ranker), neighbours: indexNeighbours({ texts, labels, learnt: all }, vocabulary.size) },
      rejection: trainRejection(everyFold.map(of)),
      facets: { softmax: of(facet), priors: facetPriors(phrasings) },
    }),
  };
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

/** A plain phrasing with the words of a facet may well ask for it: it is no example of asking for none. */
function facetExamples({ facetCues }: Lessons, phrasings: readonly Phrasing[], normal: readonly string[]): Int32Array {
  const named = facetCueFinder(facetCues);
  return Int32Array.from(phrasings.keys()).filter((number) => {
    const { topic = '', facet = noFacet } = phrasings[number] ?? {};
    return topic !== '' && (facet !== noFacet || named(normal[number] ?? '') === null);
  });
}

/** Whether somebody is in danger, and what a message does. */
function beliefCourse(lessons: Lessons, normalise: Normalise, language: Language) {
  const all = packer();
  const read = clauseReader(language);
  const numberOf = remembered((text: string) => {
    const { ids, values } = hashed(text, read);
    return all.add(ids, values);
  });
  const danger = dangerLessons(lessons);
  const cries = danger && dangerExamples(danger, normalise, numberOf);
  const said = actExamples(actLessons(lessons), normalise, numberOf);
  const texts = all.packed();
  const part = cries && task('dangerPart', cries, texts);
  const whole = cries && task('classifier', dangerLabels, cries.whole, texts, dangerRounds);
  const kind = cries && task('classifier', cries.kinds, cries.named, texts, dangerRounds);
  const act = said.texts.length === 0 ? undefined : task('classifier', acts, said, texts, actRounds);
  return {
    tasks: [part, whole, act, kind].filter((each) => each !== undefined),
    model: (of: ResultOf): Pick<Model, 'danger' | 'acts'> => ({
      danger: part && whole && kind && { part: of(part), whole: of(whole), kind: of(kind) },
      acts: act && of(act),
    }),
  };
}

/** Reads a text once, however often it is asked for. */
function remembered<R>(read: (text: string) => R): (text: string) => R {
  const known = new Map<string, R>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = read(text);
    known.set(text, result);
    return result;
  };
}
