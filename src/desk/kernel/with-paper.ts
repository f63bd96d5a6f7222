import type { Papers } from './papers.ts';
import type { Turn } from './turn.ts';

/** The words with their file; when it cannot be made, the words, and that it could not. */
export async function withPaper(turn: Turn, words: string, make: (papers: Papers) => Promise<string>): Promise<[string, string?]> {
  if (!turn.papers) return [words];
  try {
    return [words, await make(turn.papers)];
  } catch {
    // Why is in the log of whoever makes them; figures without a picture are better than an apology.
    return [`${words}\n${turn.say('paper.failed')}`];
  }
}
