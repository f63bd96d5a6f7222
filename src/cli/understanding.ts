import { join } from 'node:path';
import type { Log } from '../app/ports.ts';
import type { Config } from '../config.ts';
import type { MakeUnderstand } from '../content/load.ts';
import { projectFolder } from '../content/project.ts';
import { reader } from '../domain/understanding/engine.ts';
import { chinese } from '../language/language.ts';
import { trainedModel } from '../language/trained.ts';

/** The folder with intents/ and data/. */
export function contentFolder(config: Config): string {
  return config.CONTENT_DIR === '' ? projectFolder : config.CONTENT_DIR;
}

/** Makes readers of messages whose models are cached below the state folder. */
export function understandFrom(config: Config, log: Log): MakeUnderstand {
  return (lessons, emergencies) => {
    const language = chinese(lessons.lexicon.words);
    const model = trainedModel(lessons, language, join(config.STATE_DIR, 'cache'), log);
    return reader(model, lessons, language, emergencies);
  };
}
