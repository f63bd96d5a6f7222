import { openStates } from '../../domain/appeals/appeal.ts';
import { inShanghai, plusDays } from '../../domain/time/clock-time.ts';
import { buildingOf, samePlace } from '../../domain/words/place.ts';
import { saysOne } from '../../domain/words/short-answer.ts';
import { markOnce } from '../kernel/marks.ts';
import type { Reply } from '../kernel/message.ts';
import { placesOf } from '../kernel/places.ts';
import { toStaff } from '../kernel/staff.ts';
import type { Turn } from '../kernel/turn.ts';
import type { Appeal } from './rows.ts';

/** Within so many days the same matter at the same place counts as the same problem. */
const sameDays = 14;
/** So many appeals about one building within so many days are worth a look at the building. */
const hotspotCount = 3;
const hotspotDays = 7;

/** An open appeal of the same category at the same place, told of lately by somebody else; the one with most voices first. */
export async function similarAppeal(turn: Turn, category: string, place: string | undefined): Promise<Appeal | undefined> {
  const { noPlace } = turn.content.shortAnswers;
  if (place === undefined || place === turn.say('appeal.placeUnsaid') || saysOne(place, noPlace)) return undefined;
  if (turn.content.categories.get(category)?.personal || turn.content.categories.get(category)?.discreet) return undefined;
  const places = placesOf(turn.content);
  const since = plusDays(turn.now, -sameDays).toISOString();
  const lately = await turn.tx.find('appeals', { category, state: openStates, createdAt: { atLeast: since } });
  return lately
    .filter((appeal) => appeal.person !== turn.person.id && appeal.place !== undefined && samePlace(appeal.place, place, places))
    .filter(({ followers }) => !followers.some(({ person }) => person === turn.person.id))
    .sort((a, b) => b.followers.length - a.followers.length || a.createdAt.localeCompare(b.createdAt))[0];
}

/** An appeal of which two voices have turned out to be one person: that one counts once, and not besides what they told themselves. */
export function withOneVoiceOf(appeal: Appeal, person: string): Appeal {
  const [first, ...more] = appeal.followers.filter((each) => each.person === person);
  if (!first || (more.length === 0 && appeal.person !== person)) return appeal;
  const files = [first, ...more].flatMap((each) => each.files ?? []);
  const once = appeal.person === person ? [] : [{ ...first, ...(files.length > 0 ? { files } : {}) }];
  return { ...appeal, followers: [...appeal.followers.filter((each) => each.person !== person), ...once] };
}

/** Tells staff when one building has come up again and again, once a day and building. */
export async function hotspotNotice(turn: Turn, appeal: Appeal): Promise<Reply[]> {
  const places = placesOf(turn.content);
  const building = appeal.place === undefined ? undefined : buildingOf(appeal.place, places);
  if (building === undefined) return [];
  const since = plusDays(turn.now, -hotspotDays).toISOString();
  const lately = await turn.tx.find('appeals', { createdAt: { atLeast: since } });
  const discreet = (category: string) => turn.content.categories.get(category)?.discreet === true;
  const there = lately.filter(
    ({ place, category, state }) =>
      state !== 'withdrawn' && !discreet(category) && place !== undefined && buildingOf(place, places) === building,
  );
  if (there.length < hotspotCount) return [];
  const { date } = inShanghai(turn.now);
  if (!(await markOnce(turn, `hotspot/${building}/${date}`))) return [];
  const titles = [...new Set(there.map(({ category }) => turn.content.titles.get(category) ?? category))];
  const text = turn.say('appeal.hotspot', {
    building,
    days: hotspotDays,
    count: there.length,
    titles: titles.join(turn.say('list.separator')),
    numbers: there.map(({ id }) => id).join(turn.say('list.separator')),
  });
  return toStaff(turn.tx, text);
}
