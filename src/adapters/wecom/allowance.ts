/** What one chat bears, answers and pushes together: 30 a minute and 1,000 an hour (Tencent's page of 2026-04-01, as others quote it). */
const limits: readonly (readonly [spanMs: number, most: number])[] = [
  [60_000, 30],
  [3_600_000, 1_000],
];
const longestSpan = 3_600_000;

/** Counts what was said in each chat. */
export interface Allowance {
  /** How long the next thing has to wait there, in milliseconds; 0: not at all. */
  wait(chat: string): number;
  note(chat: string): void;
}

/** @param now milliseconds of a clock that only goes forward */
export function createAllowance(now: () => number): Allowance {
  const said = new Map<string, number[]>();
  const lately = (chat: string) => (said.get(chat) ?? []).filter((at) => at > now() - longestSpan);
  return {
    wait(chat) {
      const times = lately(chat);
      return Math.max(0, ...limits.map(([span, most]) => (times[times.length - most] ?? Number.NEGATIVE_INFINITY) + span - now()));
    },
    note: (chat) => void said.set(chat, [...lately(chat), now()]),
  };
}
