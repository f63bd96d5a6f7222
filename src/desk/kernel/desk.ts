import type { Account } from './accounts.ts';
import type { Content, Snapshot } from './content.ts';
import type { Lately } from './lately.ts';
import type { Message } from './message.ts';
import type { Papers } from './papers.ts';
import type { Backups, Clock, Files, Ids, Log, Secrets, Store, Transaction, Vault, WorkCalendars } from './ports.ts';
import type { Say } from './say.ts';
import type { Street } from './street.ts';
import type { Outcome } from './turn.ts';

/** What the application stands on. */
export interface Parts {
  readonly store: Store;
  /** What it speaks through: at least one. */
  readonly accounts: readonly Account[];
  readonly content: Content;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly workCalendars: WorkCalendars;
  readonly log: Log;
  readonly vault: Vault;
  /** Absent where nothing is kept. */
  readonly backups?: Backups;
  /** Present where the ids of an account change with each login, so that people are known by tokens and staff by PINs. */
  readonly secrets?: Secrets;
  /** Absent where there are no files. */
  readonly files?: Files;
  /** The address of the public site, without a slash at its end; absent: nothing that is said has a link. */
  readonly siteUrl?: string;
  /** Absent where no file can be shown. */
  readonly papers?: Papers;
  /** Present at the desk of a street office alone. */
  readonly street?: Street;
}

/** The one way out: says what is queued. */
export interface Outbox {
  /** Sends what is due, one conversation in order, until nothing is left. A second call while one runs joins it. */
  pump(): Promise<void>;
  /**
   * Settles what a crash left between send and mark: a reply or notice is sent again, a broadcast becomes `unsure` and
   * waits for staff. To be called once, before the first `pump`.
   */
  recover(): Promise<void>;
  /** The process ends: nothing more is begun; resolves when what is being sent is sent and marked, so that nothing is said twice. */
  stop(): Promise<void>;
  /** When the next of what is queued may be sent: at once (a time that has passed), later, or never by itself. */
  nextAt(): Promise<Date | undefined>;
}

/** What staff have changed, laid over the content. Made anew only when either has changed: it is wanted at every message. */
export interface Overlay {
  over(content: Snapshot, tx: Transaction): Promise<Snapshot>;
  /** As it was last, without the store. */
  last(content: Snapshot): Snapshot;
  /** The change up to which understanding has been handed what people taught. */
  learnt?: number;
}

export interface App extends Parts {
  readonly outbox: Outbox;
  readonly say: Say;
  readonly overlay: Overlay;
  readonly lately: Lately;
  /**
   * Answers a message: one transaction; resolves when it is kept, while what it queued is being sent (`outbox.pump()` waits
   * for that). Messages of one conversation are taken strictly one after another, in the order of the calls. Never rejects:
   * an error is logged, and its person is told.
   */
  hear(message: Message): Promise<Outcome>;
  /** Whether a file that somebody sends is to be fetched; asked after what they said before was answered. */
  receives(from: Pick<Message, 'person' | 'room'>): Promise<'yes' | 'no' | 'many'>;
  /** Does whatever is due now: pages, editions, expiry. May be called at any time and as often as one likes. */
  doDue(): Promise<void>;
  /** The same, and waits until what is to be said of it was sent. On an account that has to speak slowly that may take long. */
  tick(): Promise<void>;
  /**
   * The process ends: no message is taken any more (it is delivered again to the next one), no chore begun; resolves when the turns, the
   * chore and the deliveries that are under way are finished and marked. Then the store may be closed.
   */
  stop(): Promise<void>;
}
