import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Log } from '../../desk/kernel/ports.ts';
import type { Language } from '../../domain/understanding/language.ts';
import type { Lessons } from '../../domain/understanding/lessons.ts';
import { type Model, train } from '../../domain/understanding/training.ts';

/** Grows with every change of the engine after which an older model is of no use. */
const engineVersion = 35;
/** What models of this engine are called. */
const prefix = `model-${engineVersion}-`;

/** So many models are kept for a community: that of the files, that of the files with what was taught, and the one before. */
export const keptModels = 3;

/** Models that were trained before, in files of a folder. */
export interface ModelCache {
  /** The model of exactly these lessons; undefined when there is none, or it cannot be read. */
  of(lessons: Lessons): Model | undefined;
  /** The last model of this engine, of whatever lessons, that knows no topic but these. */
  latest(topics: ReadonlySet<string>): Model | undefined;
  keep(lessons: Lessons, model: Model): void;
}

/** @param kept of more models those are forgotten that were made longest ago */
export function modelCache(folder: string, log: Log, kept = keptModels): ModelCache {
  const read = (path: string): Model | undefined => {
    try {
      return deserialize(readFileSync(path)) as Model;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.warn({ err: error }, 'a cached model cannot be read: training anew');
      return undefined;
    }
  };
  return {
    of: (lessons) => read(pathOf(folder, lessons)),
    latest(topics) {
      const [newest] = modelsIn(folder).filter((path) => path.startsWith(join(folder, prefix)));
      const model = newest === undefined ? undefined : read(newest);
      return model?.ranker.topics.every((topic) => topics.has(topic)) ? model : undefined;
    },
    keep(lessons, model) {
      const path = pathOf(folder, lessons);
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(`${path}.${process.pid}`, serialize(model));
        renameSync(`${path}.${process.pid}`, path);
        for (const old of modelsIn(folder).slice(kept)) rmSync(old, { force: true });
      } catch (error) {
        log.warn({ err: error }, 'the model could not be cached; it is trained again at the next start');
      }
    },
  };
}

/**
 * The model of these lessons: from the cache when it was trained on exactly them by exactly this engine, otherwise trained
 * now (some seconds, of which `onTraining` may tell) and cached.
 */
export function trainedModel(lessons: Lessons, language: Language, cache: ModelCache, log: Log, onTraining?: () => void): Model {
  const cached = cache.of(lessons);
  if (cached) return cached;
  log.info({}, 'there is no model of this content and this engine yet: training');
  onTraining?.();
  const model = train(lessons, language);
  cache.keep(lessons, model);
  return model;
}

/** Of sixty thousand texts it takes a while. */
const keys = new WeakMap<Lessons, string>();

/** Tells lessons from all others. */
export function lessonsKey(lessons: Lessons): string {
  const key = keys.get(lessons) ?? madeKey(lessons);
  keys.set(lessons, key);
  return key;
}

function madeKey(lessons: Lessons): string {
  return createHash('sha256')
    .update(JSON.stringify([process.versions.v8, lessons, [...lessons.lexicon.replacements]]))
    .digest('hex')
    .slice(0, 24);
}

const pathOf = (folder: string, lessons: Lessons) => join(folder, `${prefix}${lessonsKey(lessons)}.v8`);

/** The models of a folder, the newest first. */
function modelsIn(folder: string): string[] {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    // There is no folder yet.
  }
  return names
    .filter((name) => name.startsWith('model'))
    .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.at - a.at)
    .map(({ path }) => path);
}
