import { join } from 'node:path';
import type { MakeReaders } from '../adapters/content/library.ts';
import { loadFiles, type MakeReader } from '../adapters/content/load.ts';
import { projectFolder } from '../adapters/content/project.ts';
import { chinese } from '../adapters/language/language.ts';
import { trainedModel } from '../adapters/language/trained.ts';
import { trainInWorker } from '../adapters/language/worker.ts';
import type { Log } from '../desk/kernel/ports.ts';
import { reader } from '../domain/understanding/engine.ts';
import type { Config } from './config.ts';

/** The folder with intents/ and data/. */
export function contentFolder(config: Config): string {
  return config.CONTENT_DIR === '' ? projectFolder : config.CONTENT_DIR;
}

/** Makes readers of messages whose models are cached below the state folder. */
export function makeReader(config: Config, log: Log, onTraining?: () => void): MakeReader {
  return (lessons, emergencies) => {
    const language = chinese(lessons.lexicon.words);
    const model = trainedModel(lessons, language, join(config.STATE_DIR, 'cache'), log, onTraining);
    return reader(model, lessons, language, emergencies);
  };
}

/** The same for a bot that runs: what is learnt later is learnt in a thread of its own, while the old model answers. */
export function makeReaders(config: Config, log: Log, print: (line: string) => void): MakeReaders {
  // Whoever sits at the machine shall know why the first start takes longer.
  const onTraining = () => print(loadFiles(contentFolder(config)).content.wording.get('host.learning')?.[0] ?? '');
  return {
    now: makeReader(config, log, onTraining),
    async later(lessons, emergencies) {
      const model = await trainInWorker(lessons, join(config.STATE_DIR, 'cache'), log);
      return reader(model, lessons, chinese(lessons.lexicon.words), emergencies);
    },
  };
}
