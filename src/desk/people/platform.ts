import type { App } from '../kernel/desk.ts';
import { markOnce } from '../kernel/marks.ts';
import { toDirectors } from '../kernel/staff.ts';
import { queue } from '../sending/deliveries.ts';

/** The platform tells of the account itself, that its verification ends or was changed: the directors hear it, once a day. @param what as the platform calls it */
export async function accountTells(app: App, what: string): Promise<void> {
  const now = app.clock.now();
  await app.store.transaction(async (tx) => {
    if (!(await markOnce({ tx, now }, `platform/${what}/${now.toISOString().slice(0, 10)}`))) return;
    for (const reply of await toDirectors(tx, app.say('official.platform', { what }))) await queue(tx, app.ids, now, reply);
  });
}
