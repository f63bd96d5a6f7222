import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../desk/kernel/ports.ts';
import { type Database, isAway, isPassing, type Query, UnclearCommitError } from './database.ts';
import { LockedError } from './lock.ts';
import { createRenewals, type Renewals } from './renewals.ts';

/** Another process has taken the community over: this one must not say anything for it any more, and keeps nothing. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

export interface LeaseOptions {
  readonly database: Database;
  readonly community: string;
  /** Who takes it, as others are told. */
  readonly holder: string;
  /** How long it holds without being renewed. */
  readonly ms: number;
  readonly log: Log;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** Renews it together with others over the same database, that hold as long by the same clock. Absent: it is renewed alone. */
  readonly renewals?: Renewals | undefined;
}

/** A process owns a community: it alone loads its rows, writes them, and speaks for it. */
export interface Lease {
  /** Whether nobody else can own it at this moment. While the server is away it ends, and comes back with the server unless somebody else has taken it. */
  isSure(): boolean;
  /** Resolves when it is lost for good. */
  readonly lost: Promise<LeaseLostError>;
  /**
   * Writes in one transaction that counts only while the lease holds, and renews it.
   * @throws LeaseLostError, and whatever the server says when nothing was written
   */
  write(work: (query: Query) => Promise<void>): Promise<void>;
  /** Gives it back: the next process need not wait. */
  giveBack(): Promise<void>;
}

const until = `clock_timestamp() + $2 * interval '1 millisecond'`;

/** Takes a community. By the server's clock alone: those of the processes may be wrong. @throws LockedError when somebody else has it */
export async function takeLease(options: LeaseOptions): Promise<Lease> {
  const { database, community, holder, ms, now } = options;
  const begun = now();
  const { rows } = await database.query<{ epoch: string; batch: string }>(
    `insert into owners (community, epoch, batch, holder, until) values ($1, 1, 0, $3, ${until})
     on conflict (community) do update set epoch = owners.epoch + 1, holder = excluded.holder, until = excluded.until
     where owners.until <= clock_timestamp() returning epoch, batch`,
    [community, ms, holder],
  );
  const [taken] = rows;
  if (!taken)
    throw new LockedError(`community ${community} in the database at ${database.place}`, (await ownerOf(database, community)) ?? holder);
  return hold(options, Number(taken.epoch), Number(taken.batch), begun);
}

/** Who owns a community at this moment; undefined: nobody. */
export async function ownerOf({ query }: Pick<Database, 'query'>, community: string): Promise<string | undefined> {
  const { rows: tables } = await query<{ there: boolean }>(`select to_regclass('owners') is not null as there`);
  if (!tables[0]?.there) return undefined;
  const { rows } = await query<{ holder: string }>('select holder from owners where community = $1 and until > clock_timestamp()', [
    community,
  ]);
  return rows[0]?.holder;
}

function hold({ database, community, ms, log, now, renewals }: LeaseOptions, epoch: number, batch: number, begun: number): Lease {
  const third = ms / 3;
  /** When it was renewed last: before the statement was sent that did it. */
  let renewed = begun;
  /** The number of the last batch that is written. */
  let last = batch;
  let loss: LeaseLostError | undefined;
  let tellLost: (loss: LeaseLostError) => void = () => undefined;
  const lost = new Promise<LeaseLostError>((resolve) => {
    tellLost = resolve;
  });

  function lose(why: string): LeaseLostError {
    void endRenewing();
    loss ??= new LeaseLostError(`${why}: this process has given community ${community} up`);
    tellLost(loss);
    return loss;
  }

  /** Renews it. @param number the batch that is written with that @returns since when it is renewed, once that is committed */
  async function renewIn(query: Query, number: number): Promise<number> {
    const since = now();
    const { count } = await query(`update owners set until = ${until}, batch = greatest(batch, $4) where community = $1 and epoch = $3`, [
      community,
      ms,
      epoch,
      number,
    ]);
    if (count === 0) throw lose('another process owns it now');
    return since;
  }

  const endRenewing = (renewals ?? createRenewals({ database, ms, log, now })).add({
    community,
    epoch,
    isDue: () => now() - renewed >= third / 2,
    renewed(since) {
      renewed = Math.max(renewed, since);
    },
    async renewAlone() {
      try {
        renewed = Math.max(renewed, await renewIn(database.query, last));
      } catch (error) {
        if (!(error instanceof LeaseLostError))
          log.warn({ community, err: error }, 'the lease of a community was not renewed; it is tried again');
      }
    },
  });

  async function once(number: number, work: (query: Query) => Promise<void>): Promise<void> {
    const since = await database.transaction(async (query) => {
      // On their way together; what is written to somebody else's community is never committed.
      const [from] = await Promise.all([renewIn(query, number), work(query)]);
      return from;
    });
    renewed = Math.max(renewed, since);
  }

  /** Whether a batch was written of which nobody was told. The row's lock waits for what the lost connection may still be doing. */
  async function wasWritten(number: number): Promise<boolean> {
    const giveUp = now() + ms;
    for (;;) {
      try {
        const { rows } = await database.query<{ epoch: string; batch: string }>(
          'select epoch, batch from owners where community = $1 for update',
          [community],
        );
        if (Number(rows[0]?.epoch) !== epoch) throw lose('another process owns it now');
        return Number(rows[0]?.batch) === number;
      } catch (error) {
        if (error instanceof LeaseLostError) throw error;
        // What a process that begins anew will find is the truth.
        if (now() > giveUp) throw lose('whether the last commit was written could not be found out');
        log.warn({ community, err: error }, 'whether a commit was written is not known yet; it is asked again');
        await sleep(Math.min(500, third));
      }
    }
  }

  return {
    isSure: () => loss === undefined && now() - renewed < ms - third,
    lost,
    async write(work) {
      if (loss) throw loss;
      const number = last + 1;
      try {
        // What surely was not written, since a connection had died or two waited for each other, is tried once more.
        await once(number, work).catch((error: unknown) => {
          if (error instanceof UnclearCommitError || !isPassing(error)) throw error;
          return once(number, work);
        });
      } catch (error) {
        if (!(error instanceof UnclearCommitError)) throw error;
        if (!(await wasWritten(number))) throw error.cause;
      }
      last = number;
    },
    async giveBack() {
      await endRenewing();
      if (loss) return;
      await database
        .query('update owners set until = clock_timestamp() where community = $1 and epoch = $2', [community, epoch])
        .catch((error: unknown) => {
          if (!isAway(error)) throw error;
          log.warn({ community, err: error }, 'a community could not be given back; others wait until its lease ends');
        });
    },
  };
}
