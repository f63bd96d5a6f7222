import type { Account } from './account.ts';

/** What goes wrong with real servers, made to happen. */
export class Faults {
  /** Sends are answered with 1205: too often. */
  limited = false;
  /** The reason why a confirmed login is refused all the same (1203), in WeChat's words. */
  refusal: string | undefined;
  /** So many of the next answers to these calls are lost: what was asked is done, but the connection breaks. */
  readonly lost = new Map<string, number>();
  /** What somebody between the client and WeChat answers to these calls instead. */
  readonly forged = new Map<string, string>();
  outage: Outage | undefined;
  /** Called when the network goes away, to break what is under way. */
  onCut: () => void = () => undefined;
  readonly #account: Account;

  constructor(account: Account) {
    this.#account = account;
  }

  /**
   * The network is away, until `end()` is called, so many seconds of the world's clock have passed, or each of the calls of
   * `until` has failed so many times: what a client does next is then the same on every machine. @param drops whether what is said meanwhile never reaches the client
   */
  cut({ until, seconds, drops = false }: { until?: Record<string, number>; seconds?: number; drops?: boolean } = {}): Outage {
    const end = () => {
      this.outage = undefined;
      this.#account.unheard = false;
      this.#account.world.signal.changed();
    };
    this.outage = new Outage(end, until);
    this.#account.unheard = drops;
    const { outage } = this;
    if (seconds !== undefined) setTimeout(() => this.outage === outage && end(), this.#account.world.wallMs(seconds)).unref();
    this.onCut();
    return outage;
  }

  /** The next answer to a call of the API is lost. */
  loseNext(api: string): void {
    this.lost.set(api, (this.lost.get(api) ?? 0) + 1);
  }

  /** Whether this call's answer is lost; counts. */
  loses(api: string): boolean {
    const left = this.lost.get(api) ?? 0;
    if (left > 0) this.lost.set(api, left - 1);
    return left > 0;
  }
}

export class Outage {
  readonly failed: Record<string, number> = {};
  readonly end: () => void;
  readonly #until: Record<string, number> | undefined;

  constructor(end: () => void, until: Record<string, number> | undefined) {
    this.end = end;
    this.#until = until;
  }

  /** A call that failed of it. */
  fail(api: string): void {
    this.failed[api] = (this.failed[api] ?? 0) + 1;
    const until = Object.entries(this.#until ?? {});
    if (until.length > 0 && until.every(([each, times]) => (this.failed[each] ?? 0) >= times)) this.end();
  }
}
