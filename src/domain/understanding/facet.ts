import { wordsPattern } from './normalise.ts';
import { type Facet, facets } from './result.ts';
import { type Labelled, probabilities, type Softmax, trainSoftmax } from './softmax.ts';
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

export function trainFacets(examples: readonly (Labelled & { readonly topic: string })[], features: number): FacetModel {
  const priors: Record<string, Partial<Record<Facet, number>>> = {};
  for (const { topic, label } of examples) {
    const facet = facets[label];
    if (facet === undefined) continue;
    const counts = priors[topic] ?? {};
    counts[facet] = (counts[facet] ?? 0) + 1;
    priors[topic] = counts;
  }
  return { softmax: trainSoftmax(examples, facets.length + 1, features), priors };
}

/** What one pays and what one receives are asked for in the same words. */
const siblings: Partial<Record<Facet, Facet>> = { fee: 'amount', amount: 'fee' };
/** How sure the model must be of a facet that the words name, for a topic of which nobody ever asked for it. */
const plausible = 0.15;

/**
 * The facet asked for: the one that the words name ("几天" → time), if it is asked of this topic or at least plausible;
 * otherwise the one that the model is sure of. A topic of which nobody ever asked for a facet seldom has it.
 */
export function facetOf(model: FacetModel, vector: Vector, topic: string | null, named: Facet | null): Facet | null {
  const shares = probabilities(model.softmax, vector);
  const known = topic === null ? undefined : model.priors[topic];
  let total = shares[noFacet] ?? 0;
  if (named !== null) {
    const sibling = siblings[named];
    if (known?.[named]) return named;
    if (sibling && known?.[sibling]) return sibling;
    if ((shares[facets.indexOf(named)] ?? 0) >= plausible) return named;
  }
  const weighted = facets.map((facet, index) => (shares[index] ?? 0) * (known && !known[facet] ? 0.35 : 1));
  for (const share of weighted) total += share;
  const best = weighted.reduce((top, share, index) => (share > (weighted[top] ?? 0) ? index : top), 0);
  return (weighted[best] ?? 0) / total >= certain ? (facets[best] ?? null) : null;
}

/** A finder of the facet that the words of a message name, the longest cue deciding; null when none does. */
export function facetCueFinder(cues: Partial<Record<Facet, readonly string[]>>): (text: string) => Facet | null {
  const owners = cueOwners(cues);
  const pattern = wordsPattern([...owners.keys()]);
  return (text) => {
    const found = pattern ? [...text.matchAll(pattern)].map(([cue]) => cue).sort((a, b) => b.length - a.length)[0] : undefined;
    return found === undefined ? null : (owners.get(found) ?? null);
  };
}

function cueOwners(cues: Partial<Record<Facet, readonly string[]>>): Map<string, Facet> {
  const owners = new Map<string, Facet>();
  for (const facet of facets) for (const cue of cues[facet] ?? []) if (!owners.has(cue)) owners.set(cue, facet);
  return owners;
}

/**
 * A matcher for messages that hold nothing but a facet and words that point back ("那要带什么", "多少钱"): it gives that facet,
 * or null for a bare pointer ("那个怎么办"), or undefined when the message says more.
 */
export function bareFacetMatcher(cues: Partial<Record<Facet, readonly string[]>>): (text: string) => Facet | null | undefined {
  const owners = cueOwners(cues);
  const pattern = wordsPattern([...owners.keys()]);
  const filler =
    /那么?|这个|这|个|它|办理?|申请|请问|一下|我|您|你|们|要|需要?|想|问|知道|还|又|都|也|再|呢|吗|嘛|吧|啊|呀|哦|哈|不|了|的|是|有|没|些|能|可以|会|怎么|咋|该|去|到|在|给|领|交|报|拿|准备|大概|一般|具体|谢谢|好|人|得|啥|什么|哪样|晓得|说|讲|告诉|，|。|？|！|\s|[\p{P}\p{S}]/gu;
  return (text) => {
    let facet: Facet | null = null;
    const rest = (
      pattern
        ? text.replace(pattern, (cue) => {
            facet ??= owners.get(cue) ?? null;
            return '';
          })
        : text
    ).replace(filler, '');
    return rest.length <= 1 && text.length <= 20 ? facet : undefined;
  };
}
