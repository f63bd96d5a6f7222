/** How the connection below the puppet is: whether it believes to be logged in, and when the server last answered it. */
export interface Health {
  readonly loggedIn: boolean;
  /** Milliseconds since 1970; 0: not yet. */
  readonly lastSync: number;
}

export interface PulseOptions {
  readonly health: () => Health;
  readonly now: () => Date;
  /** The channel was in touch then. */
  readonly alive: (at: Date) => Promise<void>;
  /** It was out of touch from then to then, and what was said meanwhile has not come by itself. */
  readonly away: (from: Date, to: Date) => Promise<void>;
  /** It believes to be logged in and hears nothing: only a new process helps. */
  readonly deaf: () => void;
}

const minute = 60_000;
/** The server answers at least every half minute. */
const aliveWithin = 2 * minute;
/** Our own reconnecting is given this long before the process is given up. */
const deafAfter = 10 * minute;
const gapFrom = 5 * minute;
/** What the server still has comes within this time. */
const grace = 2 * minute;

export interface Pulse {
  /** To be called about twice a minute. */
  beat(): Promise<void>;
  /** Something was heard that was said at this time (milliseconds since 1970). */
  heard(saidAt: number): void;
}

/**
 * Watches over the connection: web WeChat can be deaf for minutes while it says that all is well, and what is said during an outage
 * may be lost. @param lastAlive when it was in touch last, before this process
 */
export function createPulse({ health, now, alive, away, deaf }: PulseOptions, lastAlive: number | undefined): Pulse {
  let last = lastAlive;
  let gap: { from: number; to: number } | undefined;
  return {
    async beat() {
      const at = now().getTime();
      const { loggedIn, lastSync } = health();
      if (!loggedIn || lastSync === 0) return;
      if (at - lastSync > deafAfter) return deaf();
      if (at - lastSync <= aliveWithin) {
        if (last !== undefined && lastSync - last >= gapFrom) gap = { from: last, to: lastSync };
        if (last === undefined || lastSync - last >= minute / 2) {
          last = lastSync;
          await alive(new Date(lastSync));
        }
      }
      if (!gap || at - gap.to < grace) return;
      const { from, to } = gap;
      gap = undefined;
      await away(new Date(from), new Date(to));
    },
    heard(saidAt) {
      // Said in the gap and heard after it: the server has kept what was said.
      if (gap && saidAt > gap.from && saidAt < gap.to) gap = undefined;
    },
  };
}
