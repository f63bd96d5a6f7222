import type { Condition, Order, Where } from '../../desk/kernel/ports.ts';

/** A row as the engines see it: plain JSON with an id. */
export interface Row {
  readonly id: string;
}

interface Kept {
  /** For looking at; never handed out. */
  readonly row: Row;
  /** For handing out copies and for writing: each row is serialised once, when it changes. */
  readonly json: string;
}

/** What undoes one change. */
export type Undo = () => void;

/** All rows and counters in memory. Every change tells how to undo it. */
export interface Rows {
  get(table: string, id: string): Row | undefined;
  find(table: string, where: Where<Row>, order: Order<Row>): Row[];
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

/** Rows as they were dumped. */
export function loadRows(dump: Dump): Rows {
  const tables = new Map<string, Map<string, Kept>>();
  const counters = new Map(Object.entries(dump.counters));
  /** Tables as they were last written; a commit joins only those anew that have changed. */
  const texts = new Map<string, string>();
  const table = (name: string) => {
    const known = tables.get(name) ?? new Map<string, Kept>();
    tables.set(name, known);
    return known;
  };
  for (const [name, rows] of Object.entries(dump.tables)) for (const row of rows) table(name).set(row.id, keep(row));

  return {
    get: (name, id) => copy(table(name).get(id)),
    has: (name, id) => table(name).has(id),
    find(name, where, { by = 'id', descending = false, limit }) {
      const conditions = Object.entries(where) as [keyof Row, Condition<unknown>][];
      const found = [...table(name).values()].filter(({ row }) => conditions.every(([field, condition]) => meets(row[field], condition)));
      const direction = descending ? -1 : 1;
      // By id where the order leaves it open, so that every engine answers alike.
      found.sort((a, b) => direction * compare(a.row[by], b.row[by]) || compare(a.row.id, b.row.id));
      return (limit === undefined ? found : found.slice(0, limit)).map((kept) => copy(kept) as Row);
    },
    set(name, id, row) {
      const rows = table(name);
      const before = rows.get(id);
      const become = (kept: Kept | undefined) => {
        texts.delete(name);
        if (kept) rows.set(id, kept);
        else rows.delete(id);
      };
      become(row && keep(row));
      return () => become(before);
    },
    next(counter) {
      const before = counters.get(counter);
      counters.set(counter, (before ?? 0) + 1);
      return { value: (before ?? 0) + 1, undo: () => (before === undefined ? counters.delete(counter) : counters.set(counter, before)) };
    },
    serialise(version) {
      const written = [...tables].map(([name, rows]) => {
        const text = texts.get(name) ?? `${JSON.stringify(name)}:[\n${[...rows.values()].map(({ json }) => json).join(',\n')}\n]`;
        texts.set(name, text);
        return text;
      });
      return `{"version":${version},"counters":${JSON.stringify(Object.fromEntries(counters))},"tables":{\n${written.join(',\n')}\n}}\n`;
    },
  };
}

function keep(row: Row): Kept {
  const json = JSON.stringify(row);
  return { row: JSON.parse(json), json };
}

function copy(kept: Kept | undefined): Row | undefined {
  return kept && JSON.parse(kept.json);
}

function meets(value: unknown, condition: Condition<unknown>): boolean {
  if (Array.isArray(condition)) return condition.includes(value);
  if (typeof condition !== 'object' || condition === null) return value === condition;
  const { atLeast, atMost } = condition as { atLeast?: unknown; atMost?: unknown };
  if (value === undefined) return false;
  return (atLeast === undefined || compare(value, atLeast) >= 0) && (atMost === undefined || compare(value, atMost) <= 0);
}

/** Numbers as numbers, everything else as text by code unit; what is missing comes first. */
function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a ?? ''), String(b ?? '')];
  return left < right ? -1 : Number(left > right);
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
