import { inShanghai, plusMinutes } from '../../domain/time/clock-time.ts';
import { type Chore, choreTitle, mayBeDue, perform } from '../kernel/chore.ts';
import type { App } from '../kernel/desk.ts';
import { markOnce } from '../kernel/marks.ts';
import type { ChoreTrouble } from '../kernel/rows.ts';
import { toStaff } from '../kernel/staff.ts';
import { queue } from '../sending/deliveries.ts';

/** After its first failure a chore is tried again at once, then later each time, up to so many minutes. */
const firstWaitMinutes = 1 / 12;
const longestWaitMinutes = 15;
const pressingWaitMinutes = 1;

/** Does what is due of every chore, one after another, until they are told to end. One that throws is noted, and the others go on. */
export async function doChores(app: App, chores: readonly Chore[], now: Date, ended = () => false): Promise<void> {
  for (let left = chores; !ended(); ) {
    const next = await nextDue(app, left, now);
    if (!next) return;
    const { chore, trouble } = next;
    try {
      await perform(app, chore, now);
      if (trouble) await app.store.transaction((tx) => tx.remove('chores', chore.id));
    } catch (error) {
      app.log.error({ chore: chore.id, failures: (trouble?.failures ?? 0) + 1, err: error }, 'a chore failed; it is tried again');
      await noteTrouble(app, chore, trouble, now).catch((failure: unknown) =>
        app.log.error({ chore: chore.id, err: failure }, 'that a chore failed could not be noted'),
      );
    }
    left = left.slice(left.indexOf(chore) + 1);
  }
}

interface Due {
  readonly chore: Chore;
  readonly trouble: ChoreTrouble | undefined;
}

/** The first of these of which there may be something to do now. Where there is nothing, as at nearly every tick, one transaction tells. */
function nextDue(app: App, chores: readonly Chore[], now: Date): Promise<Due | undefined> {
  return app.store.transaction(async (tx) => {
    const troubled = new Map((await tx.find('chores')).map((row) => [row.id, row]));
    for (const chore of chores) {
      const trouble = troubled.get(chore.id);
      if (trouble && waits(trouble, now)) continue;
      // One that cannot even tell is tried, so that it fails where that is noted.
      if (await mayBeDue(app, chore, now, tx).catch(() => true)) return { chore, trouble };
    }
    return undefined;
  });
}

/** Until its time comes again; a clock that was ahead and was set right again does not put it off. */
function waits({ since, nextAt }: ChoreTrouble, now: Date): boolean {
  return nextAt > now.toISOString() && since <= now.toISOString();
}

/** Notes when a chore that failed is tried again, and tells the staff, once a day. */
async function noteTrouble(app: App, chore: Chore, before: ChoreTrouble | undefined, now: Date): Promise<void> {
  const failures = (before?.failures ?? 0) + 1;
  const wait = Math.min(firstWaitMinutes * 2 ** (failures - 1), chore.pressing ? pressingWaitMinutes : longestWaitMinutes);
  await app.store.transaction(async (tx) => {
    const since = before?.since ?? now.toISOString();
    await tx.put('chores', { id: chore.id, since, failures, nextAt: plusMinutes(now, wait).toISOString() });
    if (!(await markOnce({ tx, now }, `failed/${chore.id}/${inShanghai(now).date}`))) return;
    const text = chore.failed ? app.say(chore.failed) : app.say('trouble.chore', { what: choreTitle(app.say, chore.id) });
    for (const reply of await toStaff(tx, text)) await queue(tx, app.ids, now, reply);
  });
}
