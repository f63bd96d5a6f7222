import { plusMinutes } from '../../domain/time/clock-time.ts';
import { waiting } from '../kernel/asked.ts';
import type { Transaction } from '../kernel/ports.ts';

/** What is talked about in a chat is over after minutes, a list after half an hour, a menu after some time. */
const talkMinutes = 6 * 60;
/** A count is begun anew after an hour, unless somebody is silenced or was within the last day. */
const countMinutes = 60;
const forgivenMinutes = 24 * 60;

/** How many rows were forgotten. */
export interface Tidied {
  readonly questions: number;
  readonly conversations: number;
  readonly traffic: number;
}

/** Forgets what is over within the day: questions that nobody answered, chats that ended, counts. By evening it would be most of the state. */
export async function tidy(tx: Transaction, now: Date): Promise<Tidied> {
  const before = (minutes: number) => plusMinutes(now, -minutes).toISOString();
  const over = (await tx.find('conversations')).filter(({ topicAt = '', menuAt = '', listed, takenOverUntil = '' }) =>
    [topicAt, menuAt, listed?.at ?? '', takenOverUntil].every((at) => at <= before(talkMinutes)),
  );
  const counts = [
    ...(await tx.find('traffic', { level: 0, since: { atMost: before(countMinutes) } })),
    ...(await tx.find('traffic', { level: { atLeast: 1 }, since: { atMost: before(forgivenMinutes) } })),
  ];
  return {
    questions: await forget(
      tx,
      'questions',
      (await tx.find('questions')).filter((row) => waiting(row, now).length === 0),
    ),
    conversations: await forget(tx, 'conversations', over),
    traffic: await forget(tx, 'traffic', counts),
  };
}

/** @returns how many rows are gone */
export async function forget(
  tx: Transaction,
  table: Parameters<Transaction['remove']>[0],
  rows: readonly { readonly id: string }[],
): Promise<number> {
  for (const { id } of rows) await tx.remove(table, id);
  return rows.length;
}
