import { wordsPattern } from './normalise.ts';
import { type Facet, facets } from './result.ts';

/** The words and the shapes of words (regular expressions) by which residents name a facet. */
export type FacetCues = Partial<Record<Facet, { readonly words: readonly string[]; readonly patterns: readonly string[] }>>;

/** Words that ask: they tell more of what is asked for than a noun that is merely mentioned ("交了材料几天能拿到"). */
const asking = /[几哪啥谁]|什么|多少|多久|多长|好多|好久|怎么|咋|吗$|不$/u;

/**
 * A finder of the facet that the words of a message name; null when none does. Of several cues one that asks wins over a
 * noun, a longer one over a shorter, and any other over the conditions: "网上可以办不" asks for the online way.
 */
export function facetCueFinder(cues: FacetCues): (text: string) => Facet | null {
  const owners = cueOwners(cues);
  const words = wordsPattern([...owners.keys()]);
  const shapes = facets.flatMap((facet) => (cues[facet]?.patterns ?? []).map((source) => ({ facet, shape: new RegExp(source, 'giu') })));
  return (text) => {
    const named = words ? [...text.matchAll(words)].map(([cue]) => ({ cue, facet: owners.get(cue) })) : [];
    const shaped = shapes.flatMap(({ facet, shape }) => [...text.matchAll(shape)].map(([cue]) => ({ cue, facet })));
    const rank = ({ cue, facet }: { cue: string; facet: Facet | undefined }) =>
      (facet === 'conditions' ? 0 : 1000) + (asking.test(cue) ? 100 : 0) + Math.min(cue.length, 99);
    const [best] = [...named, ...shaped].sort((a, b) => rank(b) - rank(a));
    return best?.facet ?? null;
  };
}

function cueOwners(cues: FacetCues): Map<string, Facet> {
  const owners = new Map<string, Facet>();
  for (const facet of facets) for (const cue of cues[facet]?.words ?? []) if (!owners.has(cue)) owners.set(cue, facet);
  return owners;
}

const longestBare = 20;
const filler =
  /那么?|这个|这|个|它|办理?|申请|请问|一下|我|您|你|们|要|需要?|想|问|知道|还|又|都|也|再|呢|吗|嘛|吧|啊|呀|哦|哈|不|了|的|是|有|没|些|能|可以|会|怎么|咋|该|去|到|在|给|领|交|报|拿|准备|得|成|搞|弄|整|批|下来|到手|到账|发|寄|行|最快|最多|最少|一共|总共|左右|东西|大概|一般|具体|谢谢|一个月|每个?月|一年|每年|好|人|得|啥|什么|哪样|晓得|说|讲|告诉|，|。|？|！|\s|[\p{P}\p{S}]/gu;

/**
 * A matcher for messages that hold nothing but a facet and words that point back ("那要带什么", "多少钱"): it gives that facet,
 * or null for a bare pointer ("那个怎么办"), or undefined when the message says more.
 */
export function bareFacetMatcher(cues: FacetCues): (text: string) => Facet | null | undefined {
  const named = facetCueFinder(cues);
  const words = wordsPattern([...cueOwners(cues).keys()]);
  const shapes = facets.flatMap((facet) => (cues[facet]?.patterns ?? []).map((source) => new RegExp(source, 'giu')));
  return (text) => {
    if (text.length > longestBare) return undefined;
    const shaped = shapes.reduce((left, shape) => left.replace(shape, ''), text);
    const rest = (words ? shaped.replace(words, '') : shaped).replace(filler, '');
    return rest.length <= 1 ? named(text) : undefined;
  };
}

const asksOnly =
  /请问|什么|哪些|哪样|哪点|些|想问|问一?下|打听|一下|那个|我们?|想|要|需要?|办理?|申请|领取?|交|开|怎么|怎样|如何|咋个?|弄|整|搞|嘛|呢|啊|呀|哈|噻|吗|在|到|得|好|[\p{P}\p{S}\s]/gu;
const longestNamed = 16;

/**
 * A matcher for messages that hold nothing but a name, a facet and words that ask ("办居住证要带哪样"): it gives the topic that goes by that
 * name, or undefined when the message says more ("居住证没得了").
 */
export function plainNameMatcher(cues: FacetCues, names: ReadonlyMap<string, string>): (text: string) => string | undefined {
  const words = wordsPattern([...cueOwners(cues).keys()]);
  return (text) => {
    // The name alone asks for nothing yet.
    if (text.length > longestNamed || names.has(text.replace(/[\p{P}\p{S}\s]/gu, ''))) return undefined;
    const without = (said: string) => said.replace(asksOnly, '');
    return names.get(without(words ? text.replace(words, '') : text)) ?? names.get(without(text));
  };
}
