import { plusMinutes } from '../../domain/time/clock-time.ts';
import type { Appeal } from '../kernel/tables.ts';
import { askLater, type Turn } from '../kernel/turn.ts';

/** How long the two questions wait; after that the appeal is archived without a rating. */
export const ratingMinutes = 7 * 24 * 60;

/**
 * Puts the first of the two questions to the reporter, where their chat with the bot waits for nothing else. @returns whether
 * it was put: a number would otherwise answer another question
 */
export function askRating({ tx, now }: Pick<Turn, 'tx' | 'now'>, appeal: Appeal): Promise<boolean> {
  return askLater(tx, now, appeal.person, { kind: 'rating', appeal: appeal.id }, plusMinutes(now, ratingMinutes));
}
