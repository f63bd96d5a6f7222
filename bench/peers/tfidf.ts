import { TfIdf } from 'natural/lib/natural/tfidf/index.js';
import { best, phrasingsOf, type Train } from './system.ts';
import { jiebaWords } from './text.ts';

/** natural's TfIdf over jieba's words, each topic one document. It does not weigh by length: a topic with many phrasings wins often. */
export function loadTfIdfOfTopics(): Train {
  return ({ intents }) => {
    const words = jiebaWords();
    const index = new TfIdf();
    for (const { id, utterances, facets } of intents)
      index.addDocument([...utterances, ...Object.values(facets).flat()].flatMap(words), id);
    return (text) => best(index.tfidfs(words(text)).map((score, topic) => ({ topic: intents[topic]?.id ?? '', score })));
  };
}

/** The same, each phrasing one document. */
export function loadTfIdfOfPhrasings(): Train {
  return (lessons) => {
    const words = jiebaWords();
    const index = new TfIdf();
    const phrasings = phrasingsOf(lessons);
    for (const { text, topic } of phrasings) index.addDocument(words(text), topic);
    return (text) => best(index.tfidfs(words(text)).map((score, number) => ({ topic: phrasings[number]?.topic ?? '', score })));
  };
}
