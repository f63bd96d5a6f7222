import { inShanghai, plusDays } from '../../domain/time/clock-time.ts';
import { areaOf } from '../../domain/words/place.ts';
import { markOnce } from '../kernel/marks.ts';
import type { Reply } from '../kernel/message.ts';
import { placesOf } from '../kernel/places.ts';
import { toStaff } from '../kernel/staff.ts';
import type { Turn } from '../kernel/turn.ts';
import type { Appeal } from './rows.ts';

/** So many appeals about one place within so many days are worth a look at it. */
const hotspotCount = 3;
const hotspotDays = 7;

/** An appeal of which two voices have turned out to be one person: that one counts once, and not besides what they told themselves. */
export function withOneVoiceOf(appeal: Appeal, person: string): Appeal {
  const [first, ...more] = appeal.followers.filter((each) => each.person === person);
  if (!first || (more.length === 0 && appeal.person !== person)) return appeal;
  const files = [first, ...more].flatMap((each) => each.files ?? []);
  const once = appeal.person === person ? [] : [{ ...first, ...(files.length > 0 ? { files } : {}) }];
  return { ...appeal, followers: [...appeal.followers.filter((each) => each.person !== person), ...once] };
}

/** Tells staff when one building, or one matter at one compound, road or landmark, has come up again and again; once a day. */
export async function hotspotNotice(turn: Turn, appeal: Appeal): Promise<Reply[]> {
  const places = placesOf(turn.content);
  const area = appeal.place === undefined ? undefined : areaOf(appeal.place, places);
  if (area === undefined) return [];
  const since = plusDays(turn.now, -hotspotDays).toISOString();
  const lately = await turn.tx.find('appeals', { createdAt: { atLeast: since } }, { by: 'createdAt' });
  const discreet = (category: string) => turn.content.categories.get(category)?.discreet === true;
  const there = lately.filter(
    ({ place, category, state }) =>
      place !== undefined &&
      areaOf(place, places)?.name === area.name &&
      state !== 'withdrawn' &&
      !discreet(category) &&
      (area.isBuilding || category === appeal.category),
  );
  if (there.length < hotspotCount) return [];
  const { date } = inShanghai(turn.now);
  if (!(await markOnce(turn, `hotspot/${area.name}/${area.isBuilding ? '' : appeal.category}${date}`))) return [];
  const titles = [...new Set(there.map(({ category }) => turn.content.titles.get(category) ?? category))];
  const text = turn.say('appeal.hotspot', {
    building: area.name,
    days: hotspotDays,
    count: there.length,
    titles: titles.join(turn.say('list.separator')),
    numbers: there.map(({ id }) => id).join(turn.say('list.separator')),
  });
  return toStaff(turn.tx, text);
}
