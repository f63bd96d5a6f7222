import { hostname } from 'node:os';
import { Client, Pool, type PoolClient } from 'pg';
import type { Log } from '../../desk/kernel/ports.ts';
import { type Database, type Query, UnclearCommitError } from './database.ts';

/** So many connections are enough for all communities of a process: each has one batch under way, and some are being opened. */
const connections = 12;
const connectMs = 5_000;
/** No statement takes longer than a lease, within these bounds: whoever waits for it would not own the community any more. */
const statementMs = { atLeast: 2_000, atMost: 15_000 } as const;
/** A connection that only listens is made anew so long after it was lost. */
const listenAgainMs = 5_000;
/** A server that does not answer at all, its network cut, is waited for a little longer than a statement may take. */
const answerMoreMs = 1_000;

export interface PostgresOptions {
  /** `postgres://NAME:PASSWORD@HOST:PORT/DATABASE`. */
  readonly url: string;
  readonly log: Log;
  /** How long a process that is gone still owns its communities. */
  readonly leaseMs: number;
}

/** A PostgreSQL server, over the package `pg`. Nothing is connected before it is needed. */
export function openPostgres({ url, log, leaseMs }: PostgresOptions): Database {
  const longest = Math.min(statementMs.atMost, Math.max(statementMs.atLeast, leaseMs));
  const pool = new Pool({
    connectionString: url,
    max: connections,
    // What a transaction sends at once goes at once: the answers, not the statements, wait for each other.
    pipeline: true,
    // A command that is done ends, whether or not it closed this.
    allowExitOnIdle: true,
    keepAlive: true,
    application_name: `lianxinqiao ${process.pid}@${hostname()}`,
    connectionTimeoutMillis: connectMs,
    statement_timeout: longest,
    query_timeout: longest + answerMoreMs,
    lock_timeout: longest - answerMoreMs,
    // A process that does not go on holds the row that says who owns a community: for less than a lease.
    idle_in_transaction_session_timeout: Math.max(statementMs.atLeast, longest / 3),
  });
  pool.on('error', (error) => log.warn({ err: error }, 'a connection to the database was lost; the next one is opened when it is needed'));

  return {
    place: placeOf(url),
    query: over(pool),
    async transaction(work, how) {
      const client = await pool.connect();
      // One that nobody listens to ends the process when the server goes.
      const lost = () => undefined;
      client.on('error', lost);
      let committing = false;
      try {
        const query = over(client);
        await query(how === 'reading' ? 'begin isolation level repeatable read read only' : 'begin');
        const result = await work(query);
        committing = true;
        await query('commit');
        client.off('error', lost);
        client.release();
        return result;
      } catch (error) {
        // Thrown away, with whatever it had begun.
        client.release(true);
        throw committing && how !== 'reading' ? new UnclearCommitError((error as Error).message, { cause: error }) : error;
      }
    },
    listen: (channel, heard) => listenTo(url, channel, heard, log),
    close: () => pool.end(),
  };
}

/** Listens on a connection of its own, which is made anew when it was lost. */
async function listenTo(url: string, channel: string, heard: (payload: string) => void, log: Log): Promise<() => Promise<void>> {
  let ended = false;
  let again: NodeJS.Timeout | undefined;
  let listening: Client | undefined;
  const lost = (error: unknown) => {
    listening = undefined;
    if (ended || again) return;
    log.warn(
      { err: error },
      'the connection that listens to the database was lost; until there is a new one it is looked into now and then',
    );
    again = setTimeout(() => {
      again = undefined;
      void begin();
    }, listenAgainMs).unref();
  };
  async function begin(): Promise<void> {
    const client = new Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: connectMs });
    client.on('error', lost);
    client.on('notification', ({ payload = '' }) => heard(payload));
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      listening = client;
      if (ended) await client.end();
    } catch (error) {
      client.end().catch(() => undefined);
      lost(error);
    }
  }
  await begin();
  return async () => {
    ended = true;
    clearTimeout(again);
    await listening?.end().catch(() => undefined);
  };
}

function over(client: Pick<PoolClient, 'query'> | Pool): Query {
  return async <R extends object>(text: string, values: readonly unknown[] = []) => {
    const { rows, rowCount } = await (client as Pool).query<R>(text, [...values]);
    return { rows, count: rowCount ?? 0 };
  };
}

/** Host, port and database of an address. */
export function placeOf(url: string): string {
  const { hostname: host, port, pathname } = new URL(url);
  return `${host || 'localhost'}:${port || '5432'}${pathname}`;
}
