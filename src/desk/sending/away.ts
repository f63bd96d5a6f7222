import type { App } from '../kernel/desk.ts';
import type { Transaction } from '../kernel/ports.ts';
import { addressOf, noteAccounts, readdress } from './address.ts';

type Means = Pick<App, 'store' | 'clock' | 'outbox'>;

/**
 * An account has been out of touch for a while, or will be: what is to be said to somebody there goes to another account that reaches them, or
 * waits. What is for a group waits for the account.
 */
export async function accountAway(app: Means, account: string): Promise<void> {
  await app.store.transaction(async (tx) => {
    if (
      !(await noteAccounts(
        tx,
        (await accountsIn(tx)).filter((name) => name !== account),
        app.clock.now(),
      ))
    )
      return;
    for (const delivery of await tx.find('deliveries', { state: 'queued', account, kind: ['reply', 'notice'] }))
      if (delivery.room === undefined) await readdress(tx, delivery);
  });
  await app.outbox.pump();
}

/** It is in touch again: what waited is said. */
export async function accountBack(app: Means, account: string): Promise<void> {
  const now = app.clock.now();
  await app.store.transaction(async (tx) => {
    await noteAccounts(tx, [...new Set([...(await accountsIn(tx)), account])], now);
    for (const delivery of await tx.find('deliveries', { state: 'waiting' })) {
      if (delivery.account !== account || !(await addressOf(tx, delivery, account)).reaches) continue;
      await tx.put('deliveries', { ...delivery, state: 'queued', notBefore: now.toISOString() });
    }
  });
  await app.outbox.pump();
}

/** The accounts that are in touch. */
const accountsIn = async (tx: Transaction): Promise<readonly string[]> => (await tx.get('switches', 'accounts'))?.names ?? [];
