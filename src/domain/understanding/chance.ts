import { finished } from './hashing.ts';

/** Chance that is the same in every run (Marsaglia 2003, "Xorshift RNGs"). */
export interface SteadyChance {
  /** Evenly from 0 up to 1. */
  readonly next: () => number;
  /** Around 0, with a spread of 1. */
  readonly normal: () => number;
  readonly restart: (seed: number) => void;
}

export function chanceFrom(seed: number): SteadyChance {
  let state = 0;
  const restart = (from: number) => {
    state = finished(from ^ 0x2545f491) || 1;
  };
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  restart(seed);
  // Box, Muller 1958.
  const normal = () => Math.sqrt(-2 * Math.log(next() || 1e-9)) * Math.cos(2 * Math.PI * next());
  return { next, normal, restart };
}
