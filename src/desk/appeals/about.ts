import { openStates } from '../../domain/appeals/appeal.ts';
import { endingIn } from '../../domain/appeals/appeal-number.ts';
import { plusDays, plusMinutes } from '../../domain/time/clock-time.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { isPartOfHouse, samePlace } from '../../domain/words/place.ts';
import { inCommon, spoken } from '../../domain/words/talk.ts';
import { placesOf } from '../kernel/places.ts';
import type { Person } from '../kernel/rows.ts';
import { actingFor, may } from '../kernel/staff.ts';
import type { Turn } from '../kernel/turn.ts';
import { beginningOf } from '../kernel/whole.ts';
import type { Appeal } from './rows.ts';
import { maySee } from './staff.ts';

/** From here on the words of a message name a category. */
const named = 0.05;
/** From here on a message speaks of a matter by its words or place. */
export const related = 0.9;
/** So much tells one matter from another. */
export const clearer = 0.3;
/** What was said of a matter so lately is gone on with: it counts like some words in common. */
const goneOnWith = 0.7;
const justNowMinutes = 10;
const shownAtMost = 14;
/** What was done and rated is spoken of for so long. */
const spokenOfDays = 2;
/** Of whoever has more than so many under way, the latest are compared with what is said. */
const comparedAtMost = 20;

/** What this person, alone or with others, has under way; the latest first. What is an alarm is none of these. */
export async function openMatters(turn: Turn): Promise<Appeal[]> {
  const mine = turn.person.id;
  const open = (await turn.tx.mentioning('appeals', mine)).filter(({ state }) => openStates.includes(state));
  return open
    .filter(({ category, onBehalfOf }) => category !== 'action.emergency' && onBehalfOf === undefined)
    .filter(({ person, followers }) => person === mine || followers.some((each) => each.person === mine))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id));
}

/** How much a message speaks for a matter: by its number, place, category and words. Undefined when its place is another. */
export function closeness(turn: Turn, appeal: Appeal, text = turn.text): number | undefined {
  const { place, words, category } = near(turn, appeal, text) ?? {};
  return place === undefined || words === undefined || category === undefined ? undefined : place + words + category;
}

/** The same without its place: two matters may be at one place. */
export function likeness(turn: Turn, appeal: Appeal, text = turn.text): number {
  const { words = 0, category = 0 } = near(turn, appeal, text) ?? {};
  return words + category;
}

interface Near {
  readonly place: number;
  readonly category: number;
  readonly words: number;
}

function near(turn: Turn, appeal: Appeal, text: string): Near | undefined {
  const places = placesOf(turn.content);
  const [number] = /(?<![\d*])\d{3,}(?![\d*])/.exec(text) ?? [];
  if (number !== undefined && endingIn([appeal], number).length > 0) return { place: 0, category: 0, words: 10 };
  const told = places.find(text);
  const stands = told !== undefined && spoken(appeal.what).includes(spoken(told.text));
  const same =
    told && !isPartOfHouse(told) && appeal.place !== undefined ? stands || samePlace(told.text, appeal.place, places) : undefined;
  if (same === false) return undefined;
  const understood = text === turn.text ? turn.understood : turn.content.understand(text);
  const [best, ...others] = understood.questions[0].candidates.filter(({ score }) => score >= named);
  const category = best?.topic === appeal.category ? 1 + best.score : (others.find(({ topic }) => topic === appeal.category)?.score ?? 0);
  const title = turn.content.titles.get(appeal.category) ?? '';
  const words = Math.min(3, inCommon(told ? text.replace(told.text, '') : text, `${appeal.what} ${appeal.result ?? ''} ${title}`));
  return { place: same ? 2 : 0, category, words };
}

/** What is open, what waits to be rated, and what was done or declined lately: it may still be spoken of. */
export async function recentMatters(turn: Turn): Promise<Appeal[]> {
  const since = plusDays(turn.now, -spokenOfDays).toISOString();
  const done = await turn.tx.find('appeals', { person: turn.person.id, state: ['resolved', 'archived', 'declined'] });
  const told = done
    .filter(
      ({ state, resolvedAt = '', history }) =>
        state === 'resolved' || (state === 'declined' ? (history.at(-1)?.at ?? '') : resolvedAt) >= since,
    )
    .filter(({ category, onBehalfOf }) => category !== 'action.emergency' && onBehalfOf === undefined);
  const lately = told.sort((a, b) => (b.resolvedAt ?? '').localeCompare(a.resolvedAt ?? ''));
  return [...(await openMatters(turn)).slice(0, comparedAtMost), ...lately.slice(0, comparedAtMost)];
}

/**
 * Which of one's matters a message is about: the one that fits best; where several fit alike, the one of them that was spoken of just now,
 * else `several`; none when it speaks of another place.
 */
export function matterMeant(turn: Turn, matters: readonly Appeal[], text = turn.text): Appeal | 'several' | undefined {
  const fresh = spokenOfNow(turn, matters);
  const ranked = matters
    .flatMap((appeal) => {
      const score = closeness(turn, appeal, text);
      return score === undefined ? [] : [{ appeal, score: score + (appeal === fresh ? goneOnWith : 0) }];
    })
    .sort((a, b) => b.score - a.score);
  const [best] = ranked;
  if (!best) return undefined;
  const alike = ranked.filter(({ score }) => best.score - score < clearer).map(({ appeal }) => appeal);
  return alike.length === 1 ? best.appeal : (spokenOfNow(turn, alike) ?? 'several');
}

/** When the person of a turn spoke of a matter last (ISO time). */
const spokenAt = ({ person }: Turn, { history }: Appeal) => history.findLast(({ actor }) => actor === person.id)?.at ?? '';

/** Whether none of these matters was spoken of since then (ISO time), and the words fit none of them. */
export function isOfNone(turn: Turn, matters: readonly Appeal[], since: string): boolean {
  return matters.every((appeal) => spokenAt(turn, appeal) < since && likeness(turn, appeal) < related);
}

/** The one of several matters of which its person spoke last, a moment ago. */
export function spokenOfNow(turn: Turn, matters: readonly Appeal[]): Appeal | undefined {
  const since = plusMinutes(turn.now, -justNowMinutes).toISOString();
  const spoken = matters.map((appeal) => ({ appeal, at: spokenAt(turn, appeal) })).sort((a, b) => b.at.localeCompare(a.at));
  const [last, before] = spoken;
  return last && last.at >= since && last.at !== before?.at ? last.appeal : undefined;
}

/** "我是三栋的 灯坏了" without "三栋" tells nothing of who or where any more: "灯坏了". */
function withoutPlace(what: string, place: string): string {
  const at = what.indexOf(place);
  if (place === '' || at < 0) return what;
  const before = what.slice(0, at).replace(/(?<=^|[\s\p{P}])我们?家?(?:就?是|就?住在?|在)?$/u, '');
  return before + what.slice(at + place.length);
}

/** A matter as its person knows it: in a few of their own words. */
export function nameOf(turn: Turn, appeal: Appeal): string {
  const what = oneLine(appeal.what);
  const { text = '', spot = '' } = placesOf(turn.content).find(what) ?? {};
  const place = spot !== '' && text.endsWith(spot) ? text.slice(0, -spot.length) : text;
  const words = withoutPlace(what, place).replace(/^[\s\p{P}的]+|(?<![\s\p{P}])[\s\p{P}]+$/gu, '');
  const name = words.length >= 2 ? words : (turn.content.titles.get(appeal.category) ?? what);
  return name.length > shownAtMost ? `${beginningOf(name, shownAtMost)}…` : name;
}

/** The member of staff who has a matter in hand, as far as there is one who may see it. */
export async function handlerOf(turn: Turn, appeal: Appeal): Promise<Person | undefined> {
  return staffFor(turn, appeal.handler, appeal);
}

/** Somebody who is still one of the staff and may see this matter, or who acts for them while they are away. */
export async function staffFor(turn: Turn, id: string | undefined, appeal: Appeal | undefined): Promise<Person | undefined> {
  const person = id === undefined ? undefined : await turn.tx.get('people', id);
  if (!person || person.role === undefined) return undefined;
  const acting = (await actingFor(turn.tx, turn.now, person)) ?? person;
  return [acting, person].find((each) => appeal === undefined || maySee(each, appeal, turn.content.categories) || may(each, 'director'));
}
