import type { AppealState } from '../domain/appeal.ts';
import { inShanghai, plusDays } from '../domain/clock-time.ts';
import type { Store, Transaction } from './ports.ts';

/** How long the ids of heard messages are remembered; no channel delivers a message again later. */
const heardDays = 2;
/** How long what was said stays at hand, to be looked into. */
const sentDays = 2;
const unsentDays = 14;
/** How long something waits for somebody who is no friend of the account. */
const waitingDays = 90;
/** How long after its last step a closed appeal stays at hand. */
export const closedDays = 90;
/** How long a question without an answer is kept (desk: 30 days). */
const unansweredDays = 30;
const choreDays = 7;
/** How long the audit trail stays at hand; later it is in the archive. */
const auditDays = 30;
/** How long it is remembered what a resident chose or rejected; what two chose alike teaches for so long. */
const feedbackDays = 365;

const closed: readonly AppealState[] = ['archived', 'declined', 'merged', 'withdrawn'];

/** How many rows were forgotten or moved to the archive. */
export interface Housekeeping {
  readonly heard: number;
  readonly pending: number;
  readonly deliveries: number;
  readonly appeals: number;
  readonly unanswered: number;
  readonly conversations: number;
  readonly chores: number;
  readonly feedback: number;
  readonly undos: number;
  readonly audit: number;
}

/** Forgets what has had its time and moves what is finished to the archive, so that a commit does not grow with history. */
export async function housekeep(tx: Transaction, now: Date): Promise<Housekeeping> {
  const before = (days: number) => plusDays(now, -days).toISOString();
  return {
    heard: await forget(tx, 'heard', await tx.find('heard', { at: { atMost: before(heardDays) } })),
    pending: await forget(tx, 'pending', await tx.find('pending', { expiresAt: { atMost: now.toISOString() } })),
    deliveries:
      (await archive(tx, 'deliveries', await tx.find('deliveries', { state: 'sent', createdAt: { atMost: before(sentDays) } }))) +
      (await archive(tx, 'deliveries', await tx.find('deliveries', { state: 'failed', createdAt: { atMost: before(unsentDays) } }))) +
      (await archive(tx, 'deliveries', await tx.find('deliveries', { state: 'waiting', createdAt: { atMost: before(waitingDays) } }))),
    appeals: await archive(
      tx,
      'appeals',
      (await tx.find('appeals', { state: closed })).filter(({ history }) => (history.at(-1)?.at ?? '') <= before(closedDays)),
    ),
    unanswered: await forget(tx, 'unanswered', await tx.find('unanswered', { at: { atMost: before(unansweredDays) } })),
    conversations: await forget(
      tx,
      'conversations',
      (await tx.find('conversations')).filter(({ topicAt = '', menuAt = '', listed, takenOverUntil = '' }) =>
        [topicAt, menuAt, listed?.at ?? '', takenOverUntil].every((at) => at <= before(heardDays)),
      ),
    ),
    chores: await forget(tx, 'chores', await tx.find('chores', { at: { atMost: before(choreDays) } })),
    feedback: await forget(tx, 'feedback', await tx.find('feedback', { at: { atMost: before(feedbackDays) } })),
    undos: await forget(tx, 'undos', await tx.find('undos', { at: { atMost: before(1) } })),
    audit: await archive(
      tx,
      'audit',
      (await tx.find('audit', { at: { atMost: before(auditDays) } })).map((row) => ({ ...row, createdAt: row.at })),
    ),
  };
}

/** What housekeeping would do now, without doing it. */
export async function rehearseHousekeeping(store: Store, now: Date): Promise<Housekeeping> {
  class Rehearsed extends Error {
    readonly result: Housekeeping;
    constructor(result: Housekeeping) {
      super('a rehearsal leaves nothing');
      this.result = result;
    }
  }
  try {
    return await store.transaction(async (tx) => {
      throw new Rehearsed(await housekeep(tx, now));
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.result;
    throw error;
  }
}

async function forget(
  tx: Transaction,
  table: Parameters<Transaction['remove']>[0],
  rows: readonly { readonly id: string }[],
): Promise<number> {
  for (const { id } of rows) await tx.remove(table, id);
  return rows.length;
}

/** By the month in which it began, in Shanghai. */
async function archive(
  tx: Transaction,
  table: 'deliveries' | 'appeals' | 'audit',
  rows: readonly { readonly id: string; readonly createdAt: string }[],
): Promise<number> {
  for (const { id, createdAt } of rows) await tx.archive(table, id, inShanghai(new Date(createdAt)).date.slice(0, 7));
  return rows.length;
}
