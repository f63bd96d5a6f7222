import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { Pool } from 'pg';
import type { Dump } from '../src/adapters/store/rows.ts';
import type { Store, Transaction } from '../src/desk/kernel/ports.ts';
import { residentId } from './filled.ts';
import { installed } from './peers/system.ts';

/** Something that keeps a turn: what is read and written for one message, durably. */
export interface Contender {
  readonly name: string;
  turn(number: number): unknown;
  /** The least that can be kept: one number. */
  commit?(number: number): unknown;
  close(): unknown;
  /** So many turns are enough where each takes long. */
  readonly slow?: true;
}

const at = '2026-11-26T12:00:00.000Z';

/** What a turn looks up by its id, and what it writes. */
function turnOf(number: number, residents: number) {
  const person = residentId(number % residents);
  const heard = `heard ${number}`;
  return {
    person,
    read: [
      ['heard', heard],
      ['heard', person],
      ['people', person],
      ['conversations', person],
      ['traffic', person],
      ['questions', person],
    ],
    written: [
      ['conversations', { id: person, misses: number }],
      ['heard', { id: heard, at }],
      ['traffic', { id: person, since: at, count: number, said: ['a'], run: 1, level: 0 }],
    ],
  } as const;
}

/** What a question costs a store: six rows by id, two searches by field, three rows written, a number given. */
async function turnIn(tx: Transaction, number: number, residents: number): Promise<void> {
  const { person, read, written } = turnOf(number, residents);
  for (const [table, id] of read) await tx.get(table as 'heard', id);
  await tx.find('alarms', { person });
  await tx.find('bindings', { target: person });
  for (const [table, row] of written) await tx.put(table as 'heard', row as never);
  await tx.next('turns');
}

export const overStore = (name: string, store: Store, residents: number): Contender => ({
  name,
  turn: (number) => store.transaction((tx) => turnIn(tx, number, residents)),
  commit: () => store.transaction((tx) => tx.next('turns')),
  close: () => store.close(),
});

/** lowdb as it comes: the whole state is written anew with each turn, and not flushed. */
export async function plainLowdb(path: string, { tables }: Dump, residents: number): Promise<Contender> {
  const byId = Object.entries(tables).map(([name, rows]) => [name, Object.fromEntries(rows.map((row) => [row.id, row]))]);
  const db = new Low<Record<string, Record<string, unknown>>>(new JSONFile(path), Object.fromEntries(byId));
  await db.write();
  let last: Promise<unknown> = Promise.resolve();
  return {
    name: 'plain lowdb, not flushed',
    slow: true,
    turn(number) {
      last = last.then(() =>
        db.update((state) => {
          for (const [table, row] of turnOf(number, residents).written) {
            state[table] ??= {};
            Object.assign(state[table], { [row.id]: row });
          }
        }),
      );
      return last;
    },
    close: () => undefined,
  };
}

/** Of better-sqlite3 what is used here. */
interface Sqlite {
  pragma(text: string): unknown;
  exec(text: string): unknown;
  prepare(text: string): { run(...values: unknown[]): unknown; get(...values: unknown[]): unknown };
  transaction(work: (number: number) => void): { immediate(number: number): void };
  close(): void;
}

/** The same rows in SQLite, by better-sqlite3: each turn a transaction of its own, flushed (WAL, synchronous FULL). @throws where it is not installed */
export async function betterSqlite(path: string, { tables }: Dump, residents: number): Promise<Contender> {
  const Database = await installed<new (path: string) => Sqlite>('better-sqlite3');
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('create table kept (tbl text, id text, person text, doc text, primary key (tbl, id)) without rowid');
  db.exec('create index by_person on kept (tbl, person)');
  db.exec('create table counters (name text primary key, value int not null)');
  const put = db.prepare('insert into kept values (?, ?, ?, ?) on conflict do update set person = excluded.person, doc = excluded.doc');
  const write = (table: string, row: { readonly id: string; readonly person?: string; readonly target?: string }) =>
    put.run(table, row.id, row.person ?? row.target ?? null, JSON.stringify(row));
  db.exec('begin');
  for (const [table, rows] of Object.entries(tables)) for (const row of rows) write(table, row);
  db.exec('commit');
  const get = db.prepare('select doc from kept where tbl = ? and id = ?');
  const find = db.prepare('select doc from kept where tbl = ? and person = ?');
  const count = db.prepare('insert into counters values (?, 1) on conflict do update set value = value + 1');
  const parsed = (found: unknown) => found !== undefined && JSON.parse((found as { doc: string }).doc);
  const turn = db.transaction((number) => {
    const { person, read, written } = turnOf(number, residents);
    for (const [table, id] of read) parsed(get.get(table, id));
    for (const table of ['alarms', 'bindings']) parsed(find.get(table, person));
    for (const [table, row] of written) write(table, row);
    count.run('turns');
  });
  const commit = db.transaction(() => count.run('turns'));
  return {
    name: 'better-sqlite3, WAL, FULL',
    turn: (number) => turn.immediate(number),
    commit: (number) => commit.immediate(number),
    close: () => db.close(),
  };
}

/** The same rows in PostgreSQL: each turn a transaction of its own, one after another by a lock, as a process without memory would do it. */
export function commitATurn(url: string, residents: number): Contender {
  const pool = new Pool({ connectionString: url, max: 8 });
  // The server may be stopped while the last of its connections ends.
  pool.on('error', () => undefined);
  const get = `select doc::text from kept where community = 'main' and tbl = $1 and id = $2`;
  const put = `insert into kept values ('main', $1, $2, $3) on conflict (community, tbl, id) do update set doc = excluded.doc`;
  return {
    name: 'PostgreSQL, a commit a turn',
    slow: true,
    async turn(number) {
      const { person, read, written } = turnOf(number, residents);
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query('select pg_advisory_xact_lock(1)');
        for (const found of [...read, ['alarms', person], ['bindings', person]]) await client.query(get, [...found]);
        for (const [table, row] of written) await client.query(put, [table, row.id, JSON.stringify(row)]);
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
