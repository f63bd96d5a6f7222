import { inShanghai } from '../domain/clock-time.ts';
import type { App } from './app.ts';
import { queue } from './deliveries.ts';
import { housekeep } from './housekeeping.ts';
import { toStaff } from './staff.ts';

/** The hour of the night, in Shanghai, from which the day's chores are due: after the last question, before the first. */
const dueFromHour = 3;

/** Housekeeping and a backup, once a day; what fails is tried again at the next tick and told to the staff once. */
export async function doDailyChores(app: App, now: Date): Promise<void> {
  const { date, hour } = inShanghai(now);
  if (hour < dueFromHour) return;
  const at = now.toISOString();
  await app.store.transaction(async (tx) => {
    if (await tx.insert('chores', { id: `housekeeping/${date}`, at })) app.log.info({ ...(await housekeep(tx, now)) }, 'housekeeping');
  });
  if (app.backups) await backUp(app, app.backups, `backup/${date}`, now);
}

async function backUp(app: App, backups: NonNullable<App['backups']>, id: string, now: Date): Promise<void> {
  if (await app.store.transaction((tx) => tx.get('chores', id))) return;
  try {
    const { name, bytes, rows } = await backups.make(now);
    app.log.info({ name, bytes, rows }, 'backup');
    await app.store.transaction((tx) => tx.insert('chores', { id, at: now.toISOString() }));
  } catch (error) {
    app.log.error({ err: error }, 'the daily backup failed');
    await app.store.transaction(async (tx) => {
      if (!(await tx.insert('chores', { id: `${id}/told`, at: now.toISOString() }))) return;
      for (const reply of await toStaff(tx, app.say('backup.failed'))) await queue(tx, app.ids, now, reply);
    });
  }
}
