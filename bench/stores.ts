import { join } from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { Pool } from 'pg';
import { openJournalStore } from '../src/adapters/store/journal.ts';
import { openPostgresStore } from '../src/adapters/store/postgres.ts';
import { openPostgres } from '../src/adapters/store/postgres-client.ts';
import { silentLog as log } from '../src/adapters/system/log.ts';
import type { Store, Transaction } from '../src/desk/kernel/ports.ts';
import { postgresPrograms, startPostgres } from '../test/support/postgres-server.ts';
import { fill, residentId, type Size } from './filled.ts';
import { ms, percentile, timed } from './measure.ts';
import type { Row } from './row.ts';

/** Residents; `npm run bench -- stores 3000` takes one size. */
const sizes = [3_000, 30_000, 100_000];
const leaseMs = 60_000;

/** Something that keeps a turn: what is read and written for one message, durably. */
interface Contender {
  readonly name: string;
  turn(number: number): Promise<unknown>;
  close(): Promise<unknown>;
  /** So many turns are enough where each takes long. */
  readonly slow?: true;
}

/** What a question costs a store: looked up by id and by field, three rows written, a number given. */
async function turn(tx: Transaction, number: number, residents: number): Promise<void> {
  const person = residentId(number % residents);
  for (const id of [`heard ${number}`, person]) await tx.get('heard', id);
  for (const table of ['people', 'conversations', 'traffic', 'questions'] as const) await tx.get(table, person);
  await tx.find('alarms', { person });
  await tx.find('bindings', { target: person });
  await tx.put('conversations', { id: person, misses: number });
  await tx.insert('heard', { id: `heard ${number}`, at: '2026-11-26T12:00:00.000Z' });
  await tx.put('traffic', { id: person, since: '2026-11-26T12:00:00.000Z', count: number, said: ['a'], run: 1, level: 0 });
  await tx.next('turns');
}

const over = (name: string, store: Store, residents: number): Contender => ({
  name,
  turn: (number) => store.transaction((tx) => turn(tx, number, residents)),
  close: () => store.close(),
});

/**
 * The stores beside each other on communities of three sizes: one turn at a time, 50 and 200 at once. Where no PostgreSQL server is on the
 * machine it is left out, and said so.
 */
export async function benchStores(folder: string, wanted: readonly number[], print: (line: string) => void): Promise<void> {
  const programs = postgresPrograms();
  const server = programs === undefined ? undefined : await startPostgres(programs);
  if (!server) print('PostgreSQL is not measured: there is no server on this machine');
  const tell = (rows: readonly Row[]) => {
    for (const [what, result] of rows) print(`${what.padEnd(64)} ${result}`);
  };
  try {
    for (const residents of wanted.length > 0 ? wanted : sizes) {
      const filled = { residents, groups: 200, openAppeals: Math.min(500, residents) };
      const openJournal = () => openJournalStore({ folder: join(folder, `journal-${residents}`), log });
      tell(await filledAndMeasured('journal', openJournal, filled));
      tell(await measured(await wholeFile(join(folder, `${residents}.json`), residents), residents));
      if (!server) continue;
      const url = await server.database();
      const openOwned = () => openPostgresStore({ database: openPostgres({ url, log, leaseMs }), community: 'main', leaseMs, log });
      tell(await filledAndMeasured('PostgreSQL, one owner', openOwned, filled));
      tell(await measured(commitATurn(url, residents), residents));
    }
  } finally {
    await server?.remove();
  }
}

async function filledAndMeasured(name: string, open: () => Promise<Store>, size: Size): Promise<Row[]> {
  const empty = await open();
  await fill(empty, size);
  await empty.close();
  let store = empty;
  const opened = await timed(async () => {
    store = await open();
  });
  return [
    [`${size.residents} residents, ${name}, opened`, ms(opened)],
    ...(await measured(over(name, store, size.residents), size.residents)),
  ];
}

async function measured({ name, turn: take, close, slow }: Contender, residents: number): Promise<Row[]> {
  const rows: Row[] = [];
  let number = 0;
  for (const [atOnce, wanted] of [
    [1, slow ? 10 : 200],
    [50, slow ? 50 : 2_000],
    [200, slow ? 0 : 4_000],
  ] as const) {
    if (wanted === 0) continue;
    const each: number[] = [];
    const all = await timed(() =>
      Promise.all(
        Array.from({ length: atOnce }, async () => {
          for (let i = 0; i < wanted / atOnce; i++) each.push(await timed(() => take(++number)));
        }),
      ),
    );
    rows.push([
      `${residents} residents, ${name}, ${atOnce} at once`,
      `${Math.round((each.length * 1000) / all)} turns a second, p50 ${ms(percentile(each, 0.5))}, p99 ${ms(percentile(each, 0.99))}`,
    ]);
  }
  await close();
  return rows;
}

/** lowdb as it comes: the whole state is written anew with each turn, and not flushed. About as many bytes as the same state elsewhere. */
async function wholeFile(path: string, residents: number): Promise<Contender> {
  const rows = Array.from({ length: residents }, (_, number) => [
    residentId(number),
    { name: `居民${number}`, words: 'x'.repeat(600), count: 0 },
  ]);
  const db = new Low<{ rows: Record<string, { count: number }> }>(new JSONFile(path), { rows: Object.fromEntries(rows) });
  await db.write();
  let last: Promise<unknown> = Promise.resolve();
  return {
    name: 'plain lowdb, not flushed',
    slow: true,
    turn(number) {
      last = last.then(() =>
        db.update((state) => {
          const row = state.rows[residentId(number % residents)];
          if (row) row.count = number;
        }),
      );
      return last;
    },
    close: async () => undefined,
  };
}

/** The same rows by SQL: each turn a transaction of its own, one after another by a lock, as a process without memory would do it. */
function commitATurn(url: string, residents: number): Contender {
  const pool = new Pool({ connectionString: url, max: 8 });
  const get = `select doc::text from kept where community = 'main' and tbl = $1 and id = $2`;
  const put = `insert into kept values ('main', $1, $2, $3) on conflict (community, tbl, id) do update set doc = excluded.doc`;
  return {
    name: 'PostgreSQL, a commit a turn',
    slow: true,
    async turn(number) {
      const person = residentId(number % residents);
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query(`select pg_advisory_xact_lock(1)`);
        for (const [table, id] of [
          ['heard', `sql ${number}`],
          ['people', person],
          ['conversations', person],
          ['traffic', person],
          ['questions', person],
          ['alarms', person],
          ['bindings', person],
        ])
          await client.query(get, [table, id]);
        await client.query(put, ['conversations', person, JSON.stringify({ id: person, misses: number })]);
        await client.query(put, ['heard', `sql ${number}`, JSON.stringify({ id: `sql ${number}`, at: '2026-11-26T12:00:00.000Z' })]);
        await client.query(put, ['traffic', person, JSON.stringify({ id: person, count: number })]);
        await client.query(
          `insert into counters values ('main', 'sql', 1) on conflict (community, name) do update set value = counters.value + 1`,
        );
        await client.query('commit');
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}
