import type { Features } from './features.ts';
import { keyOn, seed } from './hashing.ts';
import { growingTable, type KeyTable, numberOf } from './key-table.ts';
import { type Packed, packer } from './packed.ts';

/** Features by number, as the models count them. */
export interface Vector {
  readonly ids: Int32Array;
  readonly values: Float32Array;
}

/** The numbers of the features that are known. */
export type Vocabulary = KeyTable;

/**
 * Numbers the features of texts in the order in which they come, and puts the texts together by these numbers. Features that only one
 * text has say nothing of another and are left out; characters, words and readings are kept, to know what is known at all.
 */
export function vocabularyOf(
  texts: readonly string[],
  featuresOf: (text: string) => Features,
): { readonly vocabulary: Vocabulary; readonly packed: Packed } {
  const all = growingTable();
  const found = packer();
  let kept = new Uint8Array(1 << 16);
  for (const text of texts) {
    const { first, second, values, single } = featuresOf(text);
    const ids = first.map((key, i) => all.number(key, second[i] ?? 0));
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i] ?? 0;
      if (id >= kept.length) kept = doubled(kept);
      // Seen once, and seen again or kept anyway.
      kept[id] = kept[id] === 0 && single[i] === 0 ? 1 : 2;
    }
    found.add(ids, values, first.reduce(keyOn, seed));
  }
  const { size, keys } = all.table();
  const vocabulary = growingTable();
  const numbers = new Int32Array(size).fill(-1);
  for (let id = 0; id < size; id++) if (kept[id] === 2) numbers[id] = vocabulary.number(keys[2 * id] ?? 0, keys[2 * id + 1] ?? 0);
  return { vocabulary: vocabulary.table(), packed: found.packed((id) => numbers[id] ?? -1) };
}

function doubled(array: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const more = new Uint8Array(array.length * 2);
  more.set(array);
  return more;
}

/** A text as the vocabulary knows it; what it does not know is left out. */
export function vectorOf({ first, second, values }: Features, vocabulary: Vocabulary): Vector {
  const ids = first.map((key, i) => numberOf(vocabulary, key, second[i] ?? 0));
  const known = ids.filter((id) => id >= 0);
  return { ids: known, values: Float32Array.from(values.filter((_, i) => (ids[i] ?? -1) >= 0)) };
}
