import type { Language } from './language.ts';

/** More of a message is not read for its topic; its beginning and its end say what it is about. */
const readAtStart = 200;
const readAtEnd = 100;

/** Brings the many ways of writing the same into one. */
export type Normalise = (text: string) => string;

/** What is read as something else, and what is passed over. */
export interface Lexicon {
  /** What is typed → what is meant: dialect, old names, homophone errors. */
  readonly replacements: ReadonlyMap<string, string>;
  /** Shapes of words that say where and not what, such as the number of a building (regular expressions). */
  readonly ignored: readonly string[];
  /** What people call a topic by, where several go by that name: who says no more of it means this one. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * NFKC, lower case, simplified characters; without invisible characters, emoji, @names and links; stretched characters
 * shortened, addresses left out, numbers as "0", and the words of dialect, old names and typing errors replaced by what is meant, longest first.
 */
export function normaliser(language: Pick<Language, 'simplify'>, { replacements, ignored }: Lexicon): Normalise {
  const where = ignored.length > 0 ? new RegExp(ignored.join('|'), 'gu') : undefined;
  const lexicon = wordsPattern([...replacements.keys()]);
  return (text) => {
    const plain = language
      .simplify(text.normalize('NFKC').toLowerCase())
      .replace(/\p{Cf}|\p{Co}|\uFE0F|[\u{1F000}-\u{1FAFF}\u2600-\u27BF]/gu, '')
      .replace(/\[[\p{Script=Han}a-z]{1,6}\]/gu, ' ')
      .replace(/@[^\s@]{1,20}(?=\s|$)|https?:\/\/\S+/gu, ' ')
      .replace(/(.)\1{2,}/gu, '$1$1');
    const what = (where ? plain.replace(where, '') : plain)
      .replace(/\d[\d,.]*/g, '0')
      .replace(/\s+/g, ' ')
      .trim();
    return lexicon ? what.replace(lexicon, (word) => replacements.get(word) ?? word) : what;
  };
}

/** The beginning and the end of a long text. */
export function bounded(text: string): string {
  return text.length <= readAtStart + readAtEnd ? text : `${text.slice(0, readAtStart)}。${text.slice(-readAtEnd)}`;
}

/** Any of these words, the longest that fits; undefined when there are none. */
export function wordsPattern(words: readonly string[]): RegExp | undefined {
  if (words.length === 0) return undefined;
  const longestFirst = [...new Set(words)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return new RegExp(longestFirst.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'gu');
}
