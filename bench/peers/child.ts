import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { phrasingsOf } from './system.ts';
import { systems } from './systems.ts';
import type { Progress, Task } from './trial.ts';

/** How many messages are read before time is taken. */
const warmUp = 20;

/** The process that `trial` starts: one system learns, then reads messages until the time for them is up. */
const [id, path = ''] = process.argv.slice(2);
const { lessons, texts, readingMs } = deserialize(readFileSync(path)) as Task;
const train = await systems.find((system) => system.id === id)?.load();
if (!train) throw new Error(`no system is called ${id}`);

const tell = (progress: Progress) => new Promise((resolve) => process.send?.(progress, resolve));

const begun = performance.now();
const predict = await train(lessons);
const training = performance.now() - begun;
globalThis.gc?.();
await tell({ stage: 'trained', training, memory: process.memoryUsage.rss() });

const started = performance.now();
for (const { text } of phrasingsOf(lessons).slice(0, warmUp)) {
  await predict(text);
  if (performance.now() - started > readingMs / 10) break;
}
const times: number[] = [];
const candidates = [];
const reading = performance.now();
for (const text of texts) {
  const start = performance.now();
  candidates.push(await predict(text));
  times.push(performance.now() - start);
  if (performance.now() - reading > readingMs) break;
}
await tell({ stage: 'read', times, candidates });
process.disconnect?.();
