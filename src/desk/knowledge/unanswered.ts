import { groupsOfLike } from '../../domain/words/likeness.ts';
import { withoutNumbers } from '../../domain/words/masking.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { bareWords } from '../../domain/words/short-answer.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Turn } from '../kernel/turn.ts';
import type { Unanswered } from './rows.ts';

/** So many questions are grouped at most, and so many are kept. */
const groupedAtMost = 300;
const keptAtMost = 2000;

/** Questions that are alike and had no answer. */
export interface UnansweredGroup {
  /** The one that was asked most. */
  readonly text: string;
  /** How often they were asked in all. */
  readonly count: number;
  readonly ids: readonly string[];
  /** The topic that came nearest to most of them. */
  readonly guess?: string;
}

/** What had no answer, and was asked again since a moment (ISO), in groups, the one that was asked most first. */
export async function unansweredGroups(tx: Transaction, since = ''): Promise<UnansweredGroup[]> {
  const rows = await tx.find('unanswered', { at: { atLeast: since } });
  // Grouping compares each with each: the newest and most asked are enough.
  const byCount = [...rows]
    .sort((a, b) => b.count - a.count || b.at.localeCompare(a.at))
    .slice(0, groupedAtMost)
    .map((row) => ({ ...row, words: row.id }));
  return groupsOfLike(byCount)
    .map((group) => ({
      text: group[0]?.text ?? '',
      count: group.reduce((sum, { count }) => sum + count, 0),
      ids: group.map(({ id }) => id),
      ...mostGuessed(group),
    }))
    .sort((a, b) => b.count - a.count);
}

/** One group in a list, `index` from 0, with the topic that came nearest. */
export function groupLine(turn: Pick<Turn, 'say' | 'content'>, { text, count, guess }: UnansweredGroup, index: number): string {
  return turn.say('unanswered.line', {
    number: index + 1,
    text,
    count,
    guess: guess === undefined ? '' : (turn.content.titles.get(guess) ?? guess),
  });
}

/** Keeps a question that had no answer, without its masked numbers: it is told to the street office, and one of only those asks nothing. */
export async function rememberUnanswered({ tx, now, person }: Turn, said: string, guess: string | undefined): Promise<void> {
  const text = oneLine(withoutNumbers(said));
  const id = bareWords(text).slice(0, 80);
  if (id === '') return;
  const known = await tx.get('unanswered', id);
  if (!known && (await tx.count('unanswered')) >= keptAtMost) return;
  await tx.put('unanswered', {
    id,
    text: text.slice(0, 200),
    at: now.toISOString(),
    count: (known?.count ?? 0) + 1,
    askers: [...new Set([...(known?.askers ?? []), person.id])],
    ...(guess === undefined ? {} : { guess }),
  });
}

function mostGuessed(group: readonly Unanswered[]): { guess?: string } {
  const votes = new Map<string, number>();
  for (const { guess, count } of group) if (guess !== undefined) votes.set(guess, (votes.get(guess) ?? 0) + count);
  const [best] = [...votes].sort((a, b) => b[1] - a[1]);
  return best ? { guess: best[0] } : {};
}
