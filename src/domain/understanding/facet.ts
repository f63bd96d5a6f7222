import { type Facet, facets } from './result.ts';
import { probabilities, type Softmax } from './softmax.ts';
import type { Vector } from './vocabulary.ts';

/** Tells which facet of a topic a message asks for, if any. */
export interface FacetModel {
  readonly softmax: Softmax;
  /** By topic: how often its phrasings ask for each facet. */
  readonly priors: Readonly<Record<string, Partial<Record<Facet, number>>>>;
}

/** The class of phrasings that ask for no facet. */
export const noFacet = facets.length;
/** How sure it must be. */
const certain = 0.5;

/** How often the phrasings of each topic ask for each facet: an index of facet or `noFacet` for each phrasing. */
export function facetPriors(phrasings: readonly { readonly topic: string; readonly facet: number }[]): FacetModel['priors'] {
  const priors: Record<string, Partial<Record<Facet, number>>> = {};
  for (const { topic, facet: number } of phrasings) {
    const facet = facets[number];
    if (facet === undefined) continue;
    const counts = priors[topic] ?? {};
    counts[facet] = (counts[facet] ?? 0) + 1;
    priors[topic] = counts;
  }
  return priors;
}

/** What one pays and what one receives are asked for in the same words. */
const siblings: Partial<Record<Facet, Facet>> = { fee: 'amount', amount: 'fee' };
/** A topic of which nobody ever asked for a facet seldom has it. */
const neverAsked = 0.35;

/**
 * The facet asked for: the one that the words name ("几天" → time; what one pays or receives, as the topic has it), otherwise
 * the one that the model is sure of.
 */
export function facetOf(model: FacetModel, vector: Vector, topic: string | null, named: Facet | null): Facet | null {
  const known = topic === null ? undefined : model.priors[topic];
  // Of opening hours, addresses and telephone numbers nobody asks a facet: they are facets themselves.
  if (topic !== null && known === undefined) return null;
  if (named !== null) {
    const sibling = siblings[named];
    return sibling && !known?.[named] && known?.[sibling] ? sibling : named;
  }
  const shares = probabilities(model.softmax, vector);
  const weighted = facets.map((facet, index) => (shares[index] ?? 0) * (known && !known[facet] ? neverAsked : 1));
  const total = weighted.reduce((sum, share) => sum + share, shares[noFacet] ?? 0);
  const best = weighted.reduce((top, share, index) => (share > (weighted[top] ?? 0) ? index : top), 0);
  return (weighted[best] ?? 0) / total >= certain ? (facets[best] ?? null) : null;
}
