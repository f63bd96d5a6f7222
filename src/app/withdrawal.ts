import { actingIn, keep, makeMove } from './appeals.ts';
import type { Appeal } from './tables.ts';
import type { Turn } from './turn.ts';

/**
 * Takes an open appeal back for who told of it. What others have joined stays theirs: it goes on under the first of them.
 * @returns the withdrawn appeal; undefined when it goes on
 */
export async function withdrawAppeal(turn: Turn, appeal: Appeal): Promise<Appeal | undefined> {
  const [heir, ...rest] = appeal.followers;
  if (!heir) return makeMove(actingIn(turn), appeal, 'withdraw');
  await keep(actingIn(turn), { ...appeal, person: heir.person, followers: rest });
  return undefined;
}
