import { fill, type Wording } from '../../domain/content/wording.ts';
import type { Ids } from './ports.ts';
import type { SentenceKey, sentences } from './sentences.ts';

/** The words of a text: 'name' | 'count' of 'name count'. */
type Word<Text extends string> = Text extends `${infer First} ${infer More}` ? First | Word<More> : Text extends '' ? never : Text;
type Placeholder<K extends SentenceKey> = Word<(typeof sentences)[K]>;
type Values<K extends SentenceKey> = [Placeholder<K>] extends [never] ? [] : [values: Readonly<Record<Placeholder<K>, string | number>>];

/** The keys of sentences without placeholders. */
export type PlainKey = { [K in SentenceKey]: [Placeholder<K>] extends [never] ? K : never }[SentenceKey];

/** Says a sentence of data/wording/ by its key; the compiler checks that the values are the ones its placeholders need. */
export type Say = <K extends SentenceKey>(key: K, ...values: Values<K>) => string;

/** A `Say` over the wording as it is read now, which was checked when it was loaded; of several variants of a sentence, chance picks one. */
export function speaker(wording: () => Wording, ids: Pick<Ids, 'chance'>): Say {
  return (key, ...values) => {
    const variants = wording().get(key) ?? [];
    const sentence = variants.length > 1 ? variants[ids.chance(variants.length)] : variants[0];
    return fill(sentence ?? '', values[0] ?? {});
  };
}
