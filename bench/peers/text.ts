import { chinese } from '../../src/adapters/language/language.ts';

const letter = /[\p{L}\p{N}]/u;

const characters = (text: string) => [...text.toLowerCase()].filter((character) => letter.test(character));

/** Pairs of neighbouring characters, without stops and spaces; of a single character, itself. */
export function bigrams(text: string): string[] {
  const all = characters(text);
  return all.length < 2 ? all : all.slice(1).map((character, index) => `${all[index]}${character}`);
}

/** Characters and pairs of them. */
export function unigramsAndBigrams(text: string): string[] {
  const all = characters(text);
  return all.length < 2 ? all : [...all, ...bigrams(text)];
}

/** A segmenter as jieba comes, in search mode, without the project's own words. */
export function jiebaWords(): (text: string) => string[] {
  const { words } = chinese([]);
  return (text) => words(text.toLowerCase()).filter((word) => letter.test(word));
}
