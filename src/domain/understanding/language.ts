/** What the engine needs to know of the Chinese language; an adapter knows it. */
export interface Language {
  /** Traditional characters as simplified ones. */
  simplify(text: string): string;
  /** The words of a text, long ones also in their parts (search mode). */
  words(text: string): readonly string[];
  /** A text cut into the words of the dictionary, whole and in order; what is none stands character by character. */
  segments(text: string): readonly string[];
  /** The reading of one Chinese character without its tone; undefined for anything else. */
  reading(character: string): string | undefined;
}
