import { bareWords } from '../words/short-answer.ts';

/** A question is about an item that holds so much of its matter (of its pairs of characters), where it is known to ask for news … */
const likeFrom = 0.3;
/** … and where it is not. */
const surelyFrom = 0.5;
/** Nothing is told that holds much less than the item that holds most. */
const ofBest = 0.5;

/**
 * What a question about the news is about: what is left of it without the words that any such question is made of. Empty when it
 * asks for the news as such.
 */
export function matterOf(question: string, fillers: readonly string[]): string[] {
  const longestFirst = [...fillers].sort((a, b) => b.length - a.length);
  const pieces = question.split(/[\s\p{P}]+/u).map(bareWords);
  return pieces
    .flatMap((piece) => longestFirst.reduce((left, word) => left.replaceAll(word, ' '), piece).split(' '))
    .filter((piece) => piece.length >= 2);
}

/** The items that are about this matter, the nearest first. */
export function itemsAbout<I extends { readonly title: string; readonly text: string }>(
  items: readonly I[],
  matter: readonly string[],
): I[] {
  return nearest(items, matter, likeFrom, ({ title, text }) => `${title} ${text}`);
}

/** The items whose title tells of this matter, the nearest first. */
export function itemsTitled<I extends { readonly title: string }>(items: readonly I[], matter: readonly string[]): I[] {
  return nearest(items, matter, surelyFrom, ({ title }) => title);
}

function nearest<I>(items: readonly I[], matter: readonly string[], from: number, wordsOf: (item: I) => string): I[] {
  const pairs = matter.flatMap((piece) => Array.from({ length: piece.length - 1 }, (_, at) => piece.slice(at, at + 2)));
  if (pairs.length === 0) return [];
  const scored = items.map((item) => {
    const words = bareWords(wordsOf(item));
    return { item, score: pairs.filter((pair) => words.includes(pair)).length / pairs.length };
  });
  const best = Math.max(...scored.map(({ score }) => score));
  return scored
    .filter(({ score }) => score >= from && score >= best * ofBest)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}
