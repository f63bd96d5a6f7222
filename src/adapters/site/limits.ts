/** So many at once, and one more each so many seconds. */
export interface Limit {
  readonly atOnce: number;
  readonly everySeconds: number;
}

/** Whether one more is too much, by who asks. Nothing is written down: after a restart everybody begins anew. */
export interface Gate {
  /** @returns false when it is too much, and then it is not counted */
  take(who: string): boolean;
  /** Whether one more would not be too much; nothing is counted. */
  allows(who: string): boolean;
}

interface Bucket {
  left: number;
  at: number;
}

/** So many askers are remembered; of more, those who asked longest ago are forgotten. */
const rememberedAtMost = 20_000;

/** A gate with a bucket for each asker, refilled drop by drop. @param now in milliseconds, never going back */
export function createGate({ atOnce, everySeconds }: Limit, now: () => number): Gate {
  const buckets = new Map<string, Bucket>();
  const leftAt = (who: string, at: number) => {
    const before = buckets.get(who);
    return before ? Math.min(atOnce, before.left + (at - before.at) / 1000 / everySeconds) : atOnce;
  };
  return {
    allows: (who) => leftAt(who, now()) >= 1,
    take(who) {
      const at = now();
      const left = leftAt(who, at);
      // Whoever asked last is forgotten last.
      buckets.delete(who);
      buckets.set(who, { left: left >= 1 ? left - 1 : left, at });
      const [oldest] = buckets.keys();
      if (buckets.size > rememberedAtMost && oldest !== undefined) buckets.delete(oldest);
      return left >= 1;
    },
  };
}
