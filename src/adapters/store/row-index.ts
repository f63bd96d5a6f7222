import type { Index } from '../../desk/kernel/table.ts';
import { boundsOf, type Conditions, choicesOf, compare } from './conditions.ts';
import { SortedList } from './sorted-list.ts';
import type { Row } from './table-rows.ts';

/** Rows that an index leads to. */
export interface Found {
  /** The fields that were looked at. */
  readonly fields: readonly string[];
  readonly count: number;
  /** Whether they come in the order of this field, and where it is equal of their ids. */
  isOrderedBy(field: string): boolean;
  /** From the first or from the last one on. */
  rows(descending: boolean): Iterable<Row>;
}

/** Rows by some of their fields. */
export interface RowIndex {
  /** A row has come, gone, or become another one of the same id. */
  change(before: Row | undefined, after: Row | undefined): void;
  /** The rows that fit as far as its fields tell; undefined when neither the conditions nor the order (`by`) lead through it. */
  find(conditions: Conditions, by: string): Found | undefined;
}

/** Rows that are alike in the fields that have to be equal. Most hold one row, and there are many: what is not needed is not made. */
interface Bucket {
  /** Those that have the field by which it is ordered. */
  sorted?: SortedList<Row>;
  /** The others, by id. */
  others?: Map<string, Row>;
}

/** Some of the rows of a bucket. */
interface Part {
  readonly count: number;
  items(descending: boolean): Iterable<Row>;
}

/** @param all the rows there are: the index is made of them when it is first wanted, all at once. Many never are: a large state opens sooner */
export function createIndex({ equal, order }: Index<never>, all: () => Iterable<Row>): RowIndex {
  let made: Map<string, Bucket> | undefined;
  const fields = order === undefined ? equal : [...equal, order];
  /** Of several each is closed off; one alone is told apart as it is. Values are texts, numbers, true and false. */
  const partOf = (value: unknown) => (equal.length === 1 ? String(value) : `${String(value)}\n`);
  /** Undefined for a row that has not all of the fields: nobody can look for it here. */
  function keyOf(row: Row): string | undefined {
    let key = '';
    for (const field of equal) {
      const value = fieldOf(row, field);
      if (value === undefined) return undefined;
      key += partOf(value);
    }
    return key;
  }
  /** Every key that is wanted; undefined where the conditions do not name all of the fields. */
  function keysOf(conditions: Conditions): string[] | undefined {
    let keys = [''];
    for (const field of equal) {
      const choices = field in conditions ? choicesOf(conditions[field]) : undefined;
      if (!choices) return undefined;
      keys = keys.flatMap((begun) => choices.map((value) => begun + partOf(value)));
    }
    return keys;
  }
  const orderOf = (row: Row) => (order === undefined ? undefined : fieldOf(row, order));
  const inOrder = (a: Row, b: Row) => compare(fieldOf(a, order ?? 'id'), fieldOf(b, order ?? 'id')) || compare(a.id, b.id);

  function make(): Map<string, Bucket> {
    const buckets = new Map<string, Bucket>();
    const ordered = new Map<Bucket, Row[]>();
    for (const row of all()) {
      const key = keyOf(row);
      if (key === undefined) continue;
      const bucket = bucketOf(buckets, key);
      if (orderOf(row) === undefined) addOther(bucket, row);
      else {
        const rows = ordered.get(bucket);
        if (rows) rows.push(row);
        else ordered.set(bucket, [row]);
      }
    }
    for (const [bucket, rows] of ordered) bucket.sorted = new SortedList(inOrder, rows.sort(inOrder));
    return buckets;
  }

  function add(buckets: Map<string, Bucket>, key: string, row: Row): void {
    const bucket = bucketOf(buckets, key);
    if (orderOf(row) === undefined) addOther(bucket, row);
    else {
      bucket.sorted ??= new SortedList(inOrder);
      bucket.sorted.add(row);
    }
  }

  function remove(buckets: Map<string, Bucket>, key: string, row: Row): void {
    const bucket = buckets.get(key);
    if (!bucket) return;
    const { sorted, others } = bucket;
    if (orderOf(row) === undefined) others?.delete(row.id);
    else sorted?.remove(row);
    if (!others?.size && sorted?.isEmpty !== false) buckets.delete(key);
  }

  /** Puts a row in the place of one with the same key and order. */
  function replace({ sorted, others }: Bucket, before: Row, after: Row): void {
    if (orderOf(before) === undefined) others?.set(after.id, after);
    else sorted?.replace(before, after);
  }

  /** What the condition on the order leads to in a bucket; without one, everything. */
  function partsOf({ sorted, others }: Bucket, conditions: Conditions): Part[] {
    const between = (atLeast: unknown, atMost: unknown): Part[] =>
      sorted
        ? [
            sorted.between(
              (row) => atLeast !== undefined && compare(fieldOf(row, order ?? 'id'), atLeast) < 0,
              (row) => atMost !== undefined && compare(fieldOf(row, order ?? 'id'), atMost) > 0,
            ),
          ]
        : [];
    if (order === undefined || !(order in conditions))
      return [...(others ? [{ count: others.size, items: () => others.values() }] : []), ...between(undefined, undefined)];
    const { atLeast, atMost } = boundsOf(conditions[order]);
    return choicesOf(conditions[order])?.flatMap((value) => between(value, value)) ?? between(atLeast, atMost);
  }

  return {
    change(before, after) {
      if (!made) return;
      const [was, is] = [before && keyOf(before), after && keyOf(after)];
      if (before && after && was !== undefined && was === is && orderOf(before) === orderOf(after)) {
        replace(bucketOf(made, was), before, after);
        return;
      }
      if (before && was !== undefined) remove(made, was, before);
      if (after && is !== undefined) add(made, is, after);
    },
    find(conditions, by) {
      if (equal.length === 0 && order !== by && !(order !== undefined && order in conditions)) return undefined;
      const keys = keysOf(conditions);
      if (!keys) return undefined;
      made ??= make();
      const buckets = made;
      const those = keys.flatMap((key) => buckets.get(key) ?? []);
      const parts = those.flatMap((bucket) => partsOf(bucket, conditions)).filter(({ count }) => count > 0);
      return {
        fields,
        count: parts.reduce((sum, { count }) => sum + count, 0),
        isOrderedBy: (field) => parts.length === 0 || (field === order && parts.length === 1 && those.every(({ others }) => !others?.size)),
        rows: (descending) => oneAfterAnother(parts, descending),
      };
    },
  };
}

function bucketOf(buckets: Map<string, Bucket>, key: string): Bucket {
  let bucket = buckets.get(key);
  if (!bucket) {
    bucket = {};
    buckets.set(key, bucket);
  }
  return bucket;
}

function addOther(bucket: Bucket, row: Row): void {
  bucket.others ??= new Map();
  bucket.others.set(row.id, row);
}

const fieldOf = (row: Row, field: string) => (row as unknown as Readonly<Record<string, unknown>>)[field];

function* oneAfterAnother(parts: readonly Part[], descending: boolean): Iterable<Row> {
  for (const { items } of parts) yield* items(descending);
}
