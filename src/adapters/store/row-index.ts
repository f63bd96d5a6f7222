import type { Index } from '../../desk/kernel/table.ts';
import { boundsOf, type Conditions, choicesOf, compare } from './conditions.ts';
import { SortedList } from './sorted-list.ts';
import type { Kept } from './table-rows.ts';

/** Rows that an index leads to. */
export interface Found {
  readonly count: number;
  /** Whether they come in the order of this field, and where it is equal of their ids. */
  isOrderedBy(field: string): boolean;
  /** From the first or from the last one on. */
  rows(descending: boolean): Iterable<Kept>;
}

/** Rows by some of their fields. */
export interface RowIndex {
  readonly fields: readonly string[];
  /** A row has come, gone, or become another one of the same id. */
  change(before: Kept | undefined, after: Kept | undefined): void;
  /** The rows that fit as far as its fields tell; undefined when the conditions do not lead through it. */
  find(conditions: Conditions): Found | undefined;
}

/** Rows that are alike in the fields that have to be equal. Most hold one row, and there are many: what is not needed is not made. */
interface Bucket {
  /** Those that have the field by which it is ordered. */
  sorted?: SortedList<Kept>;
  /** The others, by id. */
  others?: Map<string, Kept>;
}

/** Some of the rows of a bucket. */
interface Part {
  readonly count: number;
  items(descending: boolean): Iterable<Kept>;
}

export function createIndex({ equal, order }: Index<never>): RowIndex {
  const buckets = new Map<string, Bucket>();
  /** Undefined for a row that has not all of the fields: nobody can look for it here. */
  const [first, ...more] = equal;
  const keyOf = (kept: Kept) =>
    first !== undefined && more.length === 0 ? keyOfValue(fieldOf(kept, first)) : keyOfValues(equal.map((field) => fieldOf(kept, field)));
  const orderOf = (kept: Kept) => (order === undefined ? undefined : fieldOf(kept, order));
  const inOrder = (a: Kept, b: Kept) => compare(fieldOf(a, order ?? 'id'), fieldOf(b, order ?? 'id')) || compare(a.row.id, b.row.id);

  function add(key: string, kept: Kept): void {
    let bucket = buckets.get(key);
    if (!bucket) {
      bucket = {};
      buckets.set(key, bucket);
    }
    if (orderOf(kept) === undefined) {
      bucket.others ??= new Map();
      bucket.others.set(kept.row.id, kept);
    } else {
      bucket.sorted ??= new SortedList(inOrder);
      bucket.sorted.add(kept);
    }
  }

  function remove(key: string, kept: Kept): void {
    const bucket = buckets.get(key);
    if (!bucket) return;
    const { sorted, others } = bucket;
    if (orderOf(kept) === undefined) others?.delete(kept.row.id);
    else sorted?.remove(kept);
    if (!others?.size && sorted?.isEmpty !== false) buckets.delete(key);
  }

  /** Puts a row in the place of one with the same key and order. */
  function replace(key: string, before: Kept, after: Kept): void {
    const { sorted, others } = buckets.get(key) ?? {};
    if (orderOf(before) === undefined) others?.set(after.row.id, after);
    else sorted?.replace(before, after);
  }

  /** What the condition on the order leads to in a bucket; without one, everything. */
  function partsOf({ sorted, others }: Bucket, conditions: Conditions): Part[] {
    const between = (atLeast: unknown, atMost: unknown): Part[] =>
      sorted
        ? [
            sorted.between(
              (kept) => atLeast !== undefined && compare(fieldOf(kept, order ?? 'id'), atLeast) < 0,
              (kept) => atMost !== undefined && compare(fieldOf(kept, order ?? 'id'), atMost) > 0,
            ),
          ]
        : [];
    if (order === undefined || !(order in conditions))
      return [...(others ? [{ count: others.size, items: () => others.values() }] : []), ...between(undefined, undefined)];
    const { atLeast, atMost } = boundsOf(conditions[order]);
    return choicesOf(conditions[order])?.flatMap((value) => between(value, value)) ?? between(atLeast, atMost);
  }

  return {
    fields: order === undefined ? equal : [...equal, order],
    change(before, after) {
      const [was, is] = [before && keyOf(before), after && keyOf(after)];
      if (before && after && was !== undefined && was === is && orderOf(before) === orderOf(after)) {
        replace(was, before, after);
        return;
      }
      if (before && was !== undefined) remove(was, before);
      if (after && is !== undefined) add(is, after);
    },
    find(conditions) {
      const wanted = equal.map((field) => (field in conditions ? choicesOf(conditions[field]) : undefined));
      const values = wanted.flatMap((choices) => (choices ? [choices] : []));
      if (values.length < wanted.length) return undefined;
      const those = combinations(values).flatMap((each) => buckets.get(keyOfValues(each) ?? '') ?? []);
      const parts = those.flatMap((bucket) => partsOf(bucket, conditions)).filter(({ count }) => count > 0);
      return {
        count: parts.reduce((sum, { count }) => sum + count, 0),
        isOrderedBy: (field) => parts.length === 0 || (field === order && parts.length === 1 && those.every(({ others }) => !others?.size)),
        rows: (descending) => oneAfterAnother(parts, descending),
      };
    },
  };
}

/** Values are texts, numbers, true and false. */
function keyOfValues(values: readonly unknown[]): string | undefined {
  if (values.length === 1) return keyOfValue(values[0]);
  let key = '';
  for (const value of values) {
    if (value === undefined) return undefined;
    key += `${String(value)}\n`;
  }
  return key;
}

/** One alone is told apart as it is. */
const keyOfValue = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

const fieldOf = ({ row }: Kept, field: string) => (row as unknown as Readonly<Record<string, unknown>>)[field];

function* oneAfterAnother(parts: readonly Part[], descending: boolean): Iterable<Kept> {
  for (const { items } of parts) yield* items(descending);
}

/** One value of each list, in all ways. */
function combinations(lists: readonly (readonly unknown[])[]): unknown[][] {
  return lists.reduce<unknown[][]>((all, list) => all.flatMap((begun) => list.map((each) => [...begun, each])), [[]]);
}
