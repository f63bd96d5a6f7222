import { inShanghai, plusMinutes, spokenHour } from '../../domain/time/clock-time.ts';
import type { App } from '../kernel/desk.ts';
import { markOnce } from '../kernel/marks.ts';
import { queue } from '../sending/deliveries.ts';

/** A shorter absence is not worth a word in a group. */
const leastMinutes = 5;
/** Where nothing was said for so long before, nobody was waiting. */
const activeWithinMinutes = 3 * 60;
/** A word in many groups at once gets an account limited. */
const roomsAtMost = 10;

/**
 * The bot was not in touch for a while, and what was said then has not come after all: the residents' groups in which people were
 * talking hear for how long, once, by day.
 */
export async function wasAway(app: App, from: Date, to: Date): Promise<void> {
  const now = app.clock.now();
  const { hour } = inShanghai(now);
  if (to < plusMinutes(from, leastMinutes) || hour < 8 || hour >= 21) return;
  await app.store.transaction(async (tx) => {
    if (!(await markOnce({ tx, now }, `away/${from.toISOString()}`))) return;
    const recent = plusMinutes(from, -activeWithinMinutes).toISOString();
    const rooms = await tx.find('rooms', { kind: 'residents', activeAt: { atLeast: recent } }, { by: 'activeAt', descending: true });
    const text = app.say('away.room', { from: spokenHour(from), to: spokenHour(to) });
    for (const { id } of rooms.filter(({ held }) => !held).slice(0, roomsAtMost))
      await queue(tx, app.ids, now, { to: { room: id }, text, kind: 'notice' });
  });
  await app.outbox.pump();
}
