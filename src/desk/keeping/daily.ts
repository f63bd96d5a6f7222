import { inShanghai } from '../../domain/time/clock-time.ts';
import type { Chore } from '../kernel/chore.ts';
import { erasePersonal, housekeep } from './housekeeping.ts';
import { tidy } from './tidying.ts';

/** The hour of the night, in Shanghai, from which the day's chores are due: after the last question, before the first. */
const dueFromHour = 3;
const isDue = (_: unknown, now: Date) => inShanghai(now).hour >= dueFromHour;

/** Forgets what is over within the day. */
export const tidying: Chore = {
  id: 'tidying',
  every: 'hour',
  async run(_, now, tx) {
    await tidy(tx, now);
  },
};

/** Forgets what has had its time, and moves what is finished to the archive. */
export const housekeeping: Chore = {
  id: 'housekeeping',
  every: 'day',
  when: isDue,
  async run(app, now, tx) {
    const done = await housekeep(tx, now);
    tx.afterCommit(() => app.log.info({ ...done }, 'housekeeping'));
  },
};

/** Takes what is personal out of what was closed long ago: once a month, since the archive is read whole. */
export const retention: Chore = {
  id: 'retention',
  every: 'month',
  when: isDue,
  async run(app, now, tx) {
    const erased = await erasePersonal(tx, now);
    tx.afterCommit(() => app.log.info({ erased }, 'retention'));
  },
};

/** A copy of everything that is kept. */
export const dailyBackup: Chore = {
  id: 'backup',
  failed: 'backup.failed',
  every: 'day',
  when: (app, now) => app.backups !== undefined && isDue(app, now),
  async run(app, now, tx) {
    const made = await app.backups?.make(now);
    tx.afterCommit(() => app.log.info({ ...made }, 'backup'));
  },
};
