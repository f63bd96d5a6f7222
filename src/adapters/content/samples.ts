import type { LocalFact } from '../../domain/content/answer.ts';
import { fill } from '../../domain/content/wording.ts';
import type { Files } from './load.ts';

/** The content of a bot that speaks to real people: examples are no facts, and are not there. */
export function withoutSamples(files: Files): Files {
  return withFacts(files, ({ sample: _, ...fact }) => fact);
}

/** The content of the simulator: each example says that it is one ("（示例）"). */
export function withMarkedSamples(files: Files): Files {
  const [sentence = ''] = files.content.wording.get('local.sample') ?? [];
  return withFacts(files, (fact) => (fact.sample === undefined ? fact : { ...fact, sample: fill(sentence, { value: fact.sample }) }));
}

function withFacts({ content, intents }: Files, change: (fact: LocalFact) => LocalFact): Files {
  return { content: { ...content, local: new Map([...content.local].map(([id, fact]) => [id, change(fact)])) }, intents };
}
