/** Does something once for each key, as long as the process lives, however many want it. */
export function onceEach(): (key: string, work: () => void) => void {
  const done = new Set<string>();
  return (key, work) => {
    if (done.has(key)) return;
    done.add(key);
    work();
  };
}

interface UnderWay<T> {
  readonly done: Promise<T>;
  readonly end: AbortController;
  waiting: number;
}

/**
 * Does long work once for all who want the same at the same time, and one piece after another.
 * @returns joins the work of a key, or begins it; it is ended when `superseded` says so to the last who waits for it
 */
export function onceForAll<T>(): (key: string, work: (ended: AbortSignal) => Promise<T>, superseded: AbortSignal) => Promise<T> {
  const underWay = new Map<string, UnderWay<T>>();
  let last: Promise<unknown> = Promise.resolve();
  const begin = (key: string, work: (ended: AbortSignal) => Promise<T>): UnderWay<T> => {
    const end = new AbortController();
    const done = last.then(() => work(end.signal));
    const begun = { done, end, waiting: 0 };
    underWay.set(key, begun);
    const over = () => underWay.get(key) === begun && underWay.delete(key);
    end.signal.addEventListener('abort', over, { once: true });
    last = done.then(over, over);
    return begun;
  };
  return async (key, work, superseded) => {
    superseded.throwIfAborted();
    const joined = underWay.get(key) ?? begin(key, work);
    joined.waiting++;
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        if (--joined.waiting === 0) joined.end.abort(superseded.reason);
        reject(superseded.reason);
      };
      superseded.addEventListener('abort', leave, { once: true });
      joined.done.then(resolve, reject).finally(() => superseded.removeEventListener('abort', leave));
    });
  };
}
