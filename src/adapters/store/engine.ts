import type { Order, Store, Transaction } from '../../desk/kernel/ports.ts';
import { tables } from '../../desk/parts.ts';
import { type Breath, createBreath } from './breath.ts';
import type { Conditions } from './conditions.ts';
import { assertPlain, type Changes, createTouched, misfit, type Row, type Rows, type Touched, type Undo, type Whole } from './rows.ts';

/** Where an engine keeps what was committed. */
export interface Disk {
  /** Keeps a batch. Resolves when it would survive a power cut; rejects when nothing of it will be found again. */
  commit(batch: Batch): Promise<void>;
  /** Whether the next batch shall come with the whole state. `wipes`: see Batch. Absent: never. */
  wantsWhole?(wipes: boolean): boolean;
  /** The rows of a month; or those in whose JSON `holding` stands. */
  readArchive(table: string, month: string, holding?: string): Promise<Row[]>;
  /** The months of which a table has an archive, oldest first. */
  archiveMonths(table: string): Promise<string[]>;
  close(): Promise<void>;
}

/** What some transactions have changed together. */
export interface Batch {
  readonly changes: Changes;
  /** Rows that went to the archive. Kept twice they are as kept once. */
  readonly archived: readonly Archived[];
  /** Made after `archived`. Made twice they are as made once. */
  readonly amendments: readonly Amendment[];
  /** What these changes take away is to be gone from the disk. */
  readonly wipes: boolean;
  /** Everything, as it is with these changes; only where the disk wanted it. */
  readonly whole?: Whole;
}

export interface Archived {
  readonly table: string;
  readonly month: string;
  readonly row: Row;
}

/** A change to those archived rows of a table in whose JSON one of `holding` stands; undefined drops the row. */
export interface Amendment {
  readonly table: string;
  readonly holding: readonly string[];
  readonly change: (row: Row) => Row | undefined;
}

/** Whether a change concerns what is written in this text. */
export const concerns = ({ holding }: Amendment, text: string) => holding.some((each) => text.includes(each));

/** What a transaction leaves to be kept. */
interface Left {
  readonly undo: Undo[];
  readonly touched: Touched;
  readonly archived: Archived[];
  readonly amendments: Amendment[];
  wipes: boolean;
}

/** A transaction that has run and is not on disk yet. */
interface Executed<R> {
  readonly result: R;
  readonly written: Promise<void> | undefined;
  /** What is done once it is there. */
  readonly after: (() => void)[];
}

/** Transactions that are written together. */
interface Together extends Left {
  readonly written: Promise<void>;
  resolve(): void;
  reject(reason: unknown): void;
}

/**
 * A store over rows in memory: transactions run one after another, many are committed with one write, and a transaction
 * resolves when the write that holds it is done. A write that fails takes back everything that it, and whatever ran on
 * top of it, had changed: memory never says what the disk does not know. A burst of them, or one that is long, breathes in between.
 */
export function createEngine(rows: Rows, disk: Disk, breathe: Breath = createBreath()): Store {
  let queue: Promise<unknown> = Promise.resolve();
  let open = newBatch();
  let writing: { readonly batch: Together; readonly finished: Promise<void> } | undefined;
  let closed = false;

  /** Runs work when no transaction is under way. */
  const enqueue = <T>(work: () => T | Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };

  async function execute<R>(work: (tx: Transaction) => Promise<R>): Promise<Executed<R>> {
    const left = newLeft();
    const after: Executed<R>['after'] = [];
    const tx = breathing(transactionOver(rows, disk, left, after), breathe);
    try {
      const result = await work(tx);
      if (isEmpty(left)) return { result, after, written: isEmpty(open) ? writing?.batch.written : open.written };
      open.undo.push(...left.undo);
      open.touched.add(left.touched);
      open.archived.push(...left.archived);
      open.amendments.push(...left.amendments);
      open.wipes ||= left.wipes;
      if (!writing) commit();
      return { result, after, written: open.written };
    } catch (error) {
      undoAll(left.undo);
      throw error;
    }
  }

  /** Writes the open batch, as soon as the transactions that are queued already have joined it; then the next one. */
  function commit(): void {
    const batch = open;
    const finished = enqueue(() => {
      open = newBatch();
      const { touched, archived, amendments, wipes } = batch;
      // No transaction is under way: the rows are as they are after this batch.
      const whole = disk.wantsWhole?.(wipes) ? { whole: rows.whole() } : {};
      return { changes: rows.changes(touched), archived, amendments, wipes, ...whole };
    })
      .then(async (changed) => {
        await disk.commit(changed);
        batch.resolve();
      })
      .catch((error: unknown) => enqueue(() => takeBack(batch, error)))
      .then(() => {
        writing = undefined;
        if (!isEmpty(open)) commit();
      });
    writing = { batch, finished };
  }

  /** A write failed: what it held, and what ran on top of it meanwhile, never happened. */
  function takeBack(batch: Together, error: unknown): void {
    for (const failed of [open, batch]) {
      undoAll(failed.undo);
      failed.reject(error);
    }
    open = newBatch();
  }

  return {
    async transaction(work) {
      if (closed) throw new Error('the store is closed');
      const { result, after, written } = await enqueue(() => execute(work));
      await written;
      for (const each of after) each();
      return result;
    },
    async close() {
      closed = true;
      await enqueue(() => undefined);
      while (writing) await writing.finished;
      await disk.close();
    },
  };
}

const isEmpty = ({ undo, amendments }: Left) => undo.length === 0 && amendments.length === 0;

function transactionOver(rows: Rows, disk: Disk, left: Left, after: (() => void)[]): Transaction {
  const { undo, touched, archived, amendments } = left;
  const change = (table: string, id: string, row: Row | undefined) => {
    undo.push(rows.set(table, id, row));
    touched.row(table, id);
  };
  const readable = (table: string, row: Row) => {
    assertPlain(row, `${table}/${row.id}`);
    const why = misfit(table, row);
    // It would be put aside when the state is loaded next.
    if (why !== undefined) throw new TypeError(`${table}/${row.id} does not fit its table: ${why}`);
  };
  const generic = {
    tables,
    get: async (table: string, id: string) => rows.get(table, id),
    async insert(table: string, row: Row) {
      readable(table, row);
      if (rows.has(table, row.id)) return false;
      change(table, row.id, row);
      return true;
    },
    async put(table: string, row: Row) {
      readable(table, row);
      change(table, row.id, row);
    },
    async remove(table: string, id: string) {
      if (!rows.has(table, id)) return false;
      change(table, id, undefined);
      return true;
    },
    find: async (table: string, where: Conditions = {}, order: Order<Row> = {}) => rows.find(table, where, order),
    count: async (table: string, where: Conditions = {}) => rows.count(table, where),
    mentioning: async (table: string, text: string) => rows.mentioning(table, text),
    async archive(table: string, id: string, month: string) {
      const row = rows.get(table, id);
      if (!row) return false;
      archived.push({ table, month, row });
      change(table, id, undefined);
      return true;
    },
    archived: async (table: string, month: string, holding?: string) =>
      (await disk.readArchive(table, month, holding)).filter((row) => misfit(table, row) === undefined),
    archivedMonths: (table: string) => disk.archiveMonths(table),
    async amendArchive(table: string, holding: readonly string[], change: Amendment['change']) {
      amendments.push({ table, holding, change });
      left.wipes = true;
    },
    wipe() {
      left.wipes = true;
    },
    async next(counter: string) {
      const { value, undo: takeBack } = rows.next(counter);
      undo.push(takeBack);
      touched.counter(counter);
      return value;
    },
    afterCommit(work: () => void) {
      after.push(work);
    },
  };
  // The engines know rows by their id only; `Tables` types them for the application.
  return generic as unknown as Transaction;
}

/** Every call of a transaction is a moment to breathe. */
function breathing(tx: Transaction, breathe: Breath): Transaction {
  const slowed = Object.entries(tx).map(([name, call]) => {
    if (typeof call !== 'function' || name === 'afterCommit' || name === 'wipe') return [name, call];
    const breathed = async (...given: unknown[]) => {
      const breath = breathe();
      if (breath) await breath;
      return call(...given);
    };
    return [name, breathed];
  });
  return Object.fromEntries(slowed);
}

function undoAll(undo: Undo[]): void {
  for (const takeBack of undo.splice(0).reverse()) takeBack();
}

const newLeft = (): Left => ({ undo: [], touched: createTouched(), archived: [], amendments: [], wipes: false });

function newBatch(): Together {
  let resolve: Together['resolve'] = () => undefined;
  let reject: Together['reject'] = () => undefined;
  const written = new Promise<void>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  // Whoever waits for it hears of a failure; a batch that nobody waits for must not end the process.
  written.catch(() => undefined);
  return { ...newLeft(), written, resolve, reject };
}
