import type { Row } from './table-rows.ts';

/** A row that cannot be read, as it is kept aside in the table `damaged` (desk/keeping/rows.ts). */
export interface Damaged extends Row {
  readonly table: string;
  readonly row: unknown;
  readonly why: string;
  readonly at: string;
}

/**
 * Puts a row aside.
 * @param why what is wrong with it, without its words
 * @param isTaken tells whether there is a row aside of this id already: the same row may have been damaged before
 */
export function asideOf(table: string, row: unknown, why: string, now: Date, isTaken: (id: string) => boolean): Damaged {
  const first = `${table}/${(row as Partial<Row> | null)?.id ?? ''}`;
  let id = first;
  for (let count = 2; isTaken(id); count++) id = `${first}/${count}`;
  return { id, table, row, why, at: now.toISOString() };
}
