import { bareWords } from './short-answer.ts';

/** Tells whether a text repeats some of what was said. */
export type Quotes = (text: string) => boolean;

/** What is shorter says nothing of anybody: "楼上漏水" is what everybody says. */
const shortest = 4;

/**
 * Finds texts that repeat what somebody said, whole or in part, whatever stands between the words: punctuation, line breaks, "…".
 * @param said what they said
 * @param run so many characters in a row, or all of what is shorter, are a repetition
 */
export function quotesOf(said: readonly string[], run: number): Quotes {
  const runs = new Map<number, Set<string>>();
  for (const words of said.map(bareWords).filter(({ length }) => length >= shortest)) {
    const length = Math.min(run, words.length);
    const known = runs.get(length) ?? new Set();
    for (const each of runsOf(words, length)) known.add(each);
    runs.set(length, known);
  }
  return (text) => {
    const words = bareWords(text);
    return [...runs].some(([length, known]) => runsOf(words, length).some((each) => known.has(each)));
  };
}

/** Every piece of that length. */
function runsOf(words: string, length: number): string[] {
  return Array.from({ length: Math.max(0, words.length - length + 1) }, (_, start) => words.slice(start, start + length));
}
