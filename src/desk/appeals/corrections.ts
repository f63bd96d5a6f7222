import { notThisBut, spoken } from '../../domain/words/talk.ts';
import { placeIn } from '../kernel/places.ts';
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

/** Beside a place so little may be said that is no place. */
const leastBeside = 4;

/**
 * "不是X，是Y": corrects what Y is of, a place or a kind of matter; anything else belongs to the words. Undefined when the message
 * has not this shape.
 */
export function correctionIn(turn: Turn, { category, what = '' }: Pick<Draft, 'category' | 'what'>): Correction | undefined {
  const said = notThisBut(turn.text, turn.content.talkWords);
  if (!said) return undefined;
  const place = placeIn(turn.content, said.but);
  if (place !== undefined && spoken(said.but).length - spoken(place).length < leastBeside) return { place };
  const becomes = likelyCategory(turn.content, turn.content.understand(said.but));
  const was = said.not === '' ? undefined : likelyCategory(turn.content, turn.content.understand(said.not));
  const words = { what: kept(turn, `${what} ${turn.text}`.trim()) };
  if (becomes && becomes.id !== category && (was?.id === category || was === undefined) && said.not !== '')
    return { ...words, category: { id: becomes.id, kind: becomes.kind } };
  return words;
}

/** "地点不对" and no more: asks for the right one. */
export async function askRightPlace(turn: Turn, appeal: Appeal): Promise<string> {
  await ask(turn, { kind: 'rightPlace', appeal: appeal.id });
  return turn.say('appeal.askRightPlace', { place: appeal.place ?? '' });
}
