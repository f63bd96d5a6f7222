import { BayesClassifier } from 'natural/lib/natural/classifiers/index.js';
import { best, phrasingsOf, type Train } from './system.ts';
import { jiebaWords, unigramsAndBigrams } from './text.ts';

const background = 'background';

/** natural's BayesClassifier over characters and pairs of them. */
export function loadBayesOnCharacters(): Train {
  return trainBayes(() => unigramsAndBigrams);
}

/** natural's BayesClassifier over jieba's words. */
export function loadBayesOnWords(): Train {
  return trainBayes(jiebaWords);
}

/**
 * The background is one more class. natural's values are products of probabilities; divided by their sum they compare between messages. Of a
 * message so long that all of them underflow to 0 nothing is left.
 */
function trainBayes(tokenizer: () => (text: string) => string[]): Train {
  return (lessons) => {
    const tokens = tokenizer();
    const classifier = new BayesClassifier();
    for (const { text, topic } of phrasingsOf(lessons)) classifier.addDocument(tokens(text), topic);
    for (const text of lessons.background) classifier.addDocument(tokens(text), background);
    classifier.train();
    return (text) => {
      const all = classifier.getClassifications(tokens(text));
      const sum = all.reduce((total, { value }) => total + value, 0);
      return best(all.filter(({ label }) => label !== background).map(({ label, value }) => ({ topic: label, score: value / sum })));
    };
  };
}
