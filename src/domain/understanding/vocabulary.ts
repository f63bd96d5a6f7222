import type { Features } from './features.ts';

/** Features by number, as the models count them. */
export interface Vector {
  readonly ids: Int32Array;
  readonly values: Float32Array;
}

export type Vocabulary = ReadonlyMap<string, number>;

/** Features that only one text has say nothing of another; characters, words and readings are kept, to know what is known at all. */
const keptAlways = /^[cwr]/;

/** Numbers the features of these texts. */
export function vocabularyOf(texts: readonly Features[]): Vocabulary {
  const counts = new Map<string, number>();
  for (const features of texts) for (const name of features.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  const vocabulary = new Map<string, number>();
  for (const [name, count] of counts) if (count > 1 || keptAlways.test(name)) vocabulary.set(name, vocabulary.size);
  return vocabulary;
}

/** A text as the vocabulary knows it; what it does not know is left out. */
export function vectorOf(features: Features, vocabulary: Vocabulary): Vector {
  const ids: number[] = [];
  const values: number[] = [];
  for (const [name, value] of features) {
    const id = vocabulary.get(name);
    if (id === undefined) continue;
    ids.push(id);
    values.push(value);
  }
  return { ids: Int32Array.from(ids), values: Float32Array.from(values) };
}
