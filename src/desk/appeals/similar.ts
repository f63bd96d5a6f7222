import { openStates } from '../../domain/appeals/appeal.ts';
import { dateAfter, inShanghai, plusDays } from '../../domain/time/clock-time.ts';
import { datesIn } from '../../domain/time/told-date.ts';
import type { Understand } from '../../domain/understanding/result.ts';
import { inOtherBuilding, type Place, samePlace } from '../../domain/words/place.ts';
import { sharedCharacters, sharedPairs } from '../../domain/words/shared-pairs.ts';
import { saysOne } from '../../domain/words/short-answer.ts';
import type { Snapshot } from '../kernel/content.ts';
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
export interface Like<T extends Told = Appeal> {
  readonly appeal: T;
  readonly sure: boolean;
  /** How many characters that tell of the matter both have in common. */
  readonly common: number;
}

interface Reading {
  readonly topics: ReadonlySet<string>;
  /** It asks rather than reports. */
  readonly asks: boolean;
}

/** What it takes to tell whether two tell of the same. */
export type LikeContent = Pick<Snapshot, 'categories' | 'placeNames' | 'shortAnswers' | 'simplify' | 'understand' | 'wording'>;

/** Staff are shown what was closed within so many days as well. */
const closedDays = 14;
/** From this score on a text may as well be about another category. */
const alsoFrom = 0.1;
/** So many pairs of characters in common, beside those of the place: of categories that do not go together, and where no place was told. */
const commonAtPlace = 2;
const commonAnywhere = 3;
/**
 * So many characters in common make sure that two tell of the same (`evaluate --duplicates`): of one category in one building; of one
 * category along a road, in a compound or at a landmark, where much may be the matter at once; of categories that go together.
 */
const sureInBuilding = 2;
const sureAlong = 4;
const sureIfRelated = 4;
/** What ended so many days ago is told of as it was then. */
const longAgoDays = 45;
/** What so many texts are about is remembered. */
const remembered = 5000;
const read = new WeakMap<Understand, Map<string, Reading>>();

/** The open appeal of somebody else that is surely about the same: the likest, of those as like the one with most voices. */
export async function similarAppeal(turn: Turn, told: Told): Promise<Appeal | undefined> {
  // Where it is not known where, nothing is sure.
  if (isPrivate(turn.content, told.category) || placeTold(turn.content, told.place) === undefined) return undefined;
  const own = (appeal: Appeal) => appeal.person === turn.person.id || appeal.followers.some(({ person }) => person === turn.person.id);
  const open = await turn.tx.find('appeals', { state: openStates }, { by: 'createdAt' });
  const like = likeAmong(turn.content, told, open, turn.now).filter(({ appeal }) => !own(appeal));
  return surest(like.sort((a, b) => b.appeal.followers.length - a.appeal.followers.length));
}

/** The likest of those that are surely about the same; of those as like the first. */
export function surest<T extends Told>(like: readonly Like<T>[]): T | undefined {
  return like.filter(({ sure }) => sure).sort((a, b) => b.common - a.common)[0]?.appeal;
}

/**
 * The appeals that may be about the same: open ones of any age, and those closed lately. One event is told under many names (a barbecue is
 * noise, fumes and a stall on the pavement), so that another category counts too, where the place is the same and words agree.
 */
export async function likeAppeals(turn: Turn, told: Told): Promise<Like[]> {
  if (isPrivate(turn.content, told.category)) return [];
  const since = plusDays(turn.now, -closedDays).toISOString();
  const open = await turn.tx.find('appeals', { state: openStates }, { by: 'createdAt' });
  const closed = await turn.tx.find('appeals', { state: ['resolved', 'archived'], resolvedAt: { atLeast: since } }, { by: 'createdAt' });
  return likeAmong(turn.content, told, [...open, ...closed], turn.now);
}

/**
 * Those of the others that may be about the same, in their order. Nothing is sure where it is not known where, where another floor or flat
 * was told, and of what only asks or tells of long ago: `now` is the moment it is told.
 */
export function likeAmong<T extends Told>(content: LikeContent, told: Told, others: readonly T[], now: Date): Like<T>[] {
  if (isPrivate(content, told.category)) return [];
  const place = placeTold(content, told.place);
  const places = placesOf(content);
  const near = place === undefined ? others : others.filter((each) => !inOtherBuilding(each.place ?? '', place, places));
  // Mostly there is none, and nothing has to be understood.
  if (near.length === 0) return [];
  const { topics, asks } = readingOf(content, told.what);
  const isReport = !asks && !isLongAgo(content.simplify(told.what), now);
  return near.flatMap((appeal): Like<T>[] => {
    const there = placeTold(content, appeal.place);
    if (place !== undefined && there !== undefined && !samePlace(there, place, places)) return [];
    if (isPrivate(content, appeal.category)) return [];
    const words = [wordsOf(content, told), wordsOf(content, appeal)] as const;
    const common = sharedCharacters(...words);
    const isSame = appeal.category === told.category;
    if (place === undefined || there === undefined)
      return isSame && sharedPairs(...words) >= commonAnywhere ? [{ appeal, sure: false, common }] : [];
    const isRelated = isSame || topics.has(appeal.category) || readingOf(content, appeal.what).topics.has(told.category);
    if (!isRelated) return sharedPairs(...words) >= commonAtPlace ? [{ appeal, sure: false, common }] : [];
    const [a, b] = [places.find(place), places.find(there)];
    const inBuilding = a?.building !== undefined && b?.building !== undefined;
    // Of a few words half are enough: "楼道灯坏了" and "楼道灯不亮".
    const few = Math.ceil(Math.min(...words.map((each) => sharedCharacters(each, each))) / 2);
    // At the very same spot ("3栋2单元楼道") its own words tell of the matter already.
    const asked = inBuilding ? sureInBuilding - Number(place === there) : sureAlong;
    const enough = isSame ? Math.min(asked, Math.max(1, few)) : sureIfRelated;
    const sure = isReport && common >= enough && sameFlat(a, b) && !otherThing(content, told.category, words);
    return [{ appeal, sure, common }];
  });
}

/** Whether no other floor and no other flat was told: "底楼" is the first. */
function sameFlat(one: Place | undefined, other: Place | undefined): boolean {
  const floorOf = (place: Place | undefined) => (place?.floor === '底' ? '1' : place?.floor);
  const differ = (a: string | undefined, b: string | undefined) => a !== undefined && b !== undefined && a !== b;
  return !differ(floorOf(one), floorOf(other)) && !differ(one?.room, other?.room);
}

/** Whether two texts name things of a category, and none of them both: the water is off, the power is off. */
function otherThing({ categories }: LikeContent, category: string, texts: readonly string[]): boolean {
  const things = categories.get(category)?.things ?? [];
  const named = texts.map((text) => things.filter((thing) => thing.test(text)));
  return named.every((each) => each.length > 0) && !things.some((thing) => named.every((each) => each.includes(thing)));
}

/** Whether all times that a text tells of are long over: "去年停过三天水". */
function isLongAgo(text: string, now: Date): boolean {
  const today = inShanghai(now).date;
  const dates = datesIn(text, today);
  return dates.length > 0 && dates.every(({ to }) => to < dateAfter(today, -longAgoDays));
}

/** Nobody is asked to join what concerns one household, or the staff. */
function isPrivate({ categories }: LikeContent, category: string): boolean {
  const known = categories.get(category);
  return known?.personal === true || known?.discreet === true;
}

function placeTold({ wording, shortAnswers }: LikeContent, place: string | undefined): string | undefined {
  const unsaid = place === undefined || wording.get('appeal.placeUnsaid')?.includes(place) === true || saysOne(place, shortAnswers.noPlace);
  return unsaid ? undefined : place;
}

/** What is told of the matter, in simplified characters, without its place. */
function wordsOf({ simplify }: LikeContent, { what, place }: Told): string {
  const plain = simplify(what.normalize('NFKC'));
  return place === undefined ? plain : plain.replaceAll(simplify(place.normalize('NFKC')), ' ');
}

/** Read once, however many are told of meanwhile; by what reads them, so that nothing is left of one that has learnt anew. */
function readingOf({ understand }: LikeContent, what: string): Reading {
  const known = read.get(understand) ?? new Map<string, Reading>();
  read.set(understand, known);
  const before = known.get(what);
  if (before) return before;
  if (known.size >= remembered) known.clear();
  const { questions, act } = understand(what);
  const topics = new Set(questions[0].candidates.filter(({ score }) => score >= alsoFrom).map(({ topic }) => topic));
  const reading = { topics, asks: act !== null && act.question > act.report };
  known.set(what, reading);
  return reading;
}
