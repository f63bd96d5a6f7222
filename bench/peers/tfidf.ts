import { TfIdf } from 'natural/lib/natural/tfidf/index.js';
import { best, type Train } from './system.ts';
import { jiebaWords } from './text.ts';

/** natural's TfIdf over jieba's words. A topic is one document: with one a phrasing it was slower by far, and worse. */
export function loadTfIdf(): Train {
  return ({ intents }) => {
    const words = jiebaWords();
    const index = new TfIdf();
    for (const { id, utterances, facets } of intents)
      index.addDocument([...utterances, ...Object.values(facets).flat()].flatMap(words), id);
    return (text) => best(index.tfidfs(words(text)).map((score, topic) => ({ topic: intents[topic]?.id ?? '', score })));
  };
}
