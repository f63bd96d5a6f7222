import { availableParallelism } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { Log } from '../../desk/kernel/ports.ts';
import { type Model, train, trainWith } from '../../domain/understanding/training.ts';
import { chinese } from './language.ts';
import { modelCache } from './trained.ts';
import { twoThreads } from './two-threads.ts';
import type { Training } from './worker.ts';

/** The thread that `trainInWorker` starts: trains, hands the model over, and ends. Whoever started it does the logging. */
const { lessons, cache: place } = workerData as Training;
const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const cache = modelCache(place.folder, quiet, place.kept);

const model = cache.of(lessons) ?? (await trained());
parentPort?.postMessage(model, buffersOf(model));

async function trained(): Promise<Model> {
  const language = chinese(lessons.lexicon.words);
  const crew = availableParallelism() > 1 ? twoThreads() : undefined;
  const model = crew ? await trainWith(crew, lessons, language) : train(lessons, language);
  await crew?.end();
  cache.keep(lessons, model);
  return model;
}

/** The memory of all long arrays of a value; handed over, it is not copied. */
function buffersOf(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
  return value && typeof value === 'object' ? Object.values(value).flatMap(buffersOf) : [];
}
