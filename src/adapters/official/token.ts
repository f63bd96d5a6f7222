import { ApiError } from './errors.ts';

/** A token and until when it is good, in milliseconds of `now`. */
interface Held {
  readonly token: string;
  readonly until: number;
}

/** A token is fetched anew so long before its end; until then the old one is good too. */
const earlyMs = 4 * 60_000;
/** After a failed try nobody tries again sooner. */
const pauseMs = 5_000;

export interface TokenHolder {
  /** The token as it is now; fetched once however many ask. @throws ApiError */
  get(): Promise<string>;
  /** This one is no good any more. What was fetched since stays. */
  drop(token: string): void;
}

/**
 * Holds the account's access token. It is the stable one: other processes may ask for it too, and are given the same.
 * @param fetchToken asks WeChat for it
 * @param now milliseconds that never go back
 */
export function tokenHolder(fetchToken: () => Promise<{ token: string; seconds: number }>, now: () => number): TokenHolder {
  let held: Held | undefined;
  let underWay: Promise<string> | undefined;
  let failed: { readonly error: ApiError; readonly until: number } | undefined;

  async function renew(): Promise<string> {
    try {
      const { token, seconds } = await fetchToken();
      held = { token, until: now() + seconds * 1000 - earlyMs };
      failed = undefined;
      return token;
    } catch (error) {
      if (error instanceof ApiError && error.meaning === 'settings') failed = { error, until: now() + pauseMs };
      throw error;
    } finally {
      underWay = undefined;
    }
  }

  return {
    async get() {
      if (held && held.until > now()) return held.token;
      if (failed && failed.until > now()) throw failed.error;
      underWay ??= renew();
      return underWay;
    },
    drop(token) {
      if (held?.token === token) held = undefined;
    },
  };
}
