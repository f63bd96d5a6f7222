import { Worker } from 'node:worker_threads';
import type { BeliefModel } from '../../domain/understanding/beliefs.ts';
import type { Lessons } from '../../domain/understanding/lessons.ts';
import { done, type Result, type Task } from '../../domain/understanding/tasks.ts';
import type { Crew } from '../../domain/understanding/training.ts';

/** Tasks that both threads take from. */
export interface Offer {
  readonly tasks: readonly Task[];
  /** How many of them were begun, in shared memory: whoever is free takes the next. */
  readonly begun: Int32Array;
}

/** What is asked of the second thread. */
export type Request = { readonly beliefs: Lessons } | { readonly offer: Offer };

/** What it answers. */
export type Reply = { readonly beliefs: BeliefModel } | Done;

/** A task that was done: the place of it, and its result. */
export interface Done {
  readonly at: number;
  readonly result: Result;
}

/**
 * Two threads that train together: this one, and one beside it until `end`. The second learns beliefs, and then takes of the tasks what is
 * left; what they find is what one alone would find.
 */
export function twoThreads(): Crew & { end(): Promise<unknown> } {
  const second = new Worker(new URL('./second-thread.js', import.meta.url));
  const ask = (request: Request) => second.postMessage(request);
  /** Hears replies until `take` says that it was the last. */
  const replies = (take: (reply: Reply) => boolean) =>
    new Promise<void>((resolve, reject) => {
      second.on('message', (reply: Reply) => {
        if (take(reply)) resolve();
      });
      second.once('error', reject);
      second.once('exit', (code) => reject(new Error(`the second thread ended with ${code}`)));
    });
  return {
    async beliefs(lessons) {
      let beliefs: BeliefModel | undefined;
      ask({ beliefs: lessons });
      await replies((reply) => {
        if ('beliefs' in reply) beliefs = reply.beliefs;
        return beliefs !== undefined;
      });
      return beliefs ?? { danger: undefined, acts: undefined };
    },
    async perform(tasks) {
      const offer: Offer = { tasks, begun: new Int32Array(new SharedArrayBuffer(4)) };
      const results = new Map<number, Result>();
      const take = ({ at, result }: Done) => results.set(at, result).size === tasks.length;
      ask({ offer });
      const all = replies((reply) => 'at' in reply && take(reply));
      const own = async () => {
        for (const done of taken(offer)) take(done);
      };
      await Promise.all([own(), results.size === tasks.length ? undefined : all]);
      return tasks.flatMap((_, at) => results.get(at) ?? []);
    },
    end: () => second.terminate(),
  };
}

/** Does one task after the other, until both threads together have begun all. */
export function* taken({ tasks, begun }: Offer): Generator<Done> {
  for (let at = Atomics.add(begun, 0, 1); at < tasks.length; at = Atomics.add(begun, 0, 1)) {
    const task = tasks[at];
    if (task) yield { at, result: done(task) };
  }
}
