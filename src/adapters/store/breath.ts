/** Work that goes on for so long without a break lets the process do other things: answer the page, hear, send. */
const longestMs = 20;

/** Takes a breath when one is due: what is waited for then; undefined when it can go on. */
export type Breath = () => Promise<void> | undefined;

/** @param now milliseconds of a clock that only goes forward */
export function createBreath(now: () => number = () => performance.now()): Breath {
  let since = now();
  return () => {
    if (now() - since < longestMs) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        since = now();
        resolve();
      });
    });
  };
}
