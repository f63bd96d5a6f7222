import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, DatabaseAwayError, explained } from '../adapters/store/database.ts';
import { LockedError } from '../adapters/store/lock.ts';
import type { Renewals } from '../adapters/store/renewals.ts';
import { silentLog } from '../adapters/system/log.ts';
import type { Log } from '../desk/kernel/ports.ts';

/** Where the state of communities lies, if not in folders. */
export interface DatabaseSettings {
  readonly url: string;
  /** How long a process that is gone still owns its communities. */
  readonly leaseMs: number;
  /** Who owns what is opened, as others are told. Absent: this process. */
  readonly holder?: string;
}

/** How long somebody who waits at the machine waits for a server that does not answer. */
const patienceMs = 30_000;
const longestPauseMs = 30_000;
/** So often it is looked whether a community has become free. */
const freeMs = 1_000;

/** A database, and what renews the leases of this process over it. */
export type Opened = Database & { readonly renewals: Renewals };

/** The databases of this process: one pool of connections for all its communities, whose leases are renewed together. */
const opened = new Map<string, { readonly database: Opened; users: number }>();

/** The database of the settings. It is closed with the last of those who asked for it. */
export async function databaseOf({ url, leaseMs }: DatabaseSettings, log: Log): Promise<Opened> {
  const [{ openPostgres }, { createRenewals }] = await Promise.all([
    import('../adapters/store/postgres-client.ts'),
    import('../adapters/store/renewals.ts'),
  ]);
  const known = opened.get(url) ?? { database: open(), users: 0 };
  opened.set(url, known);
  known.users++;
  return {
    ...known.database,
    async close() {
      if (--known.users > 0) return;
      opened.delete(url);
      await known.database.close();
    },
  };

  function open(): Opened {
    const database = openPostgres({ url, log, leaseMs });
    return { ...database, renewals: createRenewals({ database, ms: leaseMs, log, now: () => performance.now() }) };
  }
}

/** Who owns a community there, and where that is. @throws as `withDatabase` */
export function ownerIn(
  settings: DatabaseSettings,
  community: string,
): Promise<{ readonly owner: string | undefined; readonly server: string }> {
  return withDatabase(settings, silentLog, async (database) => {
    const { ownerOf } = await import('../adapters/store/lease.ts');
    const owner = await ownerOf(database, community);
    await database.close();
    return { owner, server: database.place };
  });
}

/** What keeps a start waiting, as it is told; once for each reason. */
export type TellWaiting = (why: LockedError | DatabaseAwayError) => void;

/**
 * Does something with the database of the settings, and tries again while the server does not answer: after 1, 2, 4 … seconds.
 * @param work is given a database that it closes when all is well
 * @param tell given: whoever waits has all the time there is, also until a community is free; absent: half a minute, and not for a community
 * @throws DatabaseRefusedError · DatabaseAwayError · LockedError
 */
export async function withDatabase<T>(
  settings: DatabaseSettings,
  log: Log,
  work: (database: Opened) => Promise<T>,
  tell?: TellWaiting,
  pause: (ms: number) => Promise<unknown> = sleep,
): Promise<T> {
  const database = await databaseOf(settings, log);
  let told = '';
  let waited = 0;
  for (let wait = 1_000; ; ) {
    try {
      return await work(database);
    } catch (error) {
      const why = explained(error, database.place);
      const isOwned = why instanceof LockedError && tell !== undefined;
      const isAway = why instanceof DatabaseAwayError && (tell !== undefined || waited < patienceMs);
      if (!isOwned && !isAway) {
        await database.close();
        throw why;
      }
      if (told !== why.name) {
        tell?.(why);
        log.warn({ reason: why.message }, 'the store cannot be opened yet; it is tried again');
      }
      told = why.name;
      const ms = isOwned ? freeMs : wait;
      if (!isOwned) wait = Math.min(longestPauseMs, wait * 2);
      waited += ms;
      await pause(ms);
    }
  }
}
