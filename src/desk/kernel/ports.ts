import type { OfficeCalendar } from '../../domain/content/knowledge.ts';
import type { AllTables, TableName, Tables } from './table.ts';

/**
 * What a field of a row has to be like: equal to a value, one of several, or within bounds (ISO times and numbers
 * compare as they read).
 */
export type Condition<V> = V | readonly V[] | { readonly atLeast?: V; readonly atMost?: V };
export type Where<Row> = { readonly [K in keyof Row]?: Condition<NonNullable<Row[K]>> };

export interface Order<Row> {
  readonly by?: keyof Row & string;
  readonly descending?: boolean;
  readonly limit?: number;
}

/** What can be done inside a transaction. Rows handed out are frozen, all through: a changed one is a new one, and is put. */
export interface Transaction {
  /** What is true of each table. */
  readonly tables: AllTables;
  get<T extends TableName>(table: T, id: string): Promise<Tables[T] | undefined>;
  /** Adds a row; false, and nothing happens, when its id is there already. */
  insert<T extends TableName>(table: T, row: Tables[T]): Promise<boolean>;
  /** Adds or replaces a row. @throws TypeError when it does not fit its table */
  put<T extends TableName>(table: T, row: Tables[T]): Promise<void>;
  /** Removes a row; false when there was none. */
  remove(table: TableName, id: string): Promise<boolean>;
  /** The rows that fit; by id unless ordered. */
  find<T extends TableName>(table: T, where?: Where<Tables[T]>, order?: Order<Tables[T]>): Promise<Tables[T][]>;
  /** How many rows fit. */
  count<T extends TableName>(table: T, where?: Where<Tables[T]>): Promise<number>;
  /** The rows in which the id of a person or group, or the name of a file, stands as such (kernel/fields.ts); by id. */
  mentioning<T extends TableName>(table: T, text: string): Promise<Tables[T][]>;
  /** Moves a row out of the daily state into the archive of a month (yyyy-MM); false when there was none. */
  archive(table: TableName, id: string, month: string): Promise<boolean>;
  /**
   * The archived rows of a month that can be read, by id; or only those in whose JSON `holding` stands. Slow: it is read from disk.
   */
  archived<T extends TableName>(table: T, month: string, holding?: string): Promise<Tables[T][]>;
  /** The months of which a table has an archive, oldest first. */
  archivedMonths(table: TableName): Promise<string[]>;
  /**
   * Changes the archived rows in whose JSON one of `holding` stands, or drops those for which `change` returns undefined. It is
   * done with the commit of this transaction, after what was archived before it; `change` may run more than once, and is given rows too
   * that do not fit their table. Slow: whole files are read and written anew, once for all of `holding`.
   */
  amendArchive<T extends TableName>(table: T, holding: readonly string[], change: (row: Tables[T]) => Tables[T] | undefined): Promise<void>;
  /** What this transaction takes away is gone from the disk too when it resolves, not only from the state. Slow; `amendArchive` does it too. */
  wipe(): void;
  /** Counts up: 1, 2, 3 … without gaps, since a transaction that fails takes its count back. */
  next(counter: string): Promise<number>;
  /** Runs once all of this transaction is on disk, and never when it fails: what memory knows of the store changes only then. */
  afterCommit(work: () => void): void;
}

/**
 * Keeps rows. Transactions behave as if they ran one after another; when `transaction` resolves, its changes are on
 * disk; when it rejects, it left nothing.
 */
export interface Store {
  transaction<R>(work: (tx: Transaction) => Promise<R>): Promise<R>;
  close(): Promise<void>;
  /** Where several processes could serve the community. Absent: it is this one's until it ends. */
  readonly ownership?: Ownership;
}

/** Which process serves a community. */
export interface Ownership {
  /** Whether it is surely this one at this moment. While it is not, nothing is sent: another one may be speaking. */
  isSure(): boolean;
  /** Resolves when another process has taken it: no transaction succeeds any more, and this process has to let it go. */
  readonly lost: Promise<Error>;
}

/** The time. The simulator's can be moved. */
export interface Clock {
  now(): Date;
}

/** Ids and chance. */
export interface Ids {
  /** A new id, never used before. */
  id(): string;
  /** A code of letters and digits that nobody guesses. */
  code(length: number): string;
  /** A whole number from 0 up to, not including, `below`. */
  chance(below: number): number;
}

/** Keeps PINs so that nobody can read them. */
export interface Secrets {
  /** A digest of a short secret, slow to make on purpose; the same for the same text and salt. */
  digest(text: string, salt: string): Promise<string>;
}

/** What the bot's owner should be able to see; ids and numbers, never words of residents. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** A copy of everything that is kept, as it was read back. */
export interface BackupMade {
  readonly name: string;
  readonly bytes: number;
  readonly rows: number;
}

/** Keeps what is personal unreadable to whoever has only the store. */
export interface Vault {
  /** Text that only `open` reads. */
  seal(text: string): string;
  /** What was sealed; undefined when its key is gone or it was tampered with. */
  open(sealed: string): string | undefined;
  /** SHA-256, in hexadecimal: two texts with the same digest are the same. */
  digest(text: string): string;
}

/** Removes what lies beside the store: received pictures, drawn papers. */
export interface Files {
  /** Removes a file by the name it is sent by; one that is not there is no mistake. */
  remove(file: string): Promise<void>;
  /**
   * The files of a folder, by the names they are sent by. `young`: made in these seconds, so that the transaction that holds it may not be
   * done yet.
   */
  list(folder: string): Promise<readonly { readonly file: string; readonly young: boolean }[]>;
}

/** Copies what is kept. */
export interface Backups {
  /**
   * Copies what is committed, reads the copy back, and forgets copies that have had their time.
   * @throws when it cannot be written, or not be read back as it was
   */
  make(at: Date): Promise<BackupMade>;
  /** The day (yyyy-MM-dd in Shanghai) on which no copy is left that was made until `at`. */
  goneOn(at: Date): string;
}

/** Which days are worked in China: weekends, holidays and the weekends worked instead. */
export interface WorkCalendar {
  /** Is that day (yyyy-MM-dd) worked? Undefined when the holidays of its year are not known. */
  isWorkingDay(date: string): boolean | undefined;
}

/** The calendar as it is known to the program, with what the office has written down over it. */
export type WorkCalendars = (written: Pick<OfficeCalendar, 'known' | 'holidays' | 'workdays'>) => WorkCalendar;
