import { inShanghai, plusMinutes } from '../domain/clock-time.ts';
import { mustWait, queue } from './deliveries.ts';
import { frozenSince, isHeld } from './freeze.ts';
import type { Recipient } from './message.ts';
import type { Channel, Clock, Ids, Log, Store, Transaction, Vault } from './ports.ts';
import { SendError } from './ports.ts';
import type { Say } from './say.ts';
import { toStaff } from './staff.ts';
import type { Delivery } from './tables.ts';

/** How often a delivery that surely did not arrive is tried. */
const triesAtMost = 5;
/** A crash leaves so many broadcasts unsure at most: everything claimed at once may or may not have been sent. */
const broadcastsAtOnce = 4;
/** Replies before notices before broadcasts. */
const urgency: Record<Delivery['kind'], number> = { reply: 0, notice: 1, broadcast: 2 };

export interface Outbox {
  /** Sends what is due, one conversation in order, until nothing is left. A second call while one runs joins it. */
  pump(): Promise<void>;
  /**
   * Settles what a crash left between send and mark: a reply or notice is sent again, a broadcast becomes `unsure` and
   * waits for staff. To be called once, before the first `pump`.
   */
  recover(): Promise<void>;
}

type Parts = {
  readonly store: Store;
  readonly channel: Channel;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly vault: Vault;
};

/** The one way out: every word is a delivery row, claimed, sent, and marked. */
export function createOutbox({ store, channel, clock, ids, log, vault }: Parts, say: Say): Outbox {
  let running: Promise<void> | undefined;
  let again = false;
  /** Conversations in which something is being sent. */
  const underWay = new Set<string>();
  /** What was sent, or not, and is not marked yet. */
  const finished: Delivery[] = [];
  let wake = () => {};

  /**
   * Hands over what is due while other things are still being sent: an account that has to speak slowly must not keep a call for help
   * waiting for whoever was before it. What was sent meanwhile is marked together, in the transaction that claims the next.
   */
  async function drain(): Promise<void> {
    for (;;) {
      again = false;
      const marked = finished.splice(0);
      const claimed = await store
        .transaction(async (tx) => {
          for (const delivery of marked) await mark(tx, delivery);
          return claim(tx);
        })
        .catch((error: unknown) => {
          finished.unshift(...marked);
          throw error;
        });
      for (const delivery of claimed) hand(delivery);
      if (finished.length > 0 || again) continue;
      if (underWay.size === 0) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  function hand(delivery: Delivery): void {
    const conversation = conversationOf(delivery);
    underWay.add(conversation);
    void deliver(delivery).then((sent) => {
      finished.push(sent);
      underWay.delete(conversation);
      wake();
    });
  }

  /** The next delivery of each conversation that is due, and of which nothing is being sent; none overtakes another of its conversation. */
  async function claim(tx: Transaction): Promise<Delivery[]> {
    const now = clock.now().toISOString();
    const frozen = await frozenSince(tx);
    const queued = await tx.find('deliveries', { state: 'queued' }, { by: 'sequence' });
    const waiting: Delivery[] = [];
    for (const delivery of queued) {
      if (isHeld(delivery, frozen)) continue;
      // Since it was queued the account may have logged in anew, and not know its person or group yet.
      if (await mustWait(tx, delivery)) await tx.put('deliveries', { ...delivery, state: 'waiting' });
      else waiting.push(delivery);
    }
    const first = new Map<string, Delivery>();
    for (const delivery of waiting.sort((a, b) => urgency[a.kind] - urgency[b.kind])) {
      const conversation = conversationOf(delivery);
      if (!first.has(conversation)) first.set(conversation, delivery);
    }
    const ready = [...first].flatMap(([conversation, delivery]) =>
      delivery.notBefore <= now && !underWay.has(conversation) ? [delivery] : [],
    );
    const sending = (await tx.find('deliveries', { state: 'sending', kind: 'broadcast' })).length;
    const due = [
      ...ready.filter(({ kind }) => kind !== 'broadcast'),
      ...ready.filter(({ kind }) => kind === 'broadcast').slice(0, Math.max(0, broadcastsAtOnce - sending)),
    ];
    for (const delivery of due) await tx.put('deliveries', { ...delivery, state: 'sending' });
    return due;
  }

  async function deliver(delivery: Delivery): Promise<Delivery> {
    try {
      const { file, kind } = delivery;
      const text = delivery.sealed ? (vault.open(delivery.text) ?? say('reveal.lost')) : delivery.text;
      await channel.send({ to: recipient(delivery), text, kind, ...(file === undefined ? {} : { file }) });
      return { ...delivery, state: 'sent' };
    } catch (error) {
      const certain = error instanceof SendError && error.certain;
      const attempts = delivery.attempts + 1;
      log.warn({ delivery: delivery.id, kind: delivery.kind, attempts, certain, err: error }, 'a delivery was not sent');
      if (!certain && delivery.kind === 'broadcast') return { ...delivery, attempts, state: 'unsure' };
      if (attempts >= triesAtMost) return { ...delivery, attempts, state: 'failed' };
      return { ...delivery, attempts, state: 'queued', notBefore: plusMinutes(clock.now(), 2 ** attempts / 4).toISOString() };
    }
  }

  async function mark(tx: Transaction, delivery: Delivery): Promise<void> {
    if (delivery.sealed && delivery.state === 'sent') {
      // It was kept for this one moment.
      await tx.remove('deliveries', delivery.id);
      if (delivery.file !== undefined) await tx.put('discards', { id: delivery.file, at: clock.now().toISOString() });
      return;
    }
    await tx.put('deliveries', delivery);
    // What was said is history at once; broadcasts stay at hand for the report of their edition.
    if (delivery.state === 'sent' && delivery.kind !== 'broadcast')
      await tx.archive('deliveries', delivery.id, inShanghai(new Date(delivery.createdAt)).date.slice(0, 7));
    if (delivery.state !== 'failed' || delivery.kind === 'notice') return;
    for (const reply of await toStaff(tx, say('trouble.undelivered', { id: delivery.id }))) await queue(tx, ids, clock.now(), reply);
  }

  return {
    pump() {
      again = true;
      wake();
      running ??= drain().finally(() => {
        running = undefined;
      });
      return running;
    },
    async recover() {
      await store.transaction(async (tx) => {
        for (const delivery of await tx.find('deliveries', { state: 'sending' })) {
          await tx.put('deliveries', { ...delivery, state: delivery.kind === 'broadcast' ? 'unsure' : 'queued' });
        }
      });
    },
  };
}

const conversationOf = ({ room, person }: Delivery) => room ?? person ?? '';

function recipient(delivery: Delivery): Recipient {
  if (delivery.room === undefined) return { person: delivery.person ?? '' };
  return delivery.person === undefined ? { room: delivery.room } : { room: delivery.room, person: delivery.person };
}
