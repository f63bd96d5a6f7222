import { trainNetwork } from './network-training.ts';
import { predictFold } from './rejection.ts';
import { trainSoftmax } from './softmax-training.ts';

/**
 * The long parts of learning topics. Each is a pure function of plain data that can be handed to another thread, and none needs the result of
 * another.
 */
const works = { softmax: trainSoftmax, fold: predictFold, network: trainNetwork } as const;
type Works = typeof works;
export type Work = keyof Works;

export interface Task<W extends Work = Work> {
  readonly work: W;
  readonly args: Parameters<Works[W]>;
}

export type Result<W extends Work = Work> = ReturnType<Works[W]>;

export function task<W extends Work>(work: W, ...args: Parameters<Works[W]>): Task<W> {
  return { work, args };
}

/** Does a task, here and now. */
export function done<W extends Work>({ work, args }: Task<W>): Result<W> {
  const perform = works[work] as unknown as (...args: Parameters<Works[W]>) => Result<W>;
  return perform(...args);
}
