import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Root } from '../adapters/content/files.ts';
import { type Library, type MakeReaders, openLibrary } from '../adapters/content/library.ts';
import type { Files, MakeReader } from '../adapters/content/load.ts';
import { oneOfEach } from '../adapters/content/one-of-each.ts';
import { projectFolder } from '../adapters/content/project.ts';
import { withMarkedSamples, withoutSamples } from '../adapters/content/samples.ts';
import { createContentReader } from '../adapters/content/snapshot.ts';
import { chinese } from '../adapters/language/language.ts';
import { keptModels, lessonsKey, modelCache, trainedModel } from '../adapters/language/trained.ts';
import { trainInWorker } from '../adapters/language/worker.ts';
import type { Log } from '../desk/kernel/ports.ts';
import { beginner, reader } from '../domain/understanding/engine.ts';
import type { Language } from '../domain/understanding/language.ts';
import type { Lessons } from '../domain/understanding/lessons.ts';
import type { Model } from '../domain/understanding/training.ts';
import { communityIds } from './communities.ts';
import type { Config } from './config.ts';
import { onceEach, onceForAll } from './shared.ts';

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
  return contentOf(contentFolder(config), { folder: cacheFolder(config), program, log });
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
    const model = trainedModel(lessons, language, modelCache(cacheFolder(config), log, keptOf(config)), log, onTraining);
    return reader(model, lessons, language, emergencies);
  };
}

/**
 * The content of a bot that runs, which learns anew beside its work.
 * @param samples whether examples are said where local facts are unset: in the simulator only
 * @throws ContentError
 */
export function openContent(config: Config, log: Log, print: (line: string) => void, samples = false): Library {
  const failed = (error: unknown) => {
    log.error({ err: error }, 'learning failed; the old model goes on answering');
    // A bot that has never learnt anything is of little use: it ends, and is started again.
    if (library.current().learning) throw error;
  };
  const load = () => (samples ? withMarkedSamples : withoutSamples)(readAll(config, log));
  const library = openLibrary(contentFolder(config), makeReaders(config, log, print), failed, load);
  return library;
}

/** What communities with the same phrasings, and words of their own, have in common in memory. */
const languages = oneOfEach<Language>();
const models = oneOfEach<Model>();
const contentOf = createContentReader();
const learning = onceForAll<Model>();
/** Tells of a state folder that what its communities read with is being learnt. */
const tellLearning = onceEach();

const languageOf = ({ lexicon }: Lessons) => languages(lexicon.words.join('\n'), () => chinese(lexicon.words));

/** Each community may have taught phrasings of its own, and has then a model of its own. */
const keptOf = (config: Config) => keptModels * communityIds(config).length;

/**
 * Makes readers for a bot that runs: it never waits for a training. At the start it reads with what was learnt before, or by the rules of
 * danger alone; what is new is learnt in threads of its own, while the old model answers.
 */
function makeReaders(config: Config, log: Log, print: (line: string) => void): MakeReaders {
  const place = { folder: cacheFolder(config), kept: keptOf(config) };
  return {
    now(lessons, emergencies) {
      const language = languageOf(lessons);
      const cache = modelCache(place.folder, log, place.kept);
      const known = models(lessonsKey(lessons), () => cache.of(lessons));
      if (known) return { reader: reader(known, lessons, language, emergencies), learnt: true };
      // Whoever sits at the machine shall know why it does not understand everything yet: once, however many communities wait for it.
      tellLearning(config.STATE_DIR, () => print(readFiles(config, log).content.wording.get('host.learning')?.[0] ?? ''));
      // Of several communities the last model may hold what another one's staff have taught.
      const older = config.COMMUNITIES_DIR === undefined ? cache.latest(new Set(lessons.intents.map(({ id }) => id))) : undefined;
      return { reader: older ? reader(older, lessons, language, emergencies) : beginner(language, emergencies), learnt: false };
    },
    async later(lessons, emergencies, superseded) {
      const key = lessonsKey(lessons);
      const model = await learning(key, (ended) => trainInWorker(lessons, place, log, ended), superseded);
      return reader(
        models(key, () => model),
        lessons,
        languageOf(lessons),
        emergencies,
      );
    },
  };
}
