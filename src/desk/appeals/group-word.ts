import type { Reply } from '../kernel/message.ts';
import type { Acting } from './moves.ts';
import { stateTitle } from './moves.ts';
import type { Appeal } from './rows.ts';

/**
 * Whoever reported in a group and cannot be written to hears there that something has come of it: its number and state, and nothing
 * that was said. By name only while the account knows whom it has before it: after a new login anybody may bear the name.
 */
export async function wordInGroup({ tx, say, content }: Acting, appeal: Appeal): Promise<Reply[]> {
  const room = appeal.room === undefined ? undefined : await tx.get('rooms', appeal.room);
  const person = await tx.get('people', appeal.person);
  const category = content.categories.get(appeal.category);
  if (room?.kind !== 'residents' || person?.reachable !== false) return [];
  if (appeal.anonymous || category?.personal || category?.discreet) return [];
  const known = (await tx.find('bindings', { target: person.id }, { limit: 1 })).length > 0;
  const to = known ? { room: room.id, person: person.id } : { room: room.id };
  const text = say('group.news', { number: appeal.id, state: stateTitle(appeal.state, say), bot: content.community.botName });
  return [{ to, text, kind: 'notice' }];
}
