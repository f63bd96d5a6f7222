import type { Broadcast } from '../../domain/content/knowledge.ts';
import { plusDays, spokenDate, spokenTime } from '../../domain/time/clock-time.ts';
import { isQuiet } from '../../domain/time/quiet-hours.ts';
import { lastSlot, nextSlots } from '../../domain/time/schedule.ts';
import type { Chore } from '../kernel/chore.ts';
import type { App } from '../kernel/desk.ts';
import { isMarked, markOnce } from '../kernel/marks.ts';
import { frozenSince } from '../sending/freeze.ts';
import { audienceOf, unknownGroups } from './broadcast.ts';
import { compose, editionId, type Means } from './edition.ts';
import { meansOf, tell } from './schedule.ts';
import { strayEdition } from './target.ts';

/** Staff hear of an edition so many days before; nothing of a slot lies behind the one before it. */
const daysBefore = [1, 2];

/** Two days and one day before an edition is due staff hear how it stands: what will be said, what is missing, or that there is nothing. */
export const ahead: Chore = { id: 'ahead', run: tellAhead };

async function tellAhead(app: App, now: Date): Promise<void> {
  const { broadcasts, quiet } = app.content.current().broadcasts;
  if (isQuiet(quiet, now)) return;
  for (const broadcast of broadcasts) await app.store.transaction((tx) => tellOf(meansOf(app, tx, now), broadcast));
}

async function tellOf(means: Means, broadcast: Broadcast): Promise<void> {
  const { tx, now } = means;
  const [slot] = nextSlots(broadcast.schedule, now, 1);
  if (!slot || (await frozenSince(tx)) !== undefined) return;
  const days = daysBefore.find((each) => plusDays(slot, -each) <= now);
  const before = lastSlot(broadcast.schedule, now);
  if (days === undefined || (before && before >= plusDays(slot, -days))) return;
  const id = editionId(broadcast, slot);
  const mark = `ahead/${id}/${days}`;
  if (await isMarked(tx, mark)) return;
  const { rooms, people } = await audienceOf(tx, slot, broadcast);
  const missing = await unknownGroups(tx, broadcast);
  if (rooms.length === 0 && people.length === 0 && missing.length === 0) return;
  await markOnce(means, mark);
  const { say } = means;
  if (missing.length > 0)
    await tell(
      means,
      say('broadcast.unknownGroups', { title: broadcast.title, date: spokenDate(slot), missing: missing.join(say('list.separator')) }),
    );
  if (rooms.length === 0 && people.length === 0) return;
  const text = await word(means, broadcast, slot, days);
  if (text !== undefined) await tell(means, text);
}

async function word(means: Means, broadcast: Broadcast, slot: Date, days: number): Promise<string | undefined> {
  const { say } = means;
  const stray = await strayEdition(means.tx, broadcast, means.now);
  const edition = stray ?? (await means.tx.get('editions', editionId(broadcast, slot)));
  const about = { title: broadcast.title, date: spokenDate(stray?.sendAt === undefined ? slot : new Date(stray.sendAt)) };
  if (edition) return edition.state === 'draft' || edition.state === 'reviewed' ? say('broadcast.aheadDraft', about) : undefined;
  const composed = await compose(means, broadcast, slot);
  if (!composed) return say('broadcast.aheadNothing', about);
  if (broadcast.release === 'reviewed') return say('broadcast.aheadReviewed', about);
  // The whole text once; the day after, what it holds by then.
  const titles = composed.headings.flatMap(({ items }) => items.map((title) => say('broadcast.titleLine', { title })));
  const text = days === 1 ? titles.join('\n') : composed.text;
  return say('broadcast.aheadAuto', { title: broadcast.title, time: spokenTime(slot), text });
}
