import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Log } from '../../desk/kernel/ports.ts';
import type { Language } from '../../domain/understanding/language.ts';
import type { Lessons } from '../../domain/understanding/lessons.ts';
import { type Model, train } from '../../domain/understanding/training.ts';

/** Grows with every change of the engine after which an older model is of no use. */
const engineVersion = 15;

/** So many models are kept: that of the files, that of the files with what was taught, and the one before. */
const kept = 3;

/**
 * The model of these lessons: from the cache when it was trained on exactly them by exactly this engine, otherwise trained
 * now (some seconds, of which `onTraining` may tell) and cached. A cache that cannot be read is rebuilt.
 */
export function trainedModel(lessons: Lessons, language: Language, cacheFolder: string, log: Log, onTraining?: () => void): Model {
  const hash = createHash('sha256')
    .update(JSON.stringify([engineVersion, process.versions.v8, lessons, [...lessons.lexicon.replacements]]))
    .digest('hex')
    .slice(0, 24);
  const path = join(cacheFolder, `model-${hash}.v8`);
  const cached = readCache(path, log);
  if (cached) return cached;
  onTraining?.();
  const model = train(lessons, language);
  try {
    mkdirSync(cacheFolder, { recursive: true });
    writeFileSync(`${path}.${process.pid}`, serialize(model));
    renameSync(`${path}.${process.pid}`, path);
    forgetOld(cacheFolder);
  } catch (error) {
    log.warn({ err: error }, 'the model could not be cached; it is trained again at the next start');
  }
  return model;
}

function readCache(path: string, log: Log): Model | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    log.info({}, 'there is no model of this content and this engine yet: training');
    return undefined;
  }
  try {
    return deserialize(bytes) as Model;
  } catch (error) {
    log.warn({ err: error }, 'the cached model cannot be read: training anew');
  }
  return undefined;
}

function forgetOld(folder: string): void {
  const models = readdirSync(folder)
    .filter((name) => name.startsWith('model'))
    .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { path } of models.slice(kept)) rmSync(path, { force: true });
}
