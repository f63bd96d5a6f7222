import { ringAlarms } from './alarms.ts';
import { watchAppeals } from './appeal-watch.ts';
import type { Content } from './content.ts';
import { doDailyChores } from './daily.ts';
import { takeTurn } from './hear.ts';
import { apologise } from './last-resort.ts';
import type { Message } from './message.ts';
import { planEditions } from './newsroom.ts';
import type { Outbox } from './outbox.ts';
import { createOutbox } from './outbox.ts';
import { createOverlay, lessons, type Overlay, revisionOf } from './overlay.ts';
import type { Backups, Channel, Clock, Ids, Log, Store, WorkCalendars } from './ports.ts';
import { type Say, speaker } from './say.ts';
import type { Outcome } from './turn.ts';

/** What the application stands on. */
export interface Parts {
  readonly store: Store;
  readonly channel: Channel;
  readonly content: Content;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly workCalendars: WorkCalendars;
  readonly log: Log;
  /** Absent where nothing is kept. */
  readonly backups?: Backups;
}

export interface App extends Parts {
  readonly outbox: Outbox;
  readonly say: Say;
  readonly overlay: Overlay;
  /**
   * Answers a message: one transaction; resolves when it is kept, while what it queued is being sent (`outbox.pump()` waits
   * for that). Messages of one conversation are taken strictly one after another, in the order of the calls. Never rejects:
   * an error is logged, and its person is told.
   */
  hear(message: Message): Promise<Outcome>;
  /** Does whatever is due now: pages, editions, expiry. May be called at any time and as often as one likes. */
  tick(): Promise<void>;
}

/** Wires the application. Nothing runs until `hear` or `tick` is called. */
export function createApp(parts: Parts): App {
  const say: Say = (key, ...values) => speaker(parts.content.current().wording, parts.ids)(key, ...values);
  const outbox = createOutbox(parts, say);
  const inOrder = oneAfterAnother();

  /** Hands what people have taught to understanding, when there is something new; it learns in the background. */
  let learnt: number | undefined;
  async function learn(): Promise<void> {
    await parts.store.transaction(async (tx) => {
      const revision = await revisionOf(tx);
      if (revision === learnt) return;
      learnt = revision;
      parts.content.teach(await lessons(tx));
    });
  }

  const app: App = {
    ...parts,
    outbox,
    say,
    overlay: createOverlay(),
    async hear(message) {
      const outcome = await inOrder(message.room ?? message.person, async () => {
        const started = parts.clock.now().getTime();
        const turn = await parts.store.transaction((tx) => takeTurn(app, tx, message)).catch((error) => apologise(app, message, error));
        parts.log.info(
          {
            message: message.id,
            decision: turn.decision,
            topic: turn.topic ?? null,
            replies: turn.replies.length,
            ms: parts.clock.now().getTime() - started,
          },
          'turn',
        );
        return turn;
      });
      // Not waited for: under a steady stream of messages the outbox is never empty.
      void outbox
        .pump()
        .catch((error: unknown) => parts.log.error({ err: error }, 'the outbox failed; it is tried again at the next tick'));
      return outcome;
    },
    async tick() {
      const now = parts.clock.now();
      const content = parts.content.current();
      await ringAlarms(app, now);
      await watchAppeals(app, now);
      await planEditions(parts.store, content, say, parts.ids, now);
      await doDailyChores(app, now);
      await learn();
      await outbox.pump();
    },
  };
  return app;
}

/** Runs the work of one key strictly one after another, of different keys side by side. */
function oneAfterAnother(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const result = (last.get(key) ?? Promise.resolve()).then(work, work);
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    last.set(key, settled);
    settled.then(() => last.get(key) === settled && last.delete(key));
    return result;
  };
}
