import { hostname } from 'node:os';
import { Pool, type PoolClient } from 'pg';
import type { Log } from '../../desk/kernel/ports.ts';
import { type Database, type Query, UnclearCommitError } from './database.ts';

/** So many connections are enough for all communities of a process: each has one batch under way. */
const connections = 8;
const connectMs = 5_000;
/** No statement takes longer than a lease, within these bounds: whoever waits for it would not own the community any more. */
const statementMs = { atLeast: 2_000, atMost: 15_000 } as const;
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
    close: () => pool.end(),
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
