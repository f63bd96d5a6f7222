import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import type { Lessons } from '../../src/domain/understanding/lessons.ts';
import type { Candidate } from '../../src/domain/understanding/result.ts';
import { percentile } from '../measure.ts';
import type { System } from './system.ts';

/** What a child process is to do. Reading stops after `readingMs`, with whatever was read until then. */
export interface Task {
  readonly lessons: Lessons;
  readonly texts: readonly string[];
  readonly readingMs: number;
}

/** What it reports: milliseconds and bytes. */
export type Progress =
  | { readonly stage: 'trained'; readonly training: number; readonly memory: number }
  | { readonly stage: 'read'; readonly times: readonly number[]; readonly candidates: readonly (readonly Candidate[])[] };

/** What came of it; `failure` says why it came to nothing. Times in milliseconds, memory in bytes. */
export type Outcome =
  | { readonly failure: string; readonly training?: number }
  | {
      readonly failure?: never;
      readonly training: number;
      readonly memory: number;
      readonly p50: number;
      readonly p99: number;
      readonly runs: number;
      /** For the first so many of the texts. */
      readonly candidates: readonly (readonly Candidate[])[];
    };

const longestTraining = 120_000;
/** A message may be under way when the time for reading is up. */
const grace = 60_000;
/** What takes less than this is measured three times, and the medians count. */
const cheap = 20_000;
const runs = 3;

/** Trains a system and lets it read, in a process of its own each time. */
export async function trial(system: System, task: Task, folder: string): Promise<Outcome> {
  const path = join(folder, 'task.v8');
  writeFileSync(path, serialize(task));
  const start = performance.now();
  const outcomes = [await run(system, path, task)];
  if (performance.now() - start < cheap) while (outcomes.length < runs) outcomes.push(await run(system, path, task));
  const finished = outcomes.flatMap((outcome) => (outcome.failure === undefined ? [outcome] : []));
  const [first] = finished;
  if (first === undefined || finished.length < outcomes.length)
    return outcomes.find(({ failure }) => failure !== undefined) ?? { failure: 'nothing was measured' };
  const median = (figure: 'training' | 'memory' | 'p50' | 'p99') =>
    percentile(
      finished.map((each) => each[figure]),
      0.5,
    );
  return {
    ...first,
    training: median('training'),
    memory: median('memory'),
    p50: median('p50'),
    p99: median('p99'),
    runs: finished.length,
  };
}

function run({ id }: System, path: string, { readingMs }: Task): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = fork(new URL('./child.js', import.meta.url), [id, path], {
      execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let trained: Extract<Progress, { stage: 'trained' }> | undefined;
    let complaint = '';
    child.stderr?.on('data', (data: Buffer) => {
      complaint += data.toString();
    });
    const giveUp = (failure: string) => {
      child.kill('SIGKILL');
      resolve({ failure, ...(trained ? { training: trained.training } : {}) });
    };
    const late = (what: string, limit: number) => setTimeout(() => giveUp(`did not finish ${what} in ${limit / 1000} s`), limit);
    let timer = late('training', longestTraining);
    child.on('message', (progress: Progress) => {
      clearTimeout(timer);
      if (progress.stage === 'trained') {
        trained = progress;
        timer = late('reading', readingMs * 1.1 + grace);
      } else if (trained) {
        const { training, memory } = trained;
        const { times, candidates } = progress;
        resolve({ training, memory, p50: percentile(times, 0.5), p99: percentile(times, 0.99), runs: 1, candidates });
      }
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      resolve({ failure: `ended with ${code ?? signal}: ${complaint.match(/^.*(?:Error|FATAL).*$/m)?.[0] ?? complaint.slice(-200)}` });
    });
  });
}
