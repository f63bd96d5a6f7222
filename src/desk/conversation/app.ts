import { watchAppeals } from '../appeals/clock.ts';
import { ringAlarms } from '../danger/paging.ts';
import { doDailyChores } from '../keeping/daily.ts';
import { tidyHourly } from '../keeping/tidying.ts';
import type { App, Parts } from '../kernel/desk.ts';
import { removeDiscarded } from '../kernel/discards.ts';
import { type Say, speaker } from '../kernel/say.ts';
import { createOverlay, lessons, revisionOf } from '../knowledge/overlay.ts';
import { tellAhead } from '../news/ahead.ts';
import { noteDisclosures } from '../news/disclosure.ts';
import { reportEditions } from '../news/report.ts';
import { planEditions } from '../news/schedule.ts';
import { createOutbox } from '../sending/outbox.ts';
import { apologise } from './apology.ts';
import { takeTurn } from './hear.ts';

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
    async doDue() {
      const now = parts.clock.now();
      await ringAlarms(app, now);
      await watchAppeals(app, now);
      await tellAhead(app, now);
      await planEditions(app, now);
      await reportEditions(app, now);
      await noteDisclosures(app, now);
      await tidyHourly(app, now);
      await doDailyChores(app, now);
      await removeDiscarded(app);
      await learn();
    },
    async tick() {
      await app.doDue();
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
