import type { Hear } from '../adapters/official/hearing.ts';
import type { Inbox, Pushed } from '../adapters/store/postgres-inbox.ts';
import type { Log } from '../desk/kernel/ports.ts';
import { readWritten } from './peers.ts';

export interface InboxOptions {
  readonly inbox: Inbox;
  /** Hears pushes of a community; undefined: this process does not serve it. */
  readonly hearing: (community: string) => Hear | undefined;
  readonly log: Log;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
}

/** What could not be heard is tried again after so long, and what came after it does not wait. */
const againMs = 60_000;

/** Hears what was pushed to a community while its owner could not be asked; each once, since what was heard before is known by its id. */
export function createInboxReader({ inbox, hearing, log, now }: InboxOptions): (community: string) => Promise<void> {
  const reading = new Map<string, Promise<void>>();
  const failed = new Map<string, number>();

  async function hear(community: string, { id, body }: Pushed): Promise<void> {
    const tried = failed.get(`${community} ${id}`);
    if (tried !== undefined && now() - tried < againMs) return;
    const listener = hearing(community);
    if (!listener) return;
    try {
      const { push } = readWritten(body);
      await listener(push, id, 'late');
      await inbox.done(community, id);
      failed.delete(`${community} ${id}`);
    } catch (error) {
      failed.set(`${community} ${id}`, now());
      log.error({ community, err: error }, 'a push that was kept could not be heard; it is tried again');
    }
  }

  async function read(community: string): Promise<void> {
    if (!hearing(community)) return;
    for (const pushed of await inbox.waiting(community)) await hear(community, pushed);
  }

  return (community) => {
    const already = reading.get(community);
    if (already) return already;
    const all = read(community)
      .catch((error: unknown) => log.warn({ community, err: error }, 'what was pushed to a community could not be read; it is tried again'))
      .finally(() => reading.delete(community));
    reading.set(community, all);
    return all;
  };
}
