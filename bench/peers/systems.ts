import type { System } from './system.ts';

/** What is compared, in the order of the table. */
export const systems: readonly System[] = [
  { id: 'engine', title: '**this engine**', background: true, load: async () => (await import('./engine.ts')).loadEngine() },
  { id: 'nlp', title: 'nlp.js, zh', background: true, load: async () => (await import('./nlp.ts')).loadNlp() },
  {
    id: 'bayes-characters',
    title: 'natural BayesClassifier, characters 1–2',
    background: true,
    load: async () => (await import('./bayes.ts')).loadBayesOnCharacters(),
  },
  {
    id: 'bayes-words',
    title: 'natural BayesClassifier, jieba',
    background: true,
    load: async () => (await import('./bayes.ts')).loadBayesOnWords(),
  },
  {
    id: 'tfidf-topics',
    title: 'natural TfIdf, jieba, by topic',
    background: false,
    load: async () => (await import('./tfidf.ts')).loadTfIdfOfTopics(),
  },
  {
    id: 'tfidf-phrasings',
    title: 'natural TfIdf, jieba, by phrasing',
    background: false,
    load: async () => (await import('./tfidf.ts')).loadTfIdfOfPhrasings(),
  },
  {
    id: 'minisearch',
    title: 'MiniSearch, bigrams',
    background: false,
    load: async () => (await import('./minisearch.ts')).loadMiniSearch(),
  },
  { id: 'flexsearch', title: 'FlexSearch, CJK', background: false, load: async () => (await import('./flexsearch.ts')).loadFlexSearch() },
  { id: 'fuse', title: 'Fuse.js', background: false, load: async () => (await import('./fuse.ts')).loadFuse() },
  {
    id: 'levenshtein',
    title: 'Levenshtein, nearest',
    background: false,
    load: async () => (await import('./levenshtein.ts')).loadLevenshtein(),
  },
];
