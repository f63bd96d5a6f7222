import type { Broadcast } from '../../domain/content/knowledge.ts';
import { plusDays, spokenDate, spokenTime } from '../../domain/time/clock-time.ts';
import { isQuiet } from '../../domain/time/quiet-hours.ts';
import { lastSlot, nextSlots } from '../../domain/time/schedule.ts';
import type { Chore } from '../kernel/chore.ts';
import type { App } from '../kernel/desk.ts';
import { isMarked, markOnce } from '../kernel/marks.ts';
import type { Transaction } from '../kernel/ports.ts';
import { frozenSince } from '../sending/freeze.ts';
import { audienceOf, unknownGroups } from './broadcast.ts';
import { compose, editionId, type Means } from './edition.ts';
import { meansOf, tell } from './schedule.ts';
import { strayEdition } from './target.ts';

/** Staff hear of an edition so many days before; nothing of a slot lies behind the one before it. */
const daysBefore = [1, 2];

/** Two days and one day before an edition is due staff hear how it stands: what will be said, what is missing, or that there is nothing. */
export const ahead: Chore = { id: 'ahead', isDue, run: tellAhead };

async function isDue(app: App, now: Date, tx: Transaction): Promise<boolean> {
  const means = meansOf(app, tx, now);
  for (const broadcast of broadcastsAt(app, now)) if (await toTell(means, broadcast)) return true;
  return false;
}

async function tellAhead(app: App, now: Date): Promise<void> {
  for (const broadcast of broadcastsAt(app, now)) await app.store.transaction((tx) => tellOf(meansOf(app, tx, now), broadcast));
}

function broadcastsAt(app: App, now: Date): readonly Broadcast[] {
  const { broadcasts, quiet } = app.content.current().broadcasts;
  return isQuiet(quiet, now) ? [] : broadcasts;
}

/** An edition that staff have to be told of: of which slot, so many days before; whether anybody gets it; which of its groups nobody has bound. */
interface ToTell {
  readonly slot: Date;
  readonly days: number;
  readonly mark: string;
  readonly isHeard: boolean;
  readonly missing: readonly string[];
}

async function toTell({ tx, now }: Means, broadcast: Broadcast): Promise<ToTell | undefined> {
  const [slot] = nextSlots(broadcast.schedule, now, 1);
  if (!slot || (await frozenSince(tx)) !== undefined) return undefined;
  const days = daysBefore.find((each) => plusDays(slot, -each) <= now);
  const before = lastSlot(broadcast.schedule, now);
  if (days === undefined || (before && before >= plusDays(slot, -days))) return undefined;
  const mark = `ahead/${editionId(broadcast, slot)}/${days}`;
  if (await isMarked(tx, mark)) return undefined;
  const { rooms, people } = await audienceOf(tx, slot, broadcast);
  const missing = await unknownGroups(tx, broadcast);
  const isHeard = rooms.length + people.length > 0;
  return isHeard || missing.length > 0 ? { slot, days, mark, isHeard, missing } : undefined;
}

async function tellOf(means: Means, broadcast: Broadcast): Promise<void> {
  const due = await toTell(means, broadcast);
  if (!due) return;
  const { slot, days, mark, isHeard, missing } = due;
  await markOnce(means, mark);
  const { say } = means;
  if (missing.length > 0)
    await tell(
      means,
      say('broadcast.unknownGroups', { title: broadcast.title, date: spokenDate(slot), missing: missing.join(say('list.separator')) }),
    );
  if (!isHeard) return;
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
