import type { Transaction } from '../kernel/ports.ts';
import type { HandedOut } from './rows.ts';

/** Keeps what goes with the answer to a push, before it goes: when the push comes again, its answer was lost, and the same is said. */
export async function handOut(tx: Transaction, row: HandedOut): Promise<void> {
  await tx.put('handedOut', row);
}

/** The push was not waiting any more: it has gone some other way. */
export async function takeHome(tx: Transaction, push: string): Promise<void> {
  await tx.remove('handedOut', push);
}

/** A push is brought again within so many seconds; whoever brings it later has recorded it. */
const repeatSeconds = 30;

/** What a push that was heard before was answered; undefined: nothing, or too long ago. */
export async function answerTo(tx: Transaction, push: string, now: Date): Promise<string | undefined> {
  const row = await tx.get('handedOut', push);
  return row && now.getTime() - Date.parse(row.at) <= repeatSeconds * 1000 ? row.text : undefined;
}

/** What of a delivery was handed out by a process that was killed before it could note it. */
export async function handedOutOf(tx: Transaction, delivery: string): Promise<string | undefined> {
  return (await tx.find('handedOut', { delivery }))[0]?.text;
}
