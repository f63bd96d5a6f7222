import type { Listed } from '../kernel/rows.ts';
import type { Turn } from '../kernel/turn.ts';

/** How long the rows of a list may be named by their numbers. */
const listMinutes = 30;

/** The rows of the list of this kind that the person was shown last, while it is recent. */
export function recentList(turn: Turn, of: Listed): readonly string[][] | undefined {
  const { listed } = turn.conversation;
  if (listed?.of !== of) return undefined;
  return turn.now.getTime() - Date.parse(listed.at) <= listMinutes * 60_000 ? listed.rows : undefined;
}
