import distance from 'natural/lib/natural/distance/index.js';

/** The candidate with the fewest edits from `word`, if it takes no more than half of its characters. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, edits: distance.LevenshteinDistance(word, candidate) }))
    .sort((a, b) => a.edits - b.edits);
  const [best] = ranked;
  return best && best.edits <= Math.max(word.length, best.candidate.length) / 2 ? best.candidate : undefined;
}
