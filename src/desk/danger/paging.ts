import { plusMinutes } from '../../domain/time/clock-time.ts';
import { type Chore, eachApart, failFor } from '../kernel/chore.ts';
import type { App } from '../kernel/desk.ts';
import type { Transaction } from '../kernel/ports.ts';
import { toDirectors, toDuty } from '../kernel/staff.ts';
import { queue } from '../sending/deliveries.ts';
import type { Alarm } from './rows.ts';

/** Staff are paged every five minutes, three times, then the director. */
const againMinutes = 5;
const pagesToStaff = 3;
const never = '9999-12-31T00:00:00.000Z';

/** Pages whom an unacknowledged emergency is due to. By the store and the clock, so that a restart forgets nobody. */
export const alarms: Chore = { id: 'alarms', pressing: true, run: ringAlarms };

async function ringAlarms(app: App, now: Date): Promise<void> {
  const due = await app.store.transaction((tx) => tx.find('alarms', { nextAt: { atMost: now.toISOString() } }));
  const ids = due.map(({ id }) => id);
  failFor(await eachApart(app, ids, (id) => app.store.transaction((tx) => ring(app, tx, id, now))));
}

async function ring(app: App, tx: Transaction, id: string, now: Date): Promise<void> {
  const alarm = await tx.get('alarms', id);
  // Acknowledged since it was found due.
  if (!alarm || alarm.nextAt > now.toISOString()) return;
  const page = await pageFor(app, tx, alarm, now);
  for (const reply of page ?? []) await queue(tx, app.ids, now, { ...reply, urgent: true });
  const pages = alarm.pages + 1;
  if (alarm.asked || page === undefined) await tx.remove('alarms', id);
  // After the director there is nobody left to page; the alarm waits for somebody to say /收到.
  else if (pages > pagesToStaff) await tx.put('alarms', { ...alarm, pages, nextAt: never });
  else await tx.put('alarms', { ...alarm, pages, nextAt: plusMinutes(now, againMinutes).toISOString() });
}

async function pageFor(app: App, tx: Transaction, alarm: Alarm, now: Date) {
  const { say } = app;
  if (alarm.asked) {
    const kind = app.content.current().emergencies.kinds.find(({ id }) => id === alarm.asked?.emergency);
    const person = await tx.get('people', alarm.asked.person);
    const text = say('emergency.noAnswer', { title: kind?.title ?? '', name: person?.name ?? '', text: alarm.asked.text });
    return (await toDuty(tx, now, text)).map((reply) => ({ ...reply, ...(person ? { about: person.id } : {}) }));
  }
  const appeal = await tx.get('appeals', alarm.appeal ?? '');
  // Somebody has taken it on, or closed it.
  if (appeal?.state !== 'registered') return undefined;
  const text = say('emergency.pageAgain', { number: appeal.id, what: appeal.what, times: alarm.pages + 1 });
  return alarm.pages < pagesToStaff
    ? toDuty(tx, now, text)
    : toDirectors(tx, say('emergency.pageDirector', { number: appeal.id, what: appeal.what }));
}
