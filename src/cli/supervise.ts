/** The bot's process, as far as its parent can tell. */
export interface Child {
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the exit code, or with null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

export interface Supervision {
  spawn(): Child;
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
  /** Resolves after so many milliseconds, or as soon as `stop` is called. */
  pause(ms: number): Promise<void>;
  report(line: string): void;
}

/** A mistake of whoever set it up; starting again would not mend it (EX_CONFIG of sysexits.h). */
export const configExit = 78;

/** Nothing is wrong here, and a later start may go well (EX_TEMPFAIL). */
export const laterExit = 75;

const shortest = 1_000;
const longest = 60_000;
/** A child that ran so long was well; the next crash is counted as the first. */
const wellAfter = 5 * 60_000;

/**
 * Keeps the bot running: starts it again when it crashed, after 1, 2, 4 … at most 60 seconds, passes signals on, and ends
 * when it ended by itself, could not be set up, or was told to stop.
 */
export function supervise({ spawn, now, pause, report }: Supervision): { stop(signal: NodeJS.Signals): void; ended: Promise<number> } {
  let child: Child | undefined;
  let stopping = false;

  async function run(): Promise<number> {
    for (let crashes = 0; ; ) {
      const startedAt = now();
      child = spawn();
      const code = await child.ended;
      child = undefined;
      if (stopping || code === 0 || code === configExit) return code ?? 0;
      crashes = now() - startedAt >= wellAfter ? 1 : crashes + 1;
      const wait = Math.min(longest, shortest * 2 ** (crashes - 1));
      report(`the bot ended (${code === null ? 'killed' : `exit code ${code}`}); it is started again in ${wait / 1000} s`);
      await pause(wait);
      if (stopping) return code ?? 0;
    }
  }

  return {
    ended: run(),
    stop(signal) {
      stopping = true;
      child?.kill(signal);
    },
  };
}
