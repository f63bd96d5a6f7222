import { Worker } from 'node:worker_threads';
import type { Log } from '../../desk/kernel/ports.ts';
import type { Lessons } from '../../domain/understanding/lessons.ts';
import type { Model } from '../../domain/understanding/training.ts';

/**
 * The model of these lessons, from the cache or trained in a thread of its own: training takes seconds, in which residents
 * want to be answered. @throws what the thread failed of
 */
export function trainInWorker(lessons: Lessons, cacheFolder: string, log: Log): Promise<Model> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./train.js', import.meta.url), { workerData: { lessons, cacheFolder } });
    worker.once('message', (model: Model) => {
      log.info({ ms: Math.round(performance.now() - started) }, 'understanding has learnt anew');
      resolve(model);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`training ended with ${code} and no model`)));
  });
}
