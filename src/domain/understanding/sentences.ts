import { normalised } from './softmax.ts';

/** Fewer characters say nothing of a topic by themselves. */
const shortest = 4;
const most = 12;
/** No share is less, to be multiplied. */
const least = 1e-6;

/** The sentences of a text of several; none of one sentence. */
export function sentencesOf(text: string): string[] {
  const sentences = text.split(/(?<=[。！!？?；;\n])/u).filter((sentence) => sentence.length >= shortest);
  return sentences.length < 2 ? [] : sentences.slice(0, most);
}

/**
 * How likely topics are when a text and its sentences are heard as two witnesses: the text knows how its words go together, but the nouns
 * of a story drown the one sentence that says what it is about. Their geometric mean; the sum is 1.
 * @param whole the share of each topic, by the text at once; sentences the same by each sentence, may be none
 */
export function agreed(whole: Float64Array, sentences: readonly Float64Array[]): Float64Array {
  if (sentences.length === 0) return whole;
  return normalised(whole.map((share, topic) => (Math.log(share + least) + Math.log(mean(sentences, topic) + least)) / 2));
}

function mean(all: readonly Float64Array[], topic: number): number {
  return all.reduce((sum, shares) => sum + (shares[topic] ?? 0), 0) / all.length;
}
