import { installed, phrasingsOf, type Train } from './system.ts';

interface Container {
  use(plugin: unknown): void;
}

interface Nlu {
  train(corpus: readonly { utterance: string; intent: string }[]): Promise<unknown>;
  process(utterance: string): Promise<{ classifications: readonly { intent: string; score: number }[] }>;
}

/** What nlp.js calls the intent of what has none. */
const none = 'None';

/** nlp.js: its neural classifier behind its Chinese tokenizer and stemmer, with default settings. */
export async function loadNlp(): Promise<Train> {
  const { containerBootstrap } = await installed<{ containerBootstrap(): Promise<Container> }>('@nlpjs/core');
  const { LangZh } = await installed<{ LangZh: unknown }>('@nlpjs/lang-zh');
  const { NluNeural } = await installed<{ NluNeural: new (settings: object) => Nlu }>('@nlpjs/nlu');
  return async (lessons) => {
    const container = await containerBootstrap();
    container.use(LangZh);
    const nlu = new NluNeural({ locale: 'zh', container, log: false });
    await nlu.train([
      ...phrasingsOf(lessons).map(({ text, topic }) => ({ utterance: text, intent: topic })),
      ...lessons.background.map((utterance) => ({ utterance, intent: none })),
    ]);
    return async (text) => {
      const { classifications } = await nlu.process(text);
      return classifications
        .filter(({ intent }) => intent !== none)
        .slice(0, 5)
        .map(({ intent, score }) => ({ topic: intent, score }));
    };
  };
}
