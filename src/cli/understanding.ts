import { join } from 'node:path';
import type { Log } from '../app/ports.ts';
import type { Config } from '../config.ts';
import type { MakeReaders } from '../content/library.ts';
import type { MakeReader } from '../content/load.ts';
import { projectFolder } from '../content/project.ts';
import { reader } from '../domain/understanding/engine.ts';
import { chinese } from '../language/language.ts';
import { trainedModel } from '../language/trained.ts';
import { trainInWorker } from '../language/worker.ts';

/** The folder with intents/ and data/. */
export function contentFolder(config: Config): string {
  return config.CONTENT_DIR === '' ? projectFolder : config.CONTENT_DIR;
}

/** Makes readers of messages whose models are cached below the state folder. */
export function makeReader(config: Config, log: Log): MakeReader {
  return (lessons, emergencies) => {
    const language = chinese(lessons.lexicon.words);
    const model = trainedModel(lessons, language, join(config.STATE_DIR, 'cache'), log);
    return reader(model, lessons, language, emergencies);
  };
}

/** The same for a bot that runs: what is learnt later is learnt in a thread of its own, while the old model answers. */
export function makeReaders(config: Config, log: Log): MakeReaders {
  return {
    now: makeReader(config, log),
    async later(lessons, emergencies) {
      const model = await trainInWorker(lessons, join(config.STATE_DIR, 'cache'), log);
      return reader(model, lessons, chinese(lessons.lexicon.words), emergencies);
    },
  };
}
