import type { Database, Query } from './database.ts';
import { type Amendment, type Archived, type Batch, concerns, type Disk } from './engine.ts';
import { latestOfEach } from './memory.ts';
import type { Changes, Dump, Row, Whole } from './rows.ts';

/** So many rows are read or written with one statement, so that none takes longer than a statement may. */
const pageSize = 10_000;

/** An id as it stands in a column: as JSON writes it, in which text of any kind is well-formed. */
const keyOf = (id: string) => JSON.stringify(id).slice(1, -1);

/** Whether a column may hold it: U+0000 and halves of characters stand in JSON only as they are escaped. */
const isText = (text: string) => !/\p{Surrogate}/u.test(text) && !text.includes('\u0000');

/** The state of a community; undefined: it has none. Run it in a transaction of its own. @param only these tables */
export async function readState(query: Query, community: string, only?: readonly string[]): Promise<Dump | undefined> {
  const { rows: known } = await query<{ schema: number }>('select schema from communities where id = $1', [community]);
  const version = known[0]?.schema;
  if (version === undefined) return undefined;
  const { rows: counted } = await query<{ name: string; value: string }>('select name, value from counters where community = $1', [
    community,
  ]);
  const tables: Record<string, Row[]> = {};
  for await (const { tbl, doc } of pages(query, 'kept', community, only)) {
    tables[tbl] ??= [];
    tables[tbl]?.push(JSON.parse(doc));
  }
  return { version, counters: Object.fromEntries(counted.map(({ name, value }) => [name, Number(value)])), tables };
}

const keys = { kept: ['tbl', 'id'], archive: ['tbl', 'month', 'id'] } as const;

/** All rows of a community in a table, by their keys. @param only those of these tables of the application */
async function* pages<T extends keyof typeof keys>(
  query: Query,
  from: T,
  community: string,
  only?: readonly string[],
): AsyncGenerator<Readonly<Record<(typeof keys)[T][number] | 'doc', string>>> {
  const key: readonly string[] = keys[from];
  const after = key.map((_, index) => `$${index + 2}`);
  let last = key.map(() => '');
  for (let full = true; full; ) {
    const { rows } = await query<Record<(typeof keys)[T][number] | 'doc', string>>(
      `select ${key}, doc::text as doc from ${from} where community = $1 and (${key}) > (${after})
       ${only ? `and tbl = any($${key.length + 2}::text[])` : ''} order by ${key} limit ${pageSize}`,
      [community, ...last, ...(only ? [[...only]] : [])],
    );
    yield* rows;
    const end: Readonly<Record<string, string>> = rows.at(-1) ?? {};
    last = key.map((column) => end[column] ?? '');
    full = rows.length === pageSize;
  }
}

/** Writes what a batch has changed; one batch is one transaction. */
export async function writeBatch(query: Query, community: string, { changes, archived, amendments }: Batch): Promise<void> {
  const archiving = async () => {
    await addToArchive(query, community, archived);
    for (const amendment of amendments) await amendArchive(query, community, amendment);
  };
  await Promise.all([writeChanges(query, community, changes), archiving()]);
}

/** Puts a state in the place of whatever a community had, but for its archive. What takes long is done before: a transaction must not stand still. */
export function replacingState(community: string, { counters, tables }: Whole, schema: number): (query: Query) => Promise<void> {
  const rows = tables.flatMap(([table, all]) => all.map((row) => [table, row.id, JSON.stringify(row)] as const));
  return async (query) => {
    await query('insert into communities (id, schema) values ($1, $2) on conflict (id) do update set schema = excluded.schema', [
      community,
      schema,
    ]);
    await query('delete from kept where community = $1', [community]);
    await query('delete from counters where community = $1', [community]);
    await writeChanges(query, community, { rows, counters });
  };
}

/** Its statements touch different rows: they are sent together, and a long one in parts. */
async function writeChanges(query: Query, community: string, { rows, counters }: Changes): Promise<void> {
  const put = rows.flatMap(([table, id, json]) => (json === undefined ? [] : [[table, keyOf(id), json] as const]));
  const gone = rows.flatMap(([table, id, json]) => (json === undefined ? [[table, keyOf(id)] as const] : []));
  await Promise.all([
    inParts(
      put,
      `insert into kept select $1, tbl, id, doc::json from unnest($2::text[], $3::text[], $4::text[]) as put (tbl, id, doc)
       on conflict (community, tbl, id) do update set doc = excluded.doc`,
    ),
    inParts(
      gone,
      `delete from kept using unnest($2::text[], $3::text[]) as gone (tbl, id)
       where kept.community = $1 and kept.tbl = gone.tbl and kept.id = gone.id`,
    ),
    inParts(
      Object.entries(counters),
      `insert into counters select $1, name, value from unnest($2::text[], $3::bigint[]) as counted (name, value)
       on conflict (community, name) do update set value = excluded.value`,
    ),
  ]);

  async function inParts(all: readonly (readonly unknown[])[], text: string): Promise<void> {
    for (const part of parts(all)) await query(text, [community, ...columns(part, part[0]?.length ?? 0)]);
  }
}

/** Adds rows to the archive; of one that is given twice the last counts. */
async function addToArchive(query: Query, community: string, archived: readonly Archived[]): Promise<void> {
  const latest = new Map(
    archived.map(({ table, month, row }) => [`${table}/${month}/${row.id}`, [table, month, keyOf(row.id), JSON.stringify(row)]]),
  );
  for (const part of parts([...latest.values()]))
    await query(
      `insert into archive select $1, tbl, month, id, doc::json from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as put (tbl, month, id, doc)
       on conflict (community, tbl, month, id) do update set doc = excluded.doc`,
      [community, ...columns(part, 4)],
    );
}

async function amendArchive(query: Query, community: string, amendment: Amendment): Promise<void> {
  // What JSON would have to write otherwise stands in none.
  const holding = amendment.holding.filter(isText);
  const { rows } = await query<{ month: string; id: string; doc: string }>(
    `select month, id, doc::text as doc from archive where community = $1 and tbl = $2
     and exists (select from unnest($3::text[]) as held (words) where strpos(doc::text, words) > 0) for update`,
    [community, amendment.table, holding],
  );
  const where = 'community = $1 and tbl = $2 and month = $3 and id = $4';
  for (const { month, id, doc } of rows) {
    if (!concerns(amendment, doc)) continue;
    const changed = amendment.change(JSON.parse(doc));
    const key = [community, amendment.table, month, id];
    if (changed === undefined) await query(`delete from archive where ${where}`, key);
    else await query(`update archive set doc = $5::json where ${where}`, [...key, JSON.stringify(changed)]);
  }
}

/** The archive of a community, as the engine reads it. */
export function archiveOf({ query }: Pick<Database, 'query'>, community: string): Pick<Disk, 'readArchive' | 'archiveMonths'> {
  return {
    async readArchive(table, month, holding = '') {
      if (!isText(holding)) return [];
      const { rows } = await query<{ doc: string }>(
        `select doc::text as doc from archive where community = $1 and tbl = $2 and month = $3 and ($4 = '' or strpos(doc::text, $4) > 0)`,
        [community, table, month, holding],
      );
      return latestOfEach(rows.map(({ doc }) => JSON.parse(doc)));
    },
    async archiveMonths(table) {
      const { rows } = await query<{ month: string }>(
        'select distinct month from archive where community = $1 and tbl = $2 order by month',
        [community, table],
      );
      return rows.map(({ month }) => month);
    },
  };
}

/** Everything in the archive of a community. */
export async function readArchived(query: Query, community: string): Promise<Archived[]> {
  const found: Archived[] = [];
  for await (const { tbl, month, doc } of pages(query, 'archive', community)) found.push({ table: tbl, month, row: JSON.parse(doc) });
  return found;
}

/** Puts rows in the place of everything in the archive of a community. */
export async function replaceArchive(query: Query, community: string, archived: readonly Archived[]): Promise<void> {
  await query('delete from archive where community = $1', [community]);
  await addToArchive(query, community, archived);
}

function* parts<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let first = 0; first < all.length; first += pageSize) yield all.slice(first, first + pageSize);
}

/** Rows of so many values as columns. */
const columns = (rows: readonly (readonly unknown[])[], count: number): unknown[][] =>
  Array.from({ length: count }, (_, column) => rows.map((row) => row[column]));
