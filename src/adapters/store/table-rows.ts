import type { Condition, Order } from '../../desk/kernel/ports.ts';
import type { AnyRow, Table } from '../../desk/kernel/table.ts';
import { type Conditions, compare, meets } from './conditions.ts';
import { createMentionIndex } from './mention-index.ts';
import { createIndex, type Found, type RowIndex } from './row-index.ts';

/** A row as the engines see it: plain JSON with an id. */
export interface Row {
  readonly id: string;
}

/** The rows of one table, with its indexes. */
export interface TableRows {
  get(id: string): Row | undefined;
  all(): Iterable<Row>;
  find(where: Conditions, order: Order<Row>): Row[];
  count(where: Conditions): number;
  mentioning(text: string): Row[];
  /**
   * Adds, replaces or (without a row) removes.
   * @param row frozen, all through: it is handed out as it is
   * @returns what was there before
   */
  set(id: string, row: Row | undefined): Row | undefined;
}

/** An empty table. @param table what is true of it; absent where the program knows none of this name */
export function createTableRows(table: Table<AnyRow> | undefined): TableRows {
  const rows = new Map<string, Row>();
  const all = () => rows.values();
  const indexes = (table?.indexes ?? []).map((index) => createIndex(index, all));
  const mentions = createMentionIndex(table?.mentions, all);
  return {
    get: (id) => rows.get(id),
    all,
    find(where, { by = 'id', descending = false, limit }) {
      const one = typeof where.id === 'string' ? rows.get(where.id) : undefined;
      if (typeof where.id === 'string') return one && fits(one, where) ? [one] : [];
      const way = bestWay(indexes, where, by, limit);
      const ordered = way?.isOrderedBy(by) === true;
      const found: Row[] = [];
      for (const row of way?.rows(descending) ?? rows.values()) {
        const last = found[found.length - 1];
        // Of equals the ids ascend whatever the order: those that are equal to the last one are looked at too.
        if (ordered && limit !== undefined && found.length >= limit && last && compare(last[by], row[by]) !== 0) break;
        if (fits(row, where)) found.push(row);
      }
      const direction = descending ? -1 : 1;
      // By id where the order leaves it open, so that every engine answers alike.
      if (!ordered || descending) found.sort((a, b) => direction * compare(a[by], b[by]) || compare(a.id, b.id));
      return limit === undefined ? found : found.slice(0, limit);
    },
    count(where) {
      if (Object.keys(where).length === 0) return rows.size;
      const way = bestWay(indexes, where, 'id', undefined);
      if (way && Object.keys(where).every((field) => way.fields.includes(field))) return way.count;
      let count = 0;
      for (const row of way?.rows(false) ?? rows.values()) if (fits(row, where)) count++;
      return count;
    },
    mentioning: (text) => [...mentions.find(text)].sort((a, b) => compare(a.id, b.id)),
    set(id, row) {
      const before = rows.get(id);
      for (const index of indexes) index.change(before, row);
      mentions.change(before, row);
      if (row) rows.set(id, row);
      else rows.delete(id);
      return before;
    },
  };
}

/** The index that leads to the fewest rows; undefined when each row has to be looked at. */
function bestWay(indexes: readonly RowIndex[], where: Conditions, by: string, limit: number | undefined): Found | undefined {
  let best: { readonly way: Found; readonly cost: number } | undefined;
  for (const index of indexes) {
    const way = index.find(where, by);
    if (!way) continue;
    if (way.count === 0) return way;
    const told = limit !== undefined && Object.keys(where).every((field) => way.fields.includes(field));
    const cost = told && way.isOrderedBy(by) ? Math.min(limit, way.count) : way.count;
    if (!best || cost < best.cost) best = { way, cost };
  }
  return best?.way;
}

function fits(row: Row, where: Conditions): boolean {
  for (const field in where) if (!meets(row[field as keyof Row], where[field] as Condition<unknown>)) return false;
  return true;
}
