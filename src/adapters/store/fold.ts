import type { Changes, Dump, Row, Whole } from './rows.ts';

/** A state that is put together from its beginning and the changes that followed. */
export interface Fold {
  add(changes: Changes): void;
  /** As `add`, from the form in which it was written; see `written`. */
  addWritten(entry: WrittenChanges): void;
  dump(version: number): Dump;
}

/** Changes as they stand in a line of a journal. */
export interface WrittenChanges {
  readonly put?: Readonly<Record<string, readonly Row[]>>;
  readonly gone?: Readonly<Record<string, readonly string[]>>;
  readonly counters?: Readonly<Record<string, number>>;
  /** With these something was taken away for good that still stands in lines before. */
  readonly wipes?: true;
}

export function createFold(): Fold {
  const tables = new Map<string, Map<string, Row>>();
  const counters = new Map<string, number>();
  const table = (name: string) => {
    const rows = tables.get(name) ?? new Map<string, Row>();
    tables.set(name, rows);
    return rows;
  };
  return {
    add(changes) {
      for (const [name, id, json] of changes.rows) {
        if (json === undefined) table(name).delete(id);
        else table(name).set(id, JSON.parse(json));
      }
      for (const [name, value] of Object.entries(changes.counters)) counters.set(name, value);
    },
    addWritten({ put = {}, gone = {}, counters: counted = {} }) {
      for (const [name, rows] of Object.entries(put)) for (const row of rows) table(name).set(row.id, row);
      for (const [name, ids] of Object.entries(gone)) for (const id of ids) table(name).delete(id);
      for (const [name, value] of Object.entries(counted)) counters.set(name, value);
    },
    dump: (version) => ({
      version,
      counters: Object.fromEntries(counters),
      tables: Object.fromEntries([...tables].map(([name, rows]) => [name, [...rows.values()]])),
    }),
  };
}

/** Changes as JSON, for a line of a journal. Rows are text already and are not written anew. @param wipes see WrittenChanges */
export function writtenChanges({ rows, counters }: Changes, wipes = false): string {
  const put = new Map<string, string[]>();
  const gone = new Map<string, string[]>();
  for (const [table, id, json] of rows) {
    if (json === undefined) listOf(gone, table).push(JSON.stringify(id));
    else listOf(put, table).push(json);
  }
  const parts = [
    ...(wipes ? ['"wipes":true'] : []),
    ...(put.size > 0 ? [`"put":${listsOf(put)}`] : []),
    ...(gone.size > 0 ? [`"gone":${listsOf(gone)}`] : []),
    ...(Object.keys(counters).length > 0 ? [`"counters":${JSON.stringify(counters)}`] : []),
  ];
  return `{${parts.join(',')}}`;
}

function listOf(lists: Map<string, string[]>, table: string): string[] {
  const list = lists.get(table) ?? [];
  lists.set(table, list);
  return list;
}

const listsOf = (tables: ReadonlyMap<string, readonly string[]>) =>
  `{${[...tables].map(([name, items]) => `${JSON.stringify(name)}:[${items.join(',')}]`).join(',')}}`;

/** A whole state as such entries, of about so many characters each. */
export function* wholeInParts({ tables }: Whole, atMost = 64_000): Generator<string> {
  for (const [table, rows] of tables) {
    let part: string[] = [];
    let length = 0;
    for (const row of rows) {
      const json = JSON.stringify(row);
      part.push(json);
      length += json.length;
      if (length < atMost) continue;
      yield `{"put":${listsOf(new Map([[table, part]]))}}`;
      part = [];
      length = 0;
    }
    if (part.length > 0) yield `{"put":${listsOf(new Map([[table, part]]))}}`;
  }
}
