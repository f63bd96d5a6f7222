import type { Clock, Ids, Store } from '../desk/kernel/ports.ts';
import type { Say } from '../desk/kernel/say.ts';
import { directorCode, type HostCode, hostCode, newDirectorCode } from '../desk/people/enrolment.ts';

/** How the host's code stands, on the screen and wherever else it is shown: whoever was given one must not find it dead without a word. */
export interface HostCodes {
  /** Shows a code that was made; undefined: none was needed. */
  shown(made: string | undefined): Promise<void>;
  /** Makes one if nobody who can act is left, since an account has logged in anew, and shows it. */
  afterLogin(): Promise<void>;
  /** Looks whether it still holds. */
  look(): Promise<void>;
  /** Makes another for one that is dead. */
  renew(): Promise<void>;
  /** Is told how it stands, each time it was looked at. */
  follow(listener: (code: HostCode) => void): void;
}

export interface CodeMeans {
  readonly store: Store;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly say: Say;
  readonly print: (line: string) => void;
}

/** The code of a desk's host. */
export function createHostCodes({ store, ids, clock, say, print }: CodeMeans): HostCodes {
  let code: HostCode = { dead: false };
  const listeners: ((code: HostCode) => void)[] = [];

  async function look(wanted = code.code !== undefined || code.dead): Promise<void> {
    const before = code;
    code = await hostCode(store, clock.now(), wanted);
    for (const listener of listeners) listener(code);
    if (code.dead && !before.dead) print(say('host.directorCodeDead'));
  }

  async function shown(made: string | undefined): Promise<void> {
    if (made === undefined) return;
    print(say('host.directorCode', { code: made }));
    await look(true);
  }

  return {
    shown,
    look: () => look(),
    afterLogin: async () => shown(await newDirectorCode(store, ids, clock.now())),
    async renew() {
      if (code.dead) await shown(await store.transaction((tx) => directorCode(tx, ids, clock.now())));
    },
    follow: (listener) => void listeners.push(listener),
  };
}
