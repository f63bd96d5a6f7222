/** What a statement answers. */
export interface Answer<R> {
  readonly rows: readonly R[];
  /** So many rows it has changed, or found. */
  readonly count: number;
}

/** Runs one statement. */
export type Query = <R extends object>(text: string, values?: readonly unknown[]) => Promise<Answer<R>>;

/** A PostgreSQL database, as far as the store needs one. A process has one of them, for all its communities. */
export interface Database {
  /** Where it is, without the name and the password of whoever uses it. */
  readonly place: string;
  /** One statement, on its own. */
  readonly query: Query;
  /**
   * Statements that count together or not at all. It rejects when they surely do not count.
   * @param how 'reading': they change nothing, and all see the same moment
   * @throws UnclearCommitError when nobody knows
   */
  transaction<T>(work: (query: Query) => Promise<T>, how?: 'reading'): Promise<T>;
  /** Hears what is notified on a channel, as long as the connection for it holds: somebody has to look now and then all the same. @returns ends it */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** The connection went while the commit was under way: it may have happened. */
export class UnclearCommitError extends Error {
  override readonly name = 'UnclearCommitError';
}

/** Why a server refuses; each has a sentence for whoever set it up. */
export type Refusal = 'login' | 'database' | 'rights' | 'encryption';

/** The server refuses what the settings say: trying again would not help. */
export class DatabaseRefusedError extends Error {
  override readonly name = 'DatabaseRefusedError';
  readonly place: string;
  readonly refusal: Refusal;
  constructor(place: string, refusal: Refusal, cause: Error) {
    super(`the database at ${place} cannot be used as DATABASE_URL says: ${cause.message}`, { cause });
    this.place = place;
    this.refusal = refusal;
  }
}

/** The server cannot be reached, or takes nothing, for now. */
export class DatabaseAwayError extends Error {
  override readonly name = 'DatabaseAwayError';
  readonly place: string;
  constructor(place: string, cause: Error) {
    super(`the database at ${place} cannot be reached: ${cause.message}`, { cause });
    this.place = place;
  }
}

/** By the codes of PostgreSQL (appendix A of its manual), of OpenSSL and of Node. */
const refusals: Readonly<Record<Refusal, RegExp>> = {
  login: /^28|^SASL|password must be a string/,
  database: /^3D000|^3F000/,
  rights: /^42501/,
  encryption: /does not support SSL|CERT|SELF_SIGNED|UNABLE_TO_VERIFY/,
};
/** Lost connections, a server that starts, stops or has no place left, one that only reads for now. */
const away = /^(?:08...|57P0[1235]|53300|25006|25P03|ECONN[A-Z]+|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN)$/;
const awayWords = /Connection terminated|timeout expired|timeout exceeded|Query read timeout|Client has encountered a connection error/;
/** Two who waited for each other: the server chose one to begin anew. */
const again = /^40/;

const codeOf = (error: unknown) => String((error as { code?: unknown } | undefined)?.code ?? '');
const wordsOf = (error: unknown) => String((error as { message?: unknown } | undefined)?.message ?? '');

/** Whether the server could not be reached, or took nothing, for now. */
export const isAway = (error: unknown): boolean =>
  error instanceof DatabaseAwayError || away.test(codeOf(error)) || awayWords.test(wordsOf(error));

/** Whether the same, tried at once on a new connection, may go well. What is tried again surely did not happen. */
export const isPassing = (error: unknown): boolean => codeOf(error) !== '25006' && (isAway(error) || again.test(codeOf(error)));

/** An error of a start, as what whoever sits at the machine has to know; others stay as they are. */
export function explained(error: unknown, place: string): unknown {
  if (error instanceof DatabaseAwayError || error instanceof DatabaseRefusedError) return error;
  for (const [refusal, pattern] of Object.entries(refusals))
    if (pattern.test(codeOf(error)) || pattern.test(wordsOf(error)))
      return new DatabaseRefusedError(place, refusal as Refusal, error as Error);
  return isAway(error) ? new DatabaseAwayError(place, error as Error) : error;
}
