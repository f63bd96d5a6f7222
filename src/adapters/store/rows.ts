import type { Order } from '../../desk/kernel/ports.ts';
import type { AnyRow, Table } from '../../desk/kernel/table.ts';
import { tables as declared } from '../../desk/parts.ts';
import type { Conditions } from './conditions.ts';
import { asideOf } from './damaged.ts';
import { createTableRows, type Row, type TableRows } from './table-rows.ts';

export type { Row };

/** What undoes one change. */
export type Undo = () => void;

/** All rows and counters in memory. Every change tells how to undo it. */
export interface Rows {
  get(table: string, id: string): Row | undefined;
  find(table: string, where: Conditions, order: Order<Row>): Row[];
  count(table: string, where: Conditions): number;
  mentioning(table: string, text: string): Row[];
  /** Adds, replaces or (without a row) removes. What is kept is a copy of the row. */
  set(table: string, id: string, row: Row | undefined): Undo;
  has(table: string, id: string): boolean;
  next(counter: string): { value: number; undo: Undo };
  /** What these rows and counters are now. */
  changes(touched: Touched): Changes;
  /** Everything, as it is at this moment. */
  whole(): Whole;
  /** How many rows could not be read when they were loaded. */
  readonly unreadable: number;
}

/** What becomes of rows and counters; rows are JSON text. */
export interface Changes {
  /** Table, id, and the row as it is now; without a row it is gone. */
  readonly rows: readonly (readonly [table: string, id: string, json: string | undefined])[];
  readonly counters: Readonly<Record<string, number>>;
}

/** Everything that is kept at hand; rows are frozen, so that nothing of it changes while it is written. */
export interface Whole {
  readonly counters: Readonly<Record<string, number>>;
  readonly tables: readonly (readonly [table: string, rows: readonly Row[]])[];
}

/** Which rows and counters were changed, each once. */
export interface Touched {
  row(table: string, id: string): void;
  counter(name: string): void;
  add(other: Touched): void;
  readonly rows: ReadonlyMap<string, ReadonlySet<string>>;
  readonly counters: ReadonlySet<string>;
}

export function createTouched(): Touched {
  const rows = new Map<string, Set<string>>();
  const counters = new Set<string>();
  const touched: Touched = {
    row(table, id) {
      rows.set(table, (rows.get(table) ?? new Set()).add(id));
    },
    counter: (name) => void counters.add(name),
    add(other) {
      for (const [table, ids] of other.rows) for (const id of ids) touched.row(table, id);
      for (const name of other.counters) counters.add(name);
    },
    rows,
    counters,
  };
  return touched;
}

/** The state as it is handed over: moved, backed up, restored, migrated. */
export interface Dump {
  readonly version: number;
  readonly counters: Readonly<Record<string, number>>;
  readonly tables: Readonly<Record<string, readonly Row[]>>;
}

/** Everything as a dump. */
export const dumpOf = ({ counters, tables }: Whole, version: number): Dump => ({
  version,
  counters,
  tables: Object.fromEntries(tables),
});

/** A dump as JSON, one row a line. */
export function dumpText({ version, counters, tables }: Dump): string {
  const lists = Object.entries(tables).map(
    ([name, rows]) => `${JSON.stringify(name)}:[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]`,
  );
  return `{"version":${version},"counters":${JSON.stringify(counters)},"tables":{\n${lists.join(',\n')}\n}}\n`;
}

export const emptyDump = (version: number): Dump => ({ version, counters: {}, tables: {} });

/** What is true of a table; undefined where the program knows none of this name. */
export const tableOf = (name: string) => (declared as Readonly<Record<string, unknown>>)[name] as Table<AnyRow> | undefined;

/** Rows as they were dumped; the dump is theirs from now on. Those that do not fit their table are put aside, into `damaged`. */
export function loadRows(dump: Dump, now = new Date()): Rows {
  const tables = new Map<string, TableRows>();
  const counters = new Map(Object.entries(dump.counters));
  let unreadable = 0;
  const table = (name: string) => {
    const known = tables.get(name) ?? createTableRows(tableOf(name));
    tables.set(name, known);
    return known;
  };
  for (const [name, rows] of Object.entries(dump.tables)) {
    // Also of a table of which nothing is left readable, so that it is known where it was.
    for (const row of asList(rows)) load(name, row);
  }

  function load(name: string, row: unknown): void {
    const why = misfit(name, row);
    if (why === undefined) table(name).set((row as Row).id, frozen(row as Row));
    else {
      unreadable++;
      putAside(name, row, why);
    }
  }

  function putAside(name: string, row: unknown, why: string): void {
    const damaged = table('damaged');
    const aside = asideOf(name, row, why, now, (id) => damaged.get(id) !== undefined);
    damaged.set(aside.id, frozen(aside));
  }

  return {
    get: (name, id) => table(name).get(id),
    has: (name, id) => table(name).get(id) !== undefined,
    find: (name, where, order) => table(name).find(where, order),
    count: (name, where) => table(name).count(where),
    mentioning: (name, text) => table(name).mentioning(text),
    set(name, id, row) {
      const rows = table(name);
      const before = rows.set(id, row && frozen(JSON.parse(JSON.stringify(row))));
      return () => rows.set(id, before);
    },
    next(counter) {
      const before = counters.get(counter);
      counters.set(counter, (before ?? 0) + 1);
      return { value: (before ?? 0) + 1, undo: () => (before === undefined ? counters.delete(counter) : counters.set(counter, before)) };
    },
    changes: (touched) => ({
      rows: [...touched.rows].flatMap(([name, ids]) => [...ids].map((id) => [name, id, textOf(table(name).get(id))] as const)),
      counters: Object.fromEntries([...touched.counters].map((name) => [name, counters.get(name) ?? 0])),
    }),
    whole: () => ({
      counters: Object.fromEntries(counters),
      tables: [...tables].map(([name, rows]) => [name, [...rows.all()]] as const),
    }),
    unreadable,
  };
}

/** What of a row does not fit its table, by its place and without its words; undefined when it fits. */
export function misfit(table: string, row: unknown): string | undefined {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return 'it is no row';
  const { id } = row as Partial<Row>;
  if (typeof id !== 'string' || id === '') return 'it has no id';
  const issue = tableOf(table)?.row.safeParse(row).error?.issues[0];
  return issue && `${issue.path.join('.')}: ${issue.message}`;
}

/** The rows of a table; what stands in the place of a list, as the only one. */
export const asList = (rows: unknown): readonly unknown[] => (Array.isArray(rows) ? rows : [rows]);

const textOf = (row: Row | undefined) => row && JSON.stringify(row);

/** Plain JSON that nobody can change any more. */
function frozen<T>(json: T): T {
  if (typeof json !== 'object' || json === null) return json;
  for (const key in json) frozen(json[key]);
  return Object.freeze(json);
}

/**
 * Refuses what would not come back from JSON as it went in.
 * @throws TypeError naming the place
 */
export function assertPlain(value: unknown, place: string): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      assertPlain(item, `${place}[${index}]`);
    });
    return;
  }
  const prototype = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined;
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`${place} is not plain JSON (${Object.prototype.toString.call(value)})`);
  for (const [key, item] of Object.entries(value as object)) assertPlain(item, `${place}.${key}`);
}
