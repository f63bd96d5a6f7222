import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Root } from '../adapters/content/files.ts';
import { type Library, type MakeReaders, openLibrary } from '../adapters/content/library.ts';
import { type Files, loadFiles, type MakeReader } from '../adapters/content/load.ts';
import { projectFolder } from '../adapters/content/project.ts';
import { withMarkedSamples, withoutSamples } from '../adapters/content/samples.ts';
import { keptFiles } from '../adapters/content/snapshot.ts';
import { chinese } from '../adapters/language/language.ts';
import { trainedModel } from '../adapters/language/trained.ts';
import { trainInWorker } from '../adapters/language/worker.ts';
import type { Log } from '../desk/kernel/ports.ts';
import { reader } from '../domain/understanding/engine.ts';
import type { Config } from './config.ts';

/** The folder with intents/ and data/, and those that are laid over it. */
export function contentFolder({ CONTENT_DIR }: Pick<Config, 'CONTENT_DIR'>): Root {
  const [base = '', ...over] = CONTENT_DIR.split(',').map((folder) => folder.trim());
  return [base === '' ? projectFolder : base, ...over.filter((folder) => folder !== '')];
}

/**
 * The checked content, kept below the state folder between two starts; without examples of local facts.
 * @param program tells one version of the program from another; undefined: not known, and everything is read
 * @throws ContentError
 */
export function readFiles(config: Config, log: Log, program = builtProgram()): Files {
  return withoutSamples(readAll(config, log, program));
}

function readAll(config: Config, log: Log, program = builtProgram()): Files {
  const root = contentFolder(config);
  return program === undefined ? loadFiles(root) : keptFiles(root, { folder: cacheFolder(config), program, log });
}

/** What `tools/build.js` has noted of the sources that `dist/` was built of; undefined where it did not build it. */
function builtProgram(): string | undefined {
  try {
    return JSON.parse(readFileSync(new URL('../.built.json', import.meta.url), 'utf8')).sources;
  } catch {
    return undefined;
  }
}

const cacheFolder = (config: Config) => join(config.STATE_DIR, 'cache');

/** Makes readers of messages whose models are cached below the state folder. */
export function makeReader(config: Config, log: Log, onTraining?: () => void): MakeReader {
  return (lessons, emergencies) => {
    const language = chinese(lessons.lexicon.words);
    const model = trainedModel(lessons, language, cacheFolder(config), log, onTraining);
    return reader(model, lessons, language, emergencies);
  };
}

/**
 * The content of a bot that runs: what is learnt later is learnt in a thread of its own, while the old model answers.
 * @param samples whether examples are said where local facts are unset: in the simulator only
 * @throws ContentError
 */
export function openContent(config: Config, log: Log, print: (line: string) => void, samples = false): Library {
  // Whoever sits at the machine shall know why the first start takes longer.
  const onTraining = () => print(readFiles(config, log).content.wording.get('host.learning')?.[0] ?? '');
  const readers: MakeReaders = {
    now: makeReader(config, log, onTraining),
    async later(lessons, emergencies) {
      const model = await trainInWorker(lessons, cacheFolder(config), log);
      return reader(model, lessons, chinese(lessons.lexicon.words), emergencies);
    },
  };
  const failed = (error: unknown) => log.error({ err: error }, 'learning failed; the old model goes on answering');
  const load = () => (samples ? withMarkedSamples : withoutSamples)(readAll(config, log));
  return openLibrary(contentFolder(config), readers, failed, load);
}
