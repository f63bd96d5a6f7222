import { featuresOf, namesOf } from './features.ts';
import { numberOf } from './key-table.ts';
import type { Language } from './language.ts';
import { similarities } from './neighbours.ts';
import type { Ranker } from './ranking.ts';
import type { Candidate, Reason } from './result.ts';
import { weightOf } from './softmax.ts';
import { type Vocabulary, vectorOf } from './vocabulary.ts';

/** How many words are named for a topic. */
const namedAtMost = 5;
/** Kinds of features that a person can read: characters, pairs of them, words, triples. */
const readable = /^[cbwt](.+)$/u;

/**
 * Why each of these topics came up for a normalised text: the words that weigh most for it, and its phrasing that is most like the
 * message.
 */
export function reasonsFor(
  candidates: readonly Candidate[],
  text: string,
  language: Language,
  model: { readonly vocabulary: Vocabulary; readonly ranker: Ranker; readonly phrasings: readonly string[] },
): Reason[] {
  const { ranker, phrasings, vocabulary } = model;
  const features = featuresOf(text, language);
  const shown = namesOf(text, language).map((name, i) => ({
    name,
    id: numberOf(vocabulary, features.first[i] ?? 0, features.second[i] ?? 0),
    value: features.values[i] ?? 0,
  }));
  const similar = similarities(ranker.neighbours, vectorOf(features, vocabulary));
  return candidates.map(({ topic, score }) => {
    const label = ranker.topics.indexOf(topic);
    const weighed = shown
      .map(({ name, id, value }) => ({ name, weight: id < 0 ? 0 : weightOf(ranker.softmax, id, label) * value }))
      .flatMap(({ name, weight }) => {
        const word = readable.exec(name)?.[1]?.replace(/[\^$]/g, '');
        return word && weight > 0 ? [{ word, weight }] : [];
      })
      .sort((a, b) => b.weight - a.weight);
    let nearest = -1;
    ranker.neighbours.labels.forEach((owner, phrasing) => {
      if (owner === label && (nearest < 0 || (similar[phrasing] ?? 0) > (similar[nearest] ?? 0))) nearest = phrasing;
    });
    return {
      topic,
      score,
      because: longestFirst(weighed.map(({ word }) => word)).slice(0, namedAtMost),
      nearest: nearest < 0 ? null : { text: phrasings[nearest] ?? '', similarity: similar[nearest] ?? 0 },
    };
  });
}

/** Each word once, without those that are part of one named before. */
function longestFirst(words: readonly string[]): string[] {
  const kept: string[] = [];
  for (const word of words) if (!kept.some((each) => each.includes(word))) kept.push(word);
  return kept;
}
