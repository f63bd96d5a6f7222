import { best, installed, type Phrasing, phrasingsOf, type Train } from './system.ts';
import { bigrams } from './text.ts';

interface MiniSearch {
  addAll(documents: readonly (Phrasing & { id: number })[]): void;
  search(query: string): readonly { topic: string; score: number }[];
}

/** MiniSearch: phrasings found by pairs of characters and ranked by its BM25+. */
export async function loadMiniSearch(): Promise<Train> {
  const Index = await installed<new (options: object) => MiniSearch>('minisearch');
  return (lessons) => {
    const index = new Index({ fields: ['text'], storeFields: ['topic'], tokenize: bigrams, processTerm: (term: string) => term });
    index.addAll(phrasingsOf(lessons).map((phrasing, id) => ({ ...phrasing, id })));
    return (text) => best(index.search(text));
  };
}
