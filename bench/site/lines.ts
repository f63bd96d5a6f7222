/** The first line of the measured process: where its site is, what stands on it, and a case with the secret that opens it. */
export interface Opened {
  readonly address: string;
  readonly topics: readonly string[];
  readonly number: string;
  readonly secret: string;
}

/** Its last line: the turns of the chat meanwhile, in milliseconds from when each was due until its answer was on disk and sent. */
export interface Talked {
  readonly turns: number;
  readonly p50: number;
  readonly p99: number;
}
