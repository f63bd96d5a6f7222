import { setTimeout as sleep } from 'node:timers/promises';
import { isAway } from '../adapters/store/database.ts';
import { LeaseLostError } from '../adapters/store/lease.ts';
import { LockedError } from '../adapters/store/lock.ts';
import type { Membership, Processes } from '../adapters/store/postgres-processes.ts';
import type { Log } from '../desk/kernel/ports.ts';

export interface SharingOptions {
  readonly membership: Membership;
  /** Those that are to be served, in order; what should move least comes first. */
  readonly communities: readonly string[];
  /** Whether this process serves it, or is still closing it. */
  has(id: string): boolean;
  /** @throws when it cannot be served */
  open(id: string): Promise<unknown>;
  close(id: string): Promise<void>;
  /** One that this process cannot serve is not tried again. */
  refuse(id: string, error: unknown): void;
  /** Something was pushed to these. */
  pushedTo(ids: readonly string[]): void;
  readonly leaseMs: number;
  readonly log: Log;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}

/** So often it is looked what others have: what has become free is nobody's until then. */
const roundMs = 500;

/** Not more are given back than others take soon: nobody serves them meanwhile. */
const freeAtMost = 10;

/** To open one is mostly to wait, for the server and for whoever writes meanwhile. */
const openAtOnce = 8;

/** How many of the communities each of the processes serves: as many as the others, or one more where it came early. */
export function shareOf(communities: number, processes: number, place: number): number {
  return Math.floor(communities / processes) + (place < communities % processes ? 1 : 0);
}

/**
 * Serves this process's share of the communities of one database: takes what is free, and gives back what is another's when one more comes.
 * It looks once, or again and again until it is ended.
 */
export function createSharing(options: SharingOptions) {
  const { membership, communities, has, log, leaseMs, now = () => performance.now() } = options;
  const refused = new Set<string>();
  const ending = new AbortController();
  /** Until then nothing is taken: where the database was away, whoever has a community needs a moment to renew its lease. */
  let quietUntil = 0;
  let awaySince: number | undefined;
  let rounds: Promise<void> = Promise.resolve();

  async function look(): Promise<Processes> {
    try {
      const seen = await membership.look();
      if (awaySince !== undefined && now() - awaySince > leaseMs / 4) quietUntil = now() + leaseMs / 2;
      awaySince = undefined;
      return seen;
    } catch (error) {
      awaySince ??= now();
      throw error;
    }
  }

  async function round(): Promise<void> {
    const { holders, owners, pushedTo } = await look();
    const mine = communities.filter((id) => has(id));
    options.pushedTo(pushedTo.filter((id) => has(id)));
    const place = holders.indexOf(membership.holder);
    const share = shareOf(communities.length, holders.length, place);
    const free = communities.filter((id) => !owners.has(id) && !has(id) && !refused.has(id));
    if (mine.length > share) return giveBack(mine.slice(share).slice(0, Math.max(1, freeAtMost - free.length)));
    if (now() < quietUntil) return;
    // Each begins somewhere else, so that two seldom want the same.
    const first = Math.floor((free.length * place) / holders.length);
    await take([...free.slice(first), ...free.slice(0, first)].slice(0, share - mine.length));
  }

  async function giveBack(ids: readonly string[]): Promise<void> {
    log.info({ communities: ids }, 'communities are given back: there are more processes now');
    await Promise.all(ids.map((id) => options.close(id)));
  }

  /** Takes as many as it can before it is time to look again. */
  async function take(ids: readonly string[]): Promise<void> {
    const enough = now() + leaseMs / 4;
    const waiting = [...ids];
    const takeNext = async (): Promise<void> => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        if (now() > enough || ending.signal.aborted) return;
        // The server is away: that passes, and the others need not try.
        if ((await tryOpening(id)) === 'away') waiting.length = 0;
      }
    };
    await Promise.all(Array.from({ length: openAtOnce }, takeNext));
  }

  async function tryOpening(id: string): Promise<'away' | undefined> {
    try {
      await options.open(id);
    } catch (error) {
      if (isAway(error)) return 'away';
      // Somebody else was quicker.
      if (error instanceof LockedError || error instanceof LeaseLostError) return undefined;
      refused.add(id);
      options.refuse(id, error);
    }
    return undefined;
  }

  return {
    refused: refused as ReadonlySet<string>,
    /** Takes what it can at once, as long as all that it tries has to be refused. @throws what the database does */
    async once() {
      for (let before = -1; before < refused.size; ) {
        before = refused.size;
        await round();
        if (communities.some((id) => has(id))) return;
      }
    },
    /** Goes on looking; a round that fails is made again. */
    begin() {
      rounds = (async () => {
        while (!ending.signal.aborted) {
          await sleep(roundMs, undefined, { signal: ending.signal }).catch(() => undefined);
          if (ending.signal.aborted) return;
          await round().catch((error: unknown) =>
            log.warn({ err: error }, 'what other processes serve could not be looked at; it is tried again'),
          );
        }
      })();
    },
    /** Takes nothing any more; the others take what is given back. */
    async end() {
      ending.abort();
      await rounds;
      await membership.leave();
    },
  };
}
