import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Log } from '../app/ports.ts';
import { type Lessons, type Model, train } from '../domain/understanding/engine.ts';
import type { Language } from '../domain/understanding/language.ts';

/** Grows with every change of the engine after which an older model is of no use. */
const engineVersion = 9;

/**
 * The model of these lessons: from the cache when it was trained on exactly them by exactly this engine, otherwise trained
 * now (some seconds) and cached. A cache that cannot be read is rebuilt.
 */
export function trainedModel(lessons: Lessons, language: Language, cacheFolder: string, log: Log): Model {
  const hash = createHash('sha256')
    .update(JSON.stringify([engineVersion, process.versions.v8, lessons, [...lessons.lexicon.replacements]]))
    .digest('hex')
    .slice(0, 24);
  const path = join(cacheFolder, 'model.v8');
  const cached = readCache(path, hash, log);
  if (cached) return cached;
  const model = train(lessons, language);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, serialize({ hash, model }));
    renameSync(`${path}.${process.pid}`, path);
  } catch (error) {
    log.warn({ err: error }, 'the model could not be cached; it is trained again at the next start');
  }
  return model;
}

function readCache(path: string, hash: string, log: Log): Model | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return undefined;
  }
  try {
    const cached = deserialize(bytes) as { hash: string; model: Model };
    if (cached.hash === hash) return cached.model;
    log.info({}, 'the content has changed since the model was trained: training anew');
  } catch (error) {
    log.warn({ err: error }, 'the cached model cannot be read: training anew');
  }
  return undefined;
}
