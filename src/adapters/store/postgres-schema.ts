import type { Database, Query } from './database.ts';
import { NewerStateError } from './migrations.ts';

/**
 * The tables. Forward only: the n-th entry makes schema n of schema n-1; one that was released is never changed.
 * - The community comes first in each key: one is a range of its own, that can be copied, moved and deleted.
 * - `json`, not `jsonb`: it keeps the text as it was written. Ids are as JSON writes them, so that U+0000 and lone surrogates hurt nobody.
 * - Numbers without gaps come from `counters`, written with the transaction that gives them; never from a sequence.
 */
const steps: readonly string[] = [
  `create table communities (
     id text collate "C" primary key, schema int not null, created_at timestamptz not null default now());
   create table owners (
     community text collate "C" primary key, epoch bigint not null, batch bigint not null, holder text not null, until timestamptz not null);
   create table kept (
     community text collate "C", tbl text collate "C", id text collate "C", doc json not null,
     primary key (community, tbl, id)) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
   create table counters (community text collate "C", name text collate "C", value bigint not null, primary key (community, name));
   create table archive (
     community text collate "C", tbl text collate "C", month char(7) collate "C", id text collate "C", doc json not null,
     primary key (community, tbl, month, id)) with (autovacuum_vacuum_scale_factor = 0.02)`,
  `create table processes (
     holder text primary key, address text not null, secret text not null, since timestamptz not null, until timestamptz not null);
   create table inbox (
     community text collate "C", id text collate "C", at timestamptz not null default clock_timestamp(), body text not null,
     primary key (community, id))`,
];

/** Any number that nobody else in this database locks by: whoever has it makes the tables. */
export const lockKey = 4_116_021_901;

/** The schema that this program writes. */
export const tablesVersion = steps.length;

/** The schema of the tables that are there; 0: there are none. */
async function versionOf(query: Query): Promise<number> {
  const { rows } = await query<{ there: boolean }>(`select to_regclass('lianxinqiao') is not null as there`);
  if (!rows[0]?.there) return 0;
  const found = await query<{ version: number }>('select version from lianxinqiao');
  return found.rows[0]?.version ?? 0;
}

/** Makes the tables, or brings them up to date; of several processes one does it. @throws NewerStateError */
export async function prepareTables(database: Database): Promise<void> {
  if ((await knownVersion(database.query)) === tablesVersion) return;
  await database.transaction(async (query) => {
    await query('select pg_advisory_xact_lock($1)', [lockKey]);
    // First: a connection that has looked in vain goes on believing that there is no such table, until a statement locks something.
    await query('create table if not exists lianxinqiao (version int not null)');
    const version = await knownVersion(query);
    for (const step of steps.slice(version)) for (const statement of step.split(';')) await query(statement);
    if (version < tablesVersion) {
      await query('delete from lianxinqiao');
      await query('insert into lianxinqiao values ($1)', [tablesVersion]);
    }
  });
}

/** As `versionOf`. @throws NewerStateError when a newer program made them */
export async function knownVersion(query: Query): Promise<number> {
  const version = await versionOf(query);
  if (version > tablesVersion)
    throw new NewerStateError(
      `the tables of the database were made by a newer version (schema ${version}, this program knows ${tablesVersion}); update the program`,
    );
  return version;
}
