import { plusDays, spokenDate } from '../../domain/time/clock-time.ts';
import { type Chore, isThere } from '../kernel/chore.ts';
import type { App } from '../kernel/desk.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Delivery } from '../sending/rows.ts';
import type { Means } from './edition.ts';
import type { Edition } from './rows.ts';
import { meansOf, tell } from './schedule.ts';

/** How an edition stands. */
export interface Progress {
  readonly sent: number;
  readonly open: number;
  /** Nobody knows whether these arrived. */
  readonly unsure: readonly Delivery[];
  readonly failed: readonly Delivery[];
}

/** Counts the copies of an edition. */
export async function progressOf(tx: Transaction, { id }: Pick<Edition, 'id'>): Promise<Progress> {
  const those = (state: Delivery['state']) => tx.find('deliveries', { edition: id, state }, { by: 'sequence' });
  return {
    sent: await tx.count('deliveries', { edition: id, state: 'sent' }),
    open: await tx.count('deliveries', { edition: id, state: ['queued', 'sending', 'waiting'] }),
    unsure: await those('unsure'),
    failed: await those('failed'),
  };
}

/** When the last copy of an edition has found its end, staff hear once how it went. */
export const editionReports: Chore = {
  id: 'editionReports',
  isDue: (_app, _now, tx) => isThere(tx, 'editions', { state: 'planned' }),
  run: reportEditions,
};

async function reportEditions(app: App, now: Date): Promise<void> {
  await app.store.transaction(async (tx) => {
    const means = meansOf(app, tx, now);
    for (const edition of await tx.find('editions', { state: 'planned' })) await finish(means, edition);
  });
}

async function finish(means: Means, edition: Edition): Promise<void> {
  const { tx, say } = means;
  await giveUp(means, edition);
  const { sent, open, unsure, failed } = await progressOf(tx, edition);
  if (open > 0) return;
  await tx.put('editions', { ...edition, state: 'done', result: { sent, unsure: unsure.length, failed: failed.length } });
  // Of what an older version planned, nothing is left to tell.
  if (sent + unsure.length + failed.length === 0) return;
  const about = { title: edition.title, date: spokenDate(new Date(edition.sendAt ?? edition.plannedAt)), sent };
  if (unsure.length + failed.length === 0) return tell(means, say('broadcast.reportClean', about));
  await tell(means, say('broadcast.report', { ...about, unsure: await namesOf(means, unsure), failed: await namesOf(means, failed) }));
}

/** So long a group or subscriber may be unknown to the account after a new login; then it is no news any more. */
const waitsDays = 3;

/** Copies for those who are not known again would go out whenever they are, "明天停水" after weeks, and keep the report waiting. */
async function giveUp({ tx, now }: Means, { id, sendAt, plannedAt, pausedAt }: Edition): Promise<void> {
  if (pausedAt !== undefined || plusDays(new Date(sendAt ?? plannedAt), waitsDays) > now) return;
  const held = new Set((await tx.find('rooms', { held: true })).map((room) => room.id));
  for (const copy of await tx.find('deliveries', { edition: id, state: ['queued', 'waiting'] }))
    if (copy.state === 'waiting' || held.has(copy.room ?? '')) await tx.put('deliveries', { ...copy, state: 'failed' });
}

/** Whom these were for, by name: groups; of subscribers how many. */
export async function namesOf({ tx, say }: Pick<Means, 'tx' | 'say'>, copies: readonly Delivery[]): Promise<string> {
  const rooms = await Promise.all(copies.map(async ({ room }) => (room === undefined ? [] : [(await tx.get('rooms', room))?.name ?? ''])));
  const people = copies.filter(({ person }) => person !== undefined).length;
  return [...rooms.flat(), ...(people > 0 ? [say('broadcast.subscribers', { count: people })] : [])].join(say('list.separator'));
}
