import type { Account } from '../kernel/accounts.ts';
import type { Transaction, Where } from '../kernel/ports.ts';
import { addressOf } from './address.ts';
import { conversationOf } from './deliveries.ts';
import type { Gate } from './pacing.ts';
import type { Delivery } from './rows.ts';

/** So many copies are looked at together: behind the first few there may be thousands. */
const pageSize = 20;

/** What is said next in a conversation, and when it may go (ISO time). */
export interface Next {
  readonly delivery: Delivery;
  readonly opensAt: string;
}

/**
 * The next delivery of each conversation of an account, in the order in which they are said; none overtakes another of its conversation.
 * No further is looked than the caller goes. What is to be said to somebody whom the account does not reach any more goes to another
 * account that does, or is set to wait. Where an answer goes with what it answers, it does not wait for what may only be said later.
 */
export async function* nextOfEach(
  tx: Transaction,
  { name: account, profile: { answersAtOnce } }: Account,
  opens: Gate,
  at: Date,
): AsyncGenerator<Next> {
  if ((await tx.count('deliveries', { state: 'queued' })) === 0) return;
  // Groups that the account has not found again since a new login.
  const held = new Set((await tx.find('rooms', { held: true })).map(({ id }) => id));
  const seen = new Set<string>();
  /** Those in which only an answer may be said before what waits there. */
  const later = new Set<string>();
  for await (const delivery of queued(tx, account)) {
    const conversation = conversationOf(delivery);
    if (seen.has(conversation) || held.has(conversation)) continue;
    if (later.has(conversation) && delivery.kind !== 'reply') continue;
    const now = await addressOf(tx, delivery, account);
    if (!now.reaches || now.account !== account) {
      // Since it was queued the account may have logged in anew, and not know them yet.
      await tx.put('deliveries', { ...delivery, account: now.account, state: now.reaches ? 'queued' : 'waiting' });
      continue;
    }
    const opensAt = opens(delivery);
    if (opensAt === undefined) continue;
    (answersAtOnce && opensAt > at.toISOString() ? later : seen).add(conversation);
    yield { delivery, opensAt };
  }
}

/** Help for somebody in danger first, then replies before notices before broadcasts; of these the ones first that cannot wait for morning. */
async function* queued(tx: Transaction, account: string): AsyncGenerator<Delivery> {
  const words = await tx.find('deliveries', { state: 'queued', account, kind: ['reply', 'notice'] }, { by: 'sequence' });
  const urgent = words.filter((each) => each.urgent);
  const others = words.filter((each) => !each.urgent);
  yield* [...urgent, ...others.filter(({ kind }) => kind === 'reply'), ...others.filter(({ kind }) => kind === 'notice')];
  yield* copies(tx, { account, atNight: true });
  for await (const copy of copies(tx, { account })) if (!copy.atNight) yield copy;
}

async function* copies(tx: Transaction, which: Where<Delivery>): AsyncGenerator<Delivery> {
  let from = 0;
  for (let page: Delivery[] = []; from === 0 || page.length === pageSize; ) {
    const where: Where<Delivery> = { state: 'queued', kind: 'broadcast', ...which, sequence: { atLeast: from } };
    page = await tx.find('deliveries', where, { by: 'sequence', limit: pageSize });
    yield* page;
    from = (page.at(-1)?.sequence ?? 0) + 1;
  }
}
