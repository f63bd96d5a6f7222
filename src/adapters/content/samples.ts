import { fill } from '../../domain/content/wording.ts';
import type { Files } from './load.ts';

/** The content of a bot that speaks to real people: examples of local facts and of news are not there. */
export function withoutSamples({ content, intents }: Files): Files {
  const local = [...content.local].map(([id, { sample: _, ...fact }]) => [id, fact] as const);
  const { map, ...rest } = content;
  const drawn = map && !map.sample ? { map } : {};
  return { content: { ...rest, ...drawn, local: new Map(local), news: content.news.filter(({ sample }) => !sample) }, intents };
}

/** The content of the simulator: each example says that it is one ("（示例）"). */
export function withMarkedSamples({ content, intents }: Files): Files {
  const [sentence = ''] = content.wording.get('local.sample') ?? [];
  const marked = (value: string) => fill(sentence, { value });
  const local = [...content.local].map(([id, fact]) => {
    const sample = fact.sample === undefined ? {} : { sample: marked(fact.sample) };
    return [id, { ...fact, ...sample }] as const;
  });
  const news = content.news.map((item) => (item.sample ? { ...item, title: marked(item.title) } : item));
  return { content: { ...content, local: new Map(local), news }, intents };
}
