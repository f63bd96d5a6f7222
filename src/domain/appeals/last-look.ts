import { type PlaceReader, samePlace } from '../words/place.ts';

/** What a word to a resident, or a result, can lack. */
export const lacks = ['said', 'done', 'when', 'matter', 'place'] as const;
export type Lack = (typeof lacks)[number];

/** How it is seen what is lacking (data/last-look.yaml). */
export interface LookWords {
  /** What says nothing: whatever is left without it says something. */
  readonly hollow: readonly RegExp[];
  readonly promise: RegExp;
  /** What is still to be done, in a result. */
  readonly later: RegExp;
  readonly done: RegExp;
  readonly who: RegExp;
  readonly when: RegExp;
  /** What tells the resident what to do, or asks. */
  readonly tells: RegExp;
  /** What has been done already, in an answer. */
  readonly begun: RegExp;
  /** The things of each category: those that name it, and others that may well be said of it. */
  readonly things: ReadonlyMap<string, { readonly names: RegExp; readonly near: RegExp }>;
}

/** The case that is spoken of. */
export interface LookedAt {
  readonly category: string;
  readonly what: string;
  readonly place?: string;
  /** Who told it. */
  readonly name: string;
}

/** What is lacking, and of what else it seems to speak. */
export interface Look {
  readonly lacks: readonly Lack[];
  /** The category or the place that it seems to speak of instead. */
  readonly other?: string;
}

const nothing: Look = { lacks: [] };

/**
 * A last look at what is about to be sent: does it say anything, does it say who or when (an answer) or what was done (a result), and is
 * it about this case? Where in doubt nothing is lacking.
 */
export function lookAt(text: string, of: LookedAt, as: 'answer' | 'result', words: LookWords, places: PlaceReader): Look {
  const said = bare(text);
  if (isHollow(said, of, words)) return { lacks: ['said'] };
  const elsewhere = placeElsewhere(text, of, places);
  if (elsewhere !== undefined) return { lacks: ['place'], other: elsewhere };
  const another = anotherMatter(said, of, words);
  if (another !== undefined) return { lacks: ['matter'], other: another };
  if (as === 'result') return words.later.test(said) && !words.done.test(said) ? { lacks: ['done'] } : nothing;
  if (!words.promise.test(said)) return nothing;
  return [words.who, words.when, words.tells, words.begun].some((shape) => shape.test(said)) ? nothing : { lacks: ['when'] };
}

/** Whether it says nothing, once what says nothing and the name of whom it is said to are left out. */
function isHollow(said: string, { name }: LookedAt, { hollow }: LookWords): boolean {
  const called = bare(name);
  const unnamed = called === '' ? said : said.replaceAll(called, '');
  return hollow.reduce((rest, shape) => rest.replace(new RegExp(shape, 'giu'), ''), unnamed) === '';
}

/** A building that is named while the case is at another one. */
function placeElsewhere(text: string, { what, place }: LookedAt, places: PlaceReader): string | undefined {
  const own = place === undefined ? [] : places.all(place);
  if (!own.some(({ building }) => building !== undefined)) return undefined;
  const named = places.all(text).filter(({ building }) => building !== undefined);
  const known = [place ?? '', ...places.all(what).map((each) => each.text)];
  return named.length > 0 && !named.some((each) => known.some((one) => samePlace(one, each.text, places))) ? named[0]?.text : undefined;
}

/** Another category of whose things it speaks, while it names none of this case's and shares no word with it. */
function anotherMatter(said: string, { category, what }: LookedAt, { things }: LookWords): string | undefined {
  const own = things.get(category);
  const case_ = bare(what);
  if (!own || own.names.test(said) || own.near.test(said) || sharesWord(said, case_)) return undefined;
  const others = [...things].filter(([id, { names }]) => id !== category && names.test(said));
  return others.some(([, { names }]) => names.test(case_)) ? undefined : others[0]?.[0];
}

/** Whether two texts have two characters in a row in common. */
function sharesWord(one: string, other: string): boolean {
  return Array.from({ length: Math.max(0, one.length - 1) }, (_, at) => one.slice(at, at + 2)).some((pair) => other.includes(pair));
}

function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]/gu, (sign) => (/[?？]/u.test(sign) ? '?' : ''));
}
