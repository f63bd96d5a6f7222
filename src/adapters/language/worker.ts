import { Worker } from 'node:worker_threads';
import type { Log } from '../../desk/kernel/ports.ts';
import type { Lessons } from '../../domain/understanding/lessons.ts';
import type { Model } from '../../domain/understanding/training.ts';

/** Where models are kept, and how many. */
export interface CacheFolder {
  readonly folder: string;
  readonly kept: number;
}

/** What the thread is handed. */
export interface Training {
  readonly lessons: Lessons;
  readonly cache: CacheFolder;
}

/**
 * The model of these lessons, from the cache or trained in a thread of its own: training takes seconds, in which residents
 * want to be answered. @throws what the thread failed of, or the reason of `superseded`, which ends it at once
 */
export async function trainInWorker(lessons: Lessons, cache: CacheFolder, log: Log, superseded: AbortSignal): Promise<Model> {
  superseded.throwIfAborted();
  const started = performance.now();
  const worker = new Worker(new URL('./train.js', import.meta.url), { workerData: { lessons, cache } satisfies Training });
  const end = () => void worker.terminate();
  superseded.addEventListener('abort', end, { once: true });
  try {
    const model = await new Promise<Model>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(superseded.aborted ? superseded.reason : new Error(`training ended with ${code} and no model`)));
    });
    log.info({ ms: Math.round(performance.now() - started) }, 'understanding has learnt anew');
    return model;
  } finally {
    superseded.removeEventListener('abort', end);
  }
}
