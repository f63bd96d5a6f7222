import { parentPort, workerData } from 'node:worker_threads';
import type { Log } from '../../desk/kernel/ports.ts';
import type { Lessons } from '../../domain/understanding/lessons.ts';
import { chinese } from './language.ts';
import { trainedModel } from './trained.ts';

/** The thread that `trainInWorker` starts: trains, hands the model over, and ends. Whoever started it does the logging. */
const { lessons, cacheFolder } = workerData as { lessons: Lessons; cacheFolder: string };
const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
parentPort?.postMessage(trainedModel(lessons, chinese(lessons.lexicon.words), cacheFolder, quiet));
