import type { Log } from '../../desk/kernel/ports.ts';
import type { Database } from './database.ts';

/** A lease, as it is renewed together with others. */
export interface Renewable {
  readonly community: string;
  readonly epoch: number;
  /** Whether no commit has renewed it lately. */
  isDue(): boolean;
  /** @param since when the statement was sent that did it, by the clock of the lease */
  renewed(since: number): void;
  /** Renews it on its own, or finds out that it is lost. Never rejects. */
  renewAlone(): Promise<void>;
}

/** Renews what a process owns: all of it with one statement, where nobody writes for hours. */
export interface Renewals {
  /** Renews a lease from now on. @returns ends that, when nothing of it is under way any more */
  add(lease: Renewable): () => Promise<void>;
  /** Renews what is due, as is done three times while a lease holds. Resolves when all is renewed but what somebody else has locked. */
  renew(): Promise<void>;
}

export interface RenewalsOptions {
  readonly database: Pick<Database, 'query'>;
  /** How long a lease holds; it is looked at three times in it. */
  readonly ms: number;
  readonly log: Log;
  /** Milliseconds of a clock that only goes forward: the one of the leases. */
  readonly now: () => number;
}

/** Renews leases over one database. */
export function createRenewals({ database, ms, log, now }: RenewalsOptions): Renewals {
  const all = new Set<Renewable>();
  /** Those that are renewed on their own, since their row was locked or is not theirs any more. */
  const alone = new Map<Renewable, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> | undefined;

  async function renewDue(): Promise<void> {
    const due = [...all].filter((lease) => lease.isDue() && !alone.has(lease));
    if (due.length === 0) return;
    const renewed = await renewTogether(due).catch((error: unknown) => {
      log.warn({ communities: due.map(({ community }) => community), err: error }, 'leases were not renewed; it is tried again');
    });
    if (!renewed) return;
    // Whoever waits for a lock does not keep the others waiting.
    for (const lease of due.filter((each) => all.has(each) && !renewed.has(each.community)))
      alone.set(
        lease,
        lease.renewAlone().finally(() => alone.delete(lease)),
      );
  }

  /** A row that a commit has locked is passed over: that renews it too. @returns those that were renewed */
  async function renewTogether(due: readonly Renewable[]): Promise<ReadonlySet<string>> {
    const since = now();
    const { rows } = await database.query<{ community: string }>(
      `update owners set until = clock_timestamp() + $1 * interval '1 millisecond' where community in (
         select community from owners join unnest($2::text[], $3::bigint[]) as own (community, epoch) using (community, epoch)
         for update of owners skip locked
       ) returning community`,
      [ms, due.map(({ community }) => community), due.map(({ epoch }) => epoch)],
    );
    const renewed = new Set(rows.map(({ community }) => community));
    for (const lease of due) if (renewed.has(lease.community)) lease.renewed(since);
    return renewed;
  }

  const renew = (): Promise<void> => {
    round ??= renewDue().finally(() => {
      round = undefined;
    });
    return round;
  };

  return {
    renew,
    add(lease) {
      all.add(lease);
      timer ??= setInterval(() => void renew(), ms / 3).unref();
      return async () => {
        all.delete(lease);
        if (all.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
        await round;
        await alone.get(lease);
      };
    },
  };
}
