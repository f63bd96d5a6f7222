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

/** Rows that are alike in the fields that have to be equal. */
interface Bucket {
  /** Those that have the field by which it is ordered. */
  readonly sorted: SortedList<Kept>;
  /** The others, by id. */
  readonly others: Map<string, Kept>;
}

/** Some of the rows of a bucket. */
interface Part {
  readonly count: number;
  items(descending: boolean): Iterable<Kept>;
}

export function createIndex({ equal, order }: Index<never>): RowIndex {
  const buckets = new Map<string, Bucket>();
  /** Undefined for a row that has not all of the fields: nobody can look for it here. */
  const keyOf = (kept: Kept) => keyOfValues(equal.map((field) => fieldOf(kept, field)));
  const orderOf = (kept: Kept) => (order === undefined ? undefined : fieldOf(kept, order));
  const inOrder = (a: Kept, b: Kept) => compare(fieldOf(a, order ?? 'id'), fieldOf(b, order ?? 'id')) || compare(a.row.id, b.row.id);

  const bucketOf = (key: string) => {
    const bucket = buckets.get(key) ?? { sorted: new SortedList(inOrder), others: new Map<string, Kept>() };
    buckets.set(key, bucket);
    return bucket;
  };

  function add(key: string, kept: Kept): void {
    const { sorted, others } = bucketOf(key);
    if (orderOf(kept) === undefined) others.set(kept.row.id, kept);
    else sorted.add(kept);
  }

  function remove(key: string, kept: Kept): void {
    const { sorted, others } = bucketOf(key);
    if (orderOf(kept) === undefined) others.delete(kept.row.id);
    else sorted.remove(kept);
    if (others.size === 0 && sorted.isEmpty) buckets.delete(key);
  }

  /** What the condition on the order leads to in a bucket; without one, everything. */
  function partsOf({ sorted, others }: Bucket, conditions: Conditions): Part[] {
    const between = (atLeast: unknown, atMost: unknown) =>
      sorted.between(
        (kept) => atLeast !== undefined && compare(fieldOf(kept, order ?? 'id'), atLeast) < 0,
        (kept) => atMost !== undefined && compare(fieldOf(kept, order ?? 'id'), atMost) > 0,
      );
    if (order === undefined || !(order in conditions))
      return [{ count: others.size, items: () => others.values() }, between(undefined, undefined)];
    const { atLeast, atMost } = boundsOf(conditions[order]);
    return choicesOf(conditions[order])?.map((value) => between(value, value)) ?? [between(atLeast, atMost)];
  }

  return {
    fields: order === undefined ? equal : [...equal, order],
    change(before, after) {
      const [was, is] = [before && keyOf(before), after && keyOf(after)];
      if (before && after && was !== undefined && was === is && orderOf(before) === orderOf(after)) {
        const { sorted, others } = bucketOf(was);
        if (orderOf(before) === undefined) others.set(after.row.id, after);
        else sorted.replace(before, after);
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
        isOrderedBy: (field) =>
          parts.length === 0 || (field === order && parts.length === 1 && those.every(({ others }) => others.size === 0)),
        rows: (descending) => oneAfterAnother(parts, descending),
      };
    },
  };
}

/** Values are texts, numbers, true and false. */
function keyOfValues(values: readonly unknown[]): string | undefined {
  let key = '';
  for (const value of values) {
    if (value === undefined) return undefined;
    key += `${String(value)}\n`;
  }
  return key;
}

const fieldOf = ({ row }: Kept, field: string) => (row as unknown as Readonly<Record<string, unknown>>)[field];

function* oneAfterAnother(parts: readonly Part[], descending: boolean): Iterable<Kept> {
  for (const { items } of parts) yield* items(descending);
}

/** One value of each list, in all ways. */
function combinations(lists: readonly (readonly unknown[])[]): unknown[][] {
  return lists.reduce<unknown[][]>((all, list) => all.flatMap((begun) => list.map((each) => [...begun, each])), [[]]);
}
