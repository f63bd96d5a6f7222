import { appealKinds } from '../../domain/appeals/appeal.ts';
import { placeMeant } from '../../domain/words/place-change.ts';
import { hasShape, matterOf } from '../../domain/words/short-answer.ts';
import { notThisBut, spoken } from '../../domain/words/talk.ts';
import { placeIn, placesOf } from '../kernel/places.ts';
import { ask } from '../kernel/question.ts';
import type { Turn } from '../kernel/turn.ts';
import { kept } from '../kernel/whole.ts';
import { likelyCategory } from './filing.ts';
import type { Appeal, Draft } from './rows.ts';

/** What is put right of a matter, or added to its words. */
export interface Correction {
  readonly place?: string;
  readonly category?: { readonly id: string; readonly kind: Draft['kind'] };
  readonly what?: string;
}

/** The category of what is of none: nothing is put right by it. */
const unknown = 'appeal.other';
/** Beside a place so little may be said that is no place. */
const leastBeside = 4;
/** A name that stands in a place is no longer; behind it may be said that it was a slip. */
const longestName = 8;
/** A place in words that no map knows is no longer. */
const longestWhere = 20;
const slip = /(?:我?(?:打|写|说|讲|搞|记)错[了字咯]*)$/u;

/**
 * "说错了，是Y", "不是X，是Y": corrects what Y is of, a place or a kind of matter; anything else belongs to the words. Undefined when the message
 * has not this shape.
 */
export function correctionIn(
  turn: Turn,
  { category, what = '', place: was = '' }: Pick<Draft, 'category' | 'what' | 'place'>,
): Correction | undefined {
  const right = placeMeant(turn.text, was, placesOf(turn.content));
  if (right !== undefined) return { place: right };
  const { talkWords, shortAnswers, understand } = turn.content;
  const wished = talkWords.recategorise.exec(turn.content.simplify(turn.text.trim()))?.groups?.kind;
  const called = wished === undefined ? undefined : likelyCategory(turn.content, understand(wished));
  if (called) return { category: { id: called.id, kind: called.kind } };
  const said = notThisBut(turn.text, talkWords);
  if (!said) return undefined;
  // "不是求助 是投诉" is the same matter, taken for another kind.
  if (matterOf(said.but, shortAnswers.bare) === '') {
    const kind = appealKinds.find((each) => said.but.includes(each));
    return kind && { category: { id: category, kind } };
  }
  const but = said.but.replace(slip, '');
  if (said.not.length >= 2 && but.length <= longestName && was.includes(said.not)) return { place: was.replace(said.not, but) };
  const place = placeIn(turn.content, said.but);
  if (place !== undefined && spoken(said.but).length - spoken(place).length < leastBeside) return { place };
  // "是菜场口背后那截" is on no map.
  const { says, not } = turn.content.talkWords.whereabouts;
  if (was !== '' && but.length <= longestWhere && hasShape(but, says) && !hasShape(but, not)) return { place: but };
  const becomes = likelyCategory(turn.content, turn.content.understand(said.but));
  const before = said.not === '' ? undefined : likelyCategory(turn.content, turn.content.understand(said.not));
  const words = { what: kept(turn, `${what} ${turn.text}`.trim()) };
  if (becomes && becomes.id !== unknown && becomes.id !== category && (before?.id === category || before === undefined) && said.not !== '')
    return { ...words, category: { id: becomes.id, kind: becomes.kind } };
  return words;
}

/** "地点不对" and no more: asks for the right one. */
export async function askRightPlace(turn: Turn, appeal: Appeal): Promise<string> {
  await ask(turn, { kind: 'rightPlace', appeal: appeal.id });
  return turn.say('appeal.askRightPlace', { place: appeal.place ?? '' });
}
