import type { Order } from '../../desk/kernel/ports.ts';
import type { AnyRow, Table } from '../../desk/kernel/table.ts';
import { tables as declared } from '../../desk/parts.ts';
import type { Conditions } from './conditions.ts';
import { asideOf } from './damaged.ts';
import { createTableRows, type Kept, type Row, type TableRows } from './table-rows.ts';

export type { Row };

/** What undoes one change. */
export type Undo = () => void;

/** All rows and counters in memory. Every change tells how to undo it. */
export interface Rows {
  get(table: string, id: string): Row | undefined;
  find(table: string, where: Conditions, order: Order<Row>): Row[];
  count(table: string, where: Conditions): number;
  mentioning(table: string, text: string): Row[];
  /** Adds, replaces or (without a row) removes. */
  set(table: string, id: string, row: Row | undefined): Undo;
  has(table: string, id: string): boolean;
  next(counter: string): { value: number; undo: Undo };
  /** The whole as JSON text, one row a line. */
  serialise(version: number): string;
}

/** The form of the file. */
export interface Dump {
  readonly version: number;
  readonly counters: Readonly<Record<string, number>>;
  readonly tables: Readonly<Record<string, readonly Row[]>>;
}

export const emptyDump = (version: number): Dump => ({ version, counters: {}, tables: {} });

/** What is true of a table; undefined where the program knows none of this name. */
export const tableOf = (name: string) => (declared as Readonly<Record<string, unknown>>)[name] as Table<AnyRow> | undefined;

/** Rows as they were dumped. Those that do not fit their table are put aside, into `damaged`. */
export function loadRows(dump: Dump, now = new Date()): Rows {
  const tables = new Map<string, TableRows>();
  const counters = new Map(Object.entries(dump.counters));
  /** Tables as they were last written; a commit joins only those anew that have changed. */
  const texts = new Map<string, string>();
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
    if (why === undefined) table(name).set((row as Row).id, table(name).keep(row as Row));
    else putAside(name, row, why);
  }

  function putAside(name: string, row: unknown, why: string): void {
    const damaged = table('damaged');
    const aside = asideOf(name, row, why, now, (id) => damaged.get(id) !== undefined);
    damaged.set(aside.id, damaged.keep(aside));
  }

  return {
    get: (name, id) => copy(table(name).get(id)),
    has: (name, id) => table(name).get(id) !== undefined,
    find: (name, where, order) => table(name).find(where, order).map(copyOf),
    count: (name, where) => table(name).count(where),
    mentioning: (name, text) => table(name).mentioning(text).map(copyOf),
    set(name, id, row) {
      const rows = table(name);
      const become = (kept: Kept | undefined) => {
        texts.delete(name);
        return rows.set(id, kept);
      };
      const before = become(row && rows.keep(row));
      return () => become(before);
    },
    next(counter) {
      const before = counters.get(counter);
      counters.set(counter, (before ?? 0) + 1);
      return { value: (before ?? 0) + 1, undo: () => (before === undefined ? counters.delete(counter) : counters.set(counter, before)) };
    },
    serialise(version) {
      const written = [...tables].map(([name, rows]) => {
        const text = texts.get(name) ?? `${JSON.stringify(name)}:[\n${[...rows.all()].map(({ json }) => json).join(',\n')}\n]`;
        texts.set(name, text);
        return text;
      });
      return `{"version":${version},"counters":${JSON.stringify(Object.fromEntries(counters))},"tables":{\n${written.join(',\n')}\n}}\n`;
    },
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

const copyOf = ({ json }: Kept): Row => JSON.parse(json);

function copy(kept: Kept | undefined): Row | undefined {
  return kept && copyOf(kept);
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
