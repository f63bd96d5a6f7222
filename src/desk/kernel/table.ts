import type { z } from 'zod';
import { type Mentions, mentionsOf } from './mentions.ts';
import type { Transaction, Where } from './ports.ts';

/**
 * The rows that are kept, by table. A room adds its own:
 *
 *     declare module '../kernel/table.ts' {
 *       interface Tables { blocks: Block }
 *     }
 */
// biome-ignore lint/suspicious/noEmptyInterface: rooms add to it
export interface Tables {}

export type TableName = keyof Tables;

/** A row of any table. Rows are plain JSON; `id` is the identity by which `insert` makes things happen once. */
export type AnyRow = Tables[TableName];

/** A moment of a row: a field that holds one, or what can be told from the row. ISO time, UTC. */
export type MomentOf<Row> = (keyof Row & string) | ((row: Row) => string);

/** By which fields rows are looked up. */
export interface Index<Row> {
  /** By these for what they are equal to, one value or one of several; all of them have to be given. */
  readonly equal: readonly (keyof Row & string)[];
  /** By this for what it is equal to, within bounds, or in its order. */
  readonly order?: keyof Row & string;
}

/** How long some of the rows of a table are kept at hand: for so many minutes or days, or while they are among the newest. */
export interface Keeping<Row> {
  /** Which rows it is said of; absent: all. */
  readonly where?: Where<Row>;
  /** When their time begins. A row without that moment stays. */
  readonly from: MomentOf<Row>;
  readonly minutes?: number;
  readonly days?: number;
  /** Only so many are kept, the newest. */
  readonly newest?: number;
  /** Looked at each hour, not each night: by evening these would be most of the state. */
  readonly hourly?: true;
  /** What still needs a row although its time is over. */
  unless?(row: Row, tx: Transaction): Promise<boolean> | boolean;
  /** It is moved to the archive; otherwise it is forgotten. */
  readonly archived?: true;
}

/** What becomes of rows in the archive. */
export interface ArchiveTraits<Row> {
  /** To the month of which field it goes. */
  readonly by: keyof Row & string;
  /** How long it is kept there, from when on; absent: always. */
  readonly days?: number;
  readonly from?: MomentOf<Row>;
  /** What is left of a row then; absent: nothing, and whole months are dropped. */
  left?(row: Row): Row;
}

/** What is true of a table, said once in its room and listed in parts.ts. */
export interface TableTraits<Row extends { readonly id: string }> {
  /** What a row looks like. One that does not is refused when it is put, and put aside when it is loaded. */
  readonly row: z.ZodType<Row>;
  /** What is looked up otherwise is searched for row by row. */
  readonly indexes?: readonly Index<Row>[];
  readonly kept: 'always' | readonly Keeping<Row>[];
  /** Where rows are archived. */
  readonly archive?: ArchiveTraits<Row>;
  /** What becomes of a row in which a person stands who has their data deleted: what is left of it; undefined: nothing. */
  readonly deletion: 'stays' | 'goes' | ((row: Row, person: string) => Row | undefined);
  /** Of two rows that have become one, since two persons have: what is kept. Absent: the older person's. */
  joined?(newer: Row, older: Row): Row;
}

/** A table as the store and the loops over all tables use it. */
export interface Table<Row extends { readonly id: string }> extends TableTraits<Row> {
  readonly mentions: Mentions;
}

/** Every table. The compiler misses one that was declared and is not listed. */
export type AllTables = { readonly [T in TableName]: Table<Tables[T]> };

/** Declares a table. */
export function table<Row extends { readonly id: string }>(traits: TableTraits<Row>): Table<Row> {
  return { ...traits, mentions: mentionsOf(traits.row) };
}

/** A moment of a row; '' when it has none. */
export function momentOf<Row>(from: MomentOf<Row>, row: Row): string {
  return typeof from === 'function' ? from(row) : String(row[from] ?? '');
}

/** What is left of a row when a person has their data deleted. */
export function leftOf<Row extends { readonly id: string }>({ deletion }: TableTraits<Row>, row: Row, person: string): Row | undefined {
  return deletion === 'stays' ? row : deletion === 'goes' ? undefined : deletion(row, person);
}

/** Whether a row is what its table says. */
export function isReadable(table: Pick<TableTraits<AnyRow>, 'row'>, row: unknown): boolean {
  return table.row.safeParse(row).success;
}

/** All tables by name, for what must be true of each of them. */
export function eachTable(tables: AllTables): readonly (readonly [TableName, Table<AnyRow>])[] {
  return Object.entries(tables) as unknown as (readonly [TableName, Table<AnyRow>])[];
}
