import { mask } from '../../domain/words/masking.ts';
import { wellFormed } from '../../domain/words/well-formed.ts';
import type { App, Parts } from '../kernel/desk.ts';
import { createLately } from '../kernel/lately.ts';
import { speaker } from '../kernel/say.ts';
import { conversationId } from '../kernel/turn.ts';
import { createOverlay } from '../knowledge/overlay.ts';
import { chores } from '../parts.ts';
import { createOutbox } from '../sending/outbox.ts';
import { apologise } from './apology.ts';
import { doChores } from './chores.ts';
import { takeTurn } from './hear.ts';
import { receiving } from './receiving.ts';

/** Wires the application. Nothing runs until `hear` or `tick` is called. */
export function createApp(parts: Parts): App {
  const say = speaker(() => parts.content.current().wording, parts.ids);
  const outbox = createOutbox(parts, say);
  const inOrder = oneAfterAnother();
  let stopping = false;
  /** Turns and chores that are not finished. */
  const working = new Set<Promise<unknown>>();
  const underWay = <T>(work: Promise<T>): Promise<T> => {
    working.add(work);
    return work.finally(() => working.delete(work));
  };

  const app: App = {
    ...parts,
    outbox,
    say,
    overlay: createOverlay(),
    lately: createLately(),
    async hear(said) {
      const message = { ...said, text: wellFormed(said.text), ...(said.page ? { page: wellFormed(said.page) } : {}) };
      if (stopping) return { decision: 'silent', topic: null, replies: [] };
      const turn = inOrder(message.room ?? message.person, async () => {
        const started = parts.clock.now().getTime();
        const turn = await takeTurn(app, message).catch((error) => apologise(app, message, error));
        if (turn.decision === 'emergency') app.lately.forget(conversationId(message));
        else app.lately.note(conversationId(message), mask(message.text).text, parts.clock.now());
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
      const outcome = await underWay(turn);
      // Not waited for: under a steady stream of messages the outbox is never empty.
      void outbox
        .pump()
        .catch((error: unknown) => parts.log.error({ err: error }, 'the outbox failed; it is tried again at the next tick'));
      return outcome;
    },
    receives: (from) => inOrder(from.room ?? from.person, () => receiving(app, from)),
    async doDue() {
      if (!stopping) await underWay(doChores(app, chores, parts.clock.now(), () => stopping));
    },
    async tick() {
      await app.doDue();
      await outbox.pump();
    },
    async stop() {
      stopping = true;
      await Promise.allSettled([outbox.stop(), ...working]);
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
