import { type Account, type Saying, SendError } from '../../desk/kernel/accounts.ts';
import { paragraphsUpTo } from '../../domain/words/split-text.ts';
import type { Profile } from './profile.ts';

export interface Pacing {
  readonly profile: Pick<Profile, 'longestText' | 'replyGap'>;
  readonly sleep: (ms: number) => Promise<void>;
  /** A whole number from 0 up to, not including, `below`. */
  readonly chance: (below: number) => number;
  /** Hears of it when WeChat says that the account is limited. */
  readonly onLimited?: () => void;
}

export interface PacedAccount extends Account {
  /** WeChat has said in a line of its own that the account is limited: the next thing to be said is refused, so that its sender knows. */
  limited(): void;
}

interface Waiting {
  readonly saying: Saying;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

const ranks: Readonly<Record<Saying['kind'], number>> = { reply: 1, notice: 2, broadcast: 3 };
const stoppedError = () => new SendError('not begun: the bot is being stopped', true);
const rankOf = ({ saying }: Waiting) => (saying.urgent ? 0 : ranks[saying.kind]);

/**
 * One queue for one account: one message at a time, with a pause of changing length after each, danger to life first, then replies,
 * notices, broadcasts; long texts in parts. What is handed over first of a kind is said first.
 */
export function paced(account: Account, { profile, sleep, chance, onLimited }: Pacing): PacedAccount {
  const queue: Waiting[] = [];
  let working = false;
  let toldLimited = false;
  let stopped = false;

  async function work(): Promise<void> {
    working = true;
    for (let next = take(); next; next = take()) {
      try {
        await sayWhole(next.saying);
        next.done();
      } catch (error) {
        next.failed(error);
        if (error instanceof SendError && error.limited) {
          onLimited?.();
          dropAll(error);
        }
      }
      await pause();
    }
    working = false;
  }

  /** Whatever else is sent to a limited account makes it worse: it goes back to its sender, who knows when to try again. */
  function dropAll(error: SendError): void {
    const rest = queue.splice(0);
    queue.push(...rest.filter(({ saying }) => saying.urgent));
    for (const each of rest) if (!each.saying.urgent) each.failed(new SendError(error.message, true, { limited: true }));
  }

  function take(): Waiting | undefined {
    if (queue.length === 0) return undefined;
    const first = queue.reduce((best, each) => (rankOf(each) < rankOf(best) ? each : best));
    queue.splice(queue.indexOf(first), 1);
    return first;
  }

  async function sayWhole(saying: Saying): Promise<void> {
    if (toldLimited && !saying.urgent) {
      toldLimited = false;
      throw new SendError('WeChat says that the account is limited', true, { limited: true });
    }
    const parts = paragraphsUpTo(saying.text, profile.longestText);
    const last = Math.max(0, parts.length - 1);
    const { file: _, ...words } = saying;
    for (let index = 0; index <= last; index++) {
      if (index > 0) await pause();
      try {
        await account.send({ ...(index === last ? saying : words), text: parts[index] ?? '' });
      } catch (error) {
        // A part of it has arrived: it cannot be said that nothing did.
        if (index === 0 || !(error instanceof SendError)) throw error;
        throw new SendError(error.message, false, { limited: error.limited });
      }
    }
  }

  async function pause(): Promise<void> {
    if (!profile.replyGap) return;
    const [least, most] = profile.replyGap;
    await sleep(1000 * least + chance(1000 * (most - least) + 1));
  }

  return {
    ...account,
    send: (saying) =>
      new Promise((resolve, reject) => {
        if (stopped) return reject(stoppedError());
        queue.push({ saying, done: resolve, failed: reject });
        if (!working) void work();
      }),
    stop() {
      stopped = true;
      for (const { failed } of queue.splice(0)) failed(stoppedError());
      account.stop?.();
    },
    limited() {
      toldLimited = true;
      onLimited?.();
    },
  };
}
