import { factsIn, withFacts } from '../../domain/content/holes.ts';
import type { EmergencyKind } from '../../domain/understanding/emergency.ts';
import type { Snapshot } from '../kernel/content.ts';
import type { Reply } from '../kernel/message.ts';
import { here, privately, type Turn } from '../kernel/turn.ts';
import { kindOf } from './alarms.ts';

/** What is said at once to whoever tells of danger. */
export interface Card {
  /** The number to call first. */
  readonly call: string;
  /** In private: whom to call, then what to do. */
  readonly whole: string;
  /** In a group: one line. */
  readonly short: string;
}

/**
 * The kind that words tell of where a kind says that they are of another, and where no rule names one: somebody on a roof is no hazard like others, whatever the words sound like. What
 * stands for that with the last kind holds for all.
 */
export function kindMeant(
  content: Pick<Snapshot, 'emergencies' | 'simplify' | 'emergencyOf'>,
  kind: EmergencyKind,
  text: string,
): EmergencyKind {
  const unnamed = content.emergencies.kinds.at(-1);
  const situation = kindOf(content, situationFor(content, text)?.as);
  if (situation) return situation;
  const other = kind === unnamed ? undefined : kindOf(content, variantFor(content, kind, text)?.as);
  if (other) return other;
  if (!unnamed || content.emergencyOf(text)) return kind;
  return kindOf(content, variantFor(content, unnamed, text)?.as) ?? kind;
}

/** What a kind says for just these words, where it says something of its own. */
export function variantFor({ simplify }: Pick<Snapshot, 'simplify'>, { variants = [] }: Pick<EmergencyKind, 'variants'>, text: string) {
  const said = simplify(text).normalize('NFKC').replace(/\s+/gu, '');
  return variants.find(({ when }) => new RegExp(when, 'iu').test(said));
}

/** In what is longer the words of a situation stand far apart and mean other things. */
const longestSituation = 120;

/** What is said for just these words, whatever kind they are of. */
function situationFor(content: Pick<Snapshot, 'simplify' | 'emergencies'>, text: string) {
  return text.length > longestSituation ? undefined : variantFor(content, { variants: content.emergencies.situations }, text);
}

/** What a kind asks, and says when there is no danger: to who speaks of themselves. Of others, and of what was done already, nobody is asked gently. */
export function ownWordsOf(
  content: Pick<Snapshot, 'simplify'>,
  kind: EmergencyKind,
  text: string,
): Partial<Pick<EmergencyKind, 'ask' | 'calm'>> {
  return variantFor(content, kind, text) ? {} : kind;
}

/** The card of a kind for just these words. A line with a local fact that nobody has filled in is left out: no number is said untried. */
export function cardOf(content: Pick<Snapshot, 'local' | 'simplify' | 'emergencies'>, kind: EmergencyKind, text: string): Card {
  const variant = variantFor(content, kind, text) ?? situationFor(content, text);
  const { call, card, groupCard } = { ...kind, ...variant };
  return { call: call[0] ?? '110', whole: filled(card, content), short: groupCard };
}

function filled(card: string, { local }: Pick<Snapshot, 'local'>): string {
  // Never an example: people would dial it.
  const known = (id: string) => local.get(id)?.value;
  return card
    .split('\n')
    .filter((line) => factsIn(line).every((id) => known(id) !== undefined))
    .map((line) => withFacts(line, (id) => known(id) ?? ''))
    .join('\n');
}

/** The card where it was told. In a group only a short one; what must stay private gets a neutral line there and the card in private. */
export function cardReplies(turn: Turn, kind: EmergencyKind, { whole, short }: Card, told: string): Reply[] {
  const card = turn.say('emergency.card', { card: whole, told });
  if (!turn.room) return [here(turn, card)];
  return kind.privateOnly && turn.person.reachable ? [here(turn, short), privately(turn, card)] : [here(turn, short)];
}
