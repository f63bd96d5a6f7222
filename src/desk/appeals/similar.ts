import { openStates } from '../../domain/appeals/appeal.ts';
import { plusDays } from '../../domain/time/clock-time.ts';
import type { Understand } from '../../domain/understanding/result.ts';
import { inOtherBuilding, samePlace } from '../../domain/words/place.ts';
import { sharedPairs } from '../../domain/words/shared-pairs.ts';
import { saysOne } from '../../domain/words/short-answer.ts';
import { placesOf } from '../kernel/places.ts';
import type { Turn } from '../kernel/turn.ts';
import type { Appeal } from './rows.ts';

/** What somebody tells, as far as it may have been told before. */
export interface Told {
  readonly category: string;
  readonly what: string;
  readonly place?: string | undefined;
}

/** An appeal that may be about the same: `sure` enough to ask the resident, or only worth a look by staff. */
export interface Like {
  readonly appeal: Appeal;
  readonly sure: boolean;
}

/** Staff are shown what was closed within so many days as well. */
const closedDays = 14;
/** From this score on a text may as well be about another category. */
const alsoFrom = 0.1;
/** So many pairs of characters in common, beside those of the place: of categories that go together, of any, and where no place was told. */
const commonIfRelated = 1;
const commonAtPlace = 2;
const commonAnywhere = 3;
/** What so many texts are about is remembered. */
const remembered = 5000;
const topicsRead = new WeakMap<Understand, Map<string, ReadonlySet<string>>>();

/** The open appeal of somebody else that is surely about the same; the one with most voices first. */
export async function similarAppeal(turn: Turn, told: Told): Promise<Appeal | undefined> {
  // Where it is not known where, nothing is sure.
  if (isPrivate(turn, told.category) || placeTold(turn, told.place) === undefined) return undefined;
  const own = (appeal: Appeal) => appeal.person === turn.person.id || appeal.followers.some(({ person }) => person === turn.person.id);
  return likeAmong(turn, told, await turn.tx.find('appeals', { state: openStates }, { by: 'createdAt' }))
    .flatMap(({ appeal, sure }) => (sure && !own(appeal) ? [appeal] : []))
    .sort((a, b) => b.followers.length - a.followers.length)[0];
}

/**
 * The appeals that may be about the same: open ones of any age, and those closed lately. One event is told under many names (a barbecue is
 * noise, fumes and a stall on the pavement), so that another category counts too, where the place is the same and words agree.
 */
export async function likeAppeals(turn: Turn, told: Told): Promise<Like[]> {
  if (isPrivate(turn, told.category)) return [];
  const since = plusDays(turn.now, -closedDays).toISOString();
  const open = await turn.tx.find('appeals', { state: openStates }, { by: 'createdAt' });
  const closed = await turn.tx.find('appeals', { state: ['resolved', 'archived'], resolvedAt: { atLeast: since } }, { by: 'createdAt' });
  return likeAmong(turn, told, [...open, ...closed]);
}

function likeAmong(turn: Turn, told: Told, appeals: readonly Appeal[]): Like[] {
  const place = placeTold(turn, told.place);
  const places = placesOf(turn.content);
  const near = place === undefined ? appeals : appeals.filter((each) => !inOtherBuilding(each.place ?? '', place, places));
  return near.flatMap((appeal): Like[] => {
    const there = placeTold(turn, appeal.place);
    if (place !== undefined && there !== undefined && !samePlace(there, place, places)) return [];
    if (isPrivate(turn, appeal.category)) return [];
    const common = () => sharedPairs(wordsOf(told), wordsOf(appeal));
    if (place === undefined || there === undefined) {
      return appeal.category === told.category && common() >= commonAnywhere ? [{ appeal, sure: false }] : [];
    }
    if (appeal.category === told.category) return [{ appeal, sure: true }];
    const related = topicsOf(turn, told.what).has(appeal.category) || topicsOf(turn, appeal.what).has(told.category);
    if (related) return [{ appeal, sure: common() >= commonIfRelated }];
    return common() >= commonAtPlace ? [{ appeal, sure: false }] : [];
  });
}

/** Nobody is asked to join what concerns one household, or the staff. */
function isPrivate(turn: Turn, category: string): boolean {
  const known = turn.content.categories.get(category);
  return known?.personal === true || known?.discreet === true;
}

function placeTold(turn: Turn, place: string | undefined): string | undefined {
  const unsaid = place === undefined || place === turn.say('appeal.placeUnsaid') || saysOne(place, turn.content.shortAnswers.noPlace);
  return unsaid ? undefined : place;
}

function wordsOf({ what, place }: Told): string {
  return place === undefined ? what : what.replaceAll(place, ' ');
}

/** Read once, however many are told of meanwhile; by what reads them, so that nothing is left of one that has learnt anew. */
function topicsOf({ content: { understand } }: Turn, what: string): ReadonlySet<string> {
  const known = topicsRead.get(understand) ?? new Map<string, ReadonlySet<string>>();
  topicsRead.set(understand, known);
  const before = known.get(what);
  if (before) return before;
  if (known.size >= remembered) known.clear();
  const [{ candidates }] = understand(what).questions;
  const topics = new Set(candidates.filter(({ score }) => score >= alsoFrom).map(({ topic }) => topic));
  known.set(what, topics);
  return topics;
}
