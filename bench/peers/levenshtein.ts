import distance from 'natural/lib/natural/distance/index.js';
import { best, phrasingsOf, type Train } from './system.ts';

/** The phrasing with the fewest edits for its length, by natural's Levenshtein distance. Nothing is learnt. */
export function loadLevenshtein(): Train {
  return (lessons) => {
    const phrasings = phrasingsOf(lessons);
    return (text) =>
      best(
        phrasings.map((each) => ({
          topic: each.topic,
          score: 1 - distance.LevenshteinDistance(text, each.text) / Math.max(text.length, each.text.length, 1),
        })),
      );
  };
}
