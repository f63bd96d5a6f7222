import type { Decision } from '../../desk/kernel/message.ts';
import type { Candidate } from '../../domain/understanding/result.ts';

/**
 * A message whose meaning is known: a topic, or null when it is none of ours; undefined when nobody has said. `alt` are also right.
 * `danger`, `act` and `matters` are known of some.
 */
export interface Case {
  readonly text: string;
  readonly topic: string | null | undefined;
  readonly facet: string | null;
  readonly danger?: boolean;
  readonly kind?: string;
  readonly act?: string;
  /** The topics of all its matters, where it has several; or only how many. */
  readonly matters?: readonly string[] | number;
  readonly alt: readonly (string | null)[];
}

/** … and what the bot made of it. */
export interface Measured extends Case {
  readonly decision: Decision;
  readonly said: string | null;
  readonly saidFacet: string | null;
  readonly candidates: readonly Candidate[];
  /** Between what it asked to choose. */
  readonly choices: readonly string[];
  readonly seen: { readonly kind: string; readonly did: 'card' | 'asked' } | undefined;
  /** How much is believed in danger, in log-odds. */
  readonly belief: number;
  readonly saidAct: string | undefined;
  /** The topics of the matters that it read in it. */
  readonly read: readonly string[];
  /** Of how many clauses it said that it did not understand them; of a message of which it understood nothing without end. */
  readonly unheard: number;
}

export function share<T>(all: readonly T[], fits: (each: T) => boolean): number {
  return all.length === 0 ? 0 : all.filter(fits).length / all.length;
}
