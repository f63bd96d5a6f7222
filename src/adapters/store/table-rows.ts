import type { Condition, Order } from '../../desk/kernel/ports.ts';
import type { AnyRow, Table } from '../../desk/kernel/table.ts';
import { type Conditions, compare, meets } from './conditions.ts';
import { createIndex, type Found, type RowIndex } from './row-index.ts';

/** A row as the engines see it: plain JSON with an id. */
export interface Row {
  readonly id: string;
}

/** A row as it is held. */
export interface Kept {
  /** Frozen, all through: it is handed out as it is, and nobody can change it. */
  readonly row: Row;
  /** For writing: each row is serialised once, when it changes. */
  readonly json: string;
  /** Whom and what it speaks of. */
  readonly mentions: ReadonlySet<string>;
}

/** The rows of one table, with its indexes. */
export interface TableRows {
  get(id: string): Kept | undefined;
  all(): Iterable<Kept>;
  find(where: Conditions, order: Order<Row>): Kept[];
  count(where: Conditions): number;
  mentioning(text: string): Kept[];
  /** Adds, replaces or (without a row) removes. @returns what was there before */
  set(id: string, kept: Kept | undefined): Kept | undefined;
  /** A row as it is to be held; a copy of it. */
  keep(row: Row): Kept;
  /** As `keep`, but itself: of a row that was just read, and that nobody else has. */
  keepRead(row: Row): Kept;
}

const nothing: ReadonlySet<string> = new Set();

/** An empty table. @param table what is true of it; absent where the program knows none of this name */
export function createTableRows(table: Table<AnyRow> | undefined): TableRows {
  const rows = new Map<string, Kept>();
  const indexes = (table?.indexes ?? []).map((index) => createIndex(index));
  /** By what stands in them: mostly in one alone, which then needs no list. */
  const mentioned = new Map<string, Kept | Map<string, Kept>>();

  function mention(kept: Kept): void {
    for (const text of kept.mentions) {
      const those = mentioned.get(text);
      if (those instanceof Map) those.set(kept.row.id, kept);
      else if (those === undefined || those.row.id === kept.row.id) mentioned.set(text, kept);
      else
        mentioned.set(
          text,
          new Map([
            [those.row.id, those],
            [kept.row.id, kept],
          ]),
        );
    }
  }

  const mentioning = (text: string): Iterable<Kept> => {
    const those = mentioned.get(text);
    return those instanceof Map ? those.values() : those === undefined ? [] : [those];
  };

  /** What a row spoke of before, and does not any more. */
  function unmention(kept: Kept, still: ReadonlySet<string>): void {
    for (const text of kept.mentions) {
      if (still.has(text)) continue;
      const those = mentioned.get(text);
      if (those instanceof Map) those.delete(kept.row.id);
      if (!(those instanceof Map) || those.size === 0) mentioned.delete(text);
    }
  }

  const kept = (row: Row, json: string): Kept => ({
    row: frozen(row),
    json,
    mentions: table && !table.mentions.none ? table.mentions.all(row) : nothing,
  });

  return {
    get: (id) => rows.get(id),
    all: () => rows.values(),
    find(where, { by = 'id', descending = false, limit }) {
      const one = typeof where.id === 'string' ? rows.get(where.id) : undefined;
      if (typeof where.id === 'string') return one && fits(one, where) ? [one] : [];
      const way = bestWay(indexes, where, by, limit);
      const ordered = way?.isOrderedBy(by) === true;
      const found: Kept[] = [];
      for (const kept of way?.rows(descending) ?? rows.values()) {
        const last = found[found.length - 1];
        // Of equals the ids ascend whatever the order: those that are equal to the last one are looked at too.
        if (ordered && limit !== undefined && found.length >= limit && last && compareBy(by, last, kept) !== 0) break;
        if (fits(kept, where)) found.push(kept);
      }
      const direction = descending ? -1 : 1;
      // By id where the order leaves it open, so that every engine answers alike.
      found.sort((a, b) => direction * compareBy(by, a, b) || compare(a.row.id, b.row.id));
      return limit === undefined ? found : found.slice(0, limit);
    },
    count(where) {
      const way = bestWay(indexes, where, 'id', undefined);
      if (way && Object.keys(where).every((field) => way.fields.includes(field))) return way.count;
      let count = 0;
      for (const kept of way?.rows(false) ?? rows.values()) if (fits(kept, where)) count++;
      return count;
    },
    mentioning: (text) => [...mentioning(text)].sort((a, b) => compare(a.row.id, b.row.id)),
    set(id, kept) {
      const before = rows.get(id);
      for (const index of indexes) index.change(before, kept);
      if (before) unmention(before, kept?.mentions ?? nothing);
      if (kept) mention(kept);
      if (kept) rows.set(id, kept);
      else rows.delete(id);
      return before;
    },
    keep(row) {
      const json = JSON.stringify(row);
      return kept(JSON.parse(json), json);
    },
    keepRead: (row) => kept(row, JSON.stringify(row)),
  };
}

/** Plain JSON that nobody can change any more. */
function frozen<T>(json: T): T {
  if (typeof json !== 'object' || json === null) return json;
  for (const key in json) frozen(json[key]);
  return Object.freeze(json);
}

type Way = Found & { readonly fields: readonly string[] };

/** The index that leads to the fewest rows; undefined when each row has to be looked at. */
function bestWay(indexes: readonly RowIndex[], where: Conditions, by: string, limit: number | undefined): Way | undefined {
  let best: { readonly way: Way; readonly cost: number } | undefined;
  for (const { fields, find } of indexes) {
    const found = find(where);
    if (!found) continue;
    const way: Way = { ...found, fields };
    const told = Object.keys(where).every((field) => fields.includes(field));
    const cost = limit !== undefined && told && found.isOrderedBy(by) ? Math.min(limit, found.count) : found.count;
    if (!best || cost < best.cost) best = { way, cost };
  }
  return best?.way;
}

function fits({ row }: Kept, where: Conditions): boolean {
  for (const field in where) if (!meets(row[field as keyof Row], where[field] as Condition<unknown>)) return false;
  return true;
}

function compareBy(field: keyof Row, a: Kept, b: Kept): number {
  return compare(a.row[field], b.row[field]);
}
