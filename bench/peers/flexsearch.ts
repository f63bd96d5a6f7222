import { best, installed, phrasingsOf, type Train } from './system.ts';

interface Index {
  add(id: number, text: string): void;
  search(query: string, options: { limit: number; suggest: boolean }): readonly number[];
}

/**
 * FlexSearch with its own set for Chinese and with context, which was better than without. It ranks but does not score: the n-th
 * phrasing counts 1/n, so that the first of every message looks equally good.
 */
export async function loadFlexSearch(): Promise<Train> {
  const library = await installed<{ Index: new (options: object) => Index; Charset: { CJK: unknown } }>('flexsearch');
  return (lessons) => {
    const index = new library.Index({ encoder: library.Charset.CJK, context: true });
    const phrasings = phrasingsOf(lessons);
    phrasings.forEach(({ text }, id) => {
      index.add(id, text);
    });
    return (text) => {
      const found = index.search(text, { limit: 100, suggest: true });
      return best(found.map((id, place) => ({ topic: phrasings[id]?.topic ?? '', score: 1 / (place + 1) })));
    };
  };
}
