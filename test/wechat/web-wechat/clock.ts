/** A clock that runs faster than the wall's. Server and child share one, so that what takes WeChat minutes takes a test seconds. */
export interface FastClock {
  now(): Date;
  /** What a child needs to run by the same clock. */
  readonly rate: Rate;
}

export interface Rate {
  /** The wall's time (ms) at which both clocks agreed … */
  readonly wall: number;
  /** … on this (ms). */
  readonly from: number;
  readonly factor: number;
}

/** @param from where it begins; @param factor how many of its seconds pass in one of the wall's */
export function fastClock(from: Date, factor: number): FastClock {
  const rate = { wall: Date.now(), from: from.getTime(), factor };
  return { rate, now: () => new Date(at(rate, Date.now())) };
}

/** The fast clock's time (ms) when the wall's is `wall` (ms). */
export const at = (rate: Rate, wall: number): number => Math.round(rate.from + (wall - rate.wall) * rate.factor);
