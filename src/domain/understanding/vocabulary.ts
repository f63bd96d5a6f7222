import type { Features } from './features.ts';
import { type Packed, packer } from './packed.ts';

/** Features by number, as the models count them. */
export interface Vector {
  readonly ids: Int32Array;
  readonly values: Float32Array;
}

export type Vocabulary = ReadonlyMap<string, number>;

/** Features that only one text has say nothing of another; characters, words and readings are kept, to know what is known at all. */
const keptAlways = /^[cwr]/;

/** Numbers the features of texts in the order in which they come, and puts the texts together by these numbers. */
export function vocabularyOf(
  texts: readonly string[],
  featuresOf: (text: string) => Features,
): { readonly vocabulary: Vocabulary; readonly packed: Packed } {
  const numbers = new Map<string, number>();
  const counts: number[] = [];
  const all = packer();
  for (const text of texts) {
    const { names, values } = featuresOf(text);
    const ids = names.map((name) => {
      const id = numbers.get(name) ?? numbers.size;
      if (id === numbers.size) numbers.set(name, id);
      counts[id] = (counts[id] ?? 0) + 1;
      return id;
    });
    all.add(ids, values);
  }
  const vocabulary = new Map<string, number>();
  const kept = new Int32Array(numbers.size).fill(-1);
  for (const [name, id] of numbers) {
    if ((counts[id] ?? 0) <= 1 && !keptAlways.test(name)) continue;
    kept[id] = vocabulary.size;
    vocabulary.set(name, vocabulary.size);
  }
  return { vocabulary, packed: all.packed((id) => kept[id] ?? -1) };
}

/** A text as the vocabulary knows it; what it does not know is left out. */
export function vectorOf({ names, values }: Features, vocabulary: Vocabulary): Vector {
  const ids: number[] = [];
  const known: number[] = [];
  for (let i = 0; i < names.length; i++) {
    const id = vocabulary.get(names[i] ?? '');
    if (id === undefined) continue;
    ids.push(id);
    known.push(values[i] ?? 0);
  }
  return { ids: Int32Array.from(ids), values: Float32Array.from(known) };
}
