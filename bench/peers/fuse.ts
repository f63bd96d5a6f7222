import { best, installed, type Phrasing, phrasingsOf, type Train } from './system.ts';

interface Fuse {
  search(query: string): readonly { item: Phrasing; score: number }[];
}

/** Fuse.js with default settings, but that a match may stand anywhere. Its 0 is a perfect match. */
export async function loadFuse(): Promise<Train> {
  const Index = await installed<new (documents: readonly Phrasing[], options: object) => Fuse>('fuse.js');
  return (lessons) => {
    const index = new Index(phrasingsOf(lessons), { keys: ['text'], includeScore: true, ignoreLocation: true });
    return (text) => best(index.search(text).map(({ item, score }) => ({ topic: item.topic, score: 1 - score })));
  };
}
