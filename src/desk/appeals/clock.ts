import { nextWake, type Wake } from '../../domain/appeals/appeal-clock.ts';
import { inShanghai, spokenTime } from '../../domain/time/clock-time.ts';
import { type Chore, eachApart, failFor } from '../kernel/chore.ts';
import type { App } from '../kernel/desk.ts';
import type { Reply } from '../kernel/message.ts';
import { officeTime } from '../kernel/office-time.ts';
import { toDirectors } from '../kernel/staff.ts';
import { queue } from '../sending/deliveries.ts';
import { type Acting, byTheClock, keep, makeMove, ratingOf, summaryLine, toReporter } from './moves.ts';
import type { Appeal } from './rows.ts';
import { toHandler } from './staff.ts';

/** So many things that are due are done in one transaction. */
const atOnce = 50;

/** Reminders, the end of waiting for a resident, nudges and archiving: whatever the clocks of the appeals have come to. */
export const appealClocks: Chore = { id: 'appeals', run: watchAppeals };

async function watchAppeals(app: App, now: Date): Promise<void> {
  const due = await app.store.transaction((tx) => tx.find('appeals', { wakeAt: { atMost: now.toISOString() } }, { by: 'wakeAt' }));
  const failed: string[] = [];
  for (let begin = 0; begin < due.length; begin += atOnce) {
    const ids = due.slice(begin, begin + atOnce).map(({ id }) => id);
    // Where one cannot be done, the others are done apart.
    await wakeAll(app, ids, now).catch(async () => failed.push(...(await eachApart(app, ids, (id) => wakeAll(app, [id], now)))));
  }
  failFor(failed);
}

/** Wakes appeals in one transaction: all of them, or none. */
async function wakeAll(app: App, ids: readonly string[], now: Date): Promise<void> {
  await app.store.transaction(async (tx) => {
    const content = await app.overlay.over(app.content.current(), tx);
    const { time } = officeTime(content.calendar, app.workCalendars);
    const acting: Acting = { tx, now, say: app.say, content, time, vault: app.vault, actor: byTheClock };
    for (const id of ids) {
      const appeal = await tx.get('appeals', id);
      // Somebody has done something about it since it was found due.
      if (appeal?.wakeAt === undefined || appeal.wakeAt > now.toISOString()) continue;
      for (const reply of await wake(acting, appeal)) await queue(tx, app.ids, now, reply);
    }
  });
}

/** Does what is due now. What came due while the bot was away is not said several times over: the last of it is said. */
async function wake(acting: Acting, appeal: Appeal): Promise<readonly Reply[]> {
  const { told, last } = dueNow(acting, appeal);
  if (last === undefined) {
    // The calendar was edited since: the clock is set anew, or it would come up for ever.
    await keep(acting, appeal);
    return [];
  }
  const woken = { ...appeal, told };
  switch (last) {
    case 'archive':
      await makeMove(acting, woken, 'archive', acting.say('rating.notGiven'));
      return [];
    case 'waited': {
      const moved = await makeMove(acting, woken, 'supplement', acting.say('ask.unanswered'));
      return toHandler(acting, moved, acting.say('remind.waited', { line: await summaryLine(moved, acting) }));
    }
    case 'nudge':
      await keep(acting, woken);
      return appeal.onBehalfOf === undefined && ratingOf(appeal) === undefined
        ? [toReporter(appeal, acting.say('rating.nudge', { number: appeal.id, what: appeal.what }))]
        : [];
    default:
      await keep(acting, woken);
      return reminders(acting, appeal, last);
  }
}

/** Everything whose time has come, as told, and the last of it. */
function dueNow({ now, time }: Acting, appeal: Appeal): { told: Wake[]; last: Wake | undefined } {
  const told = [...appeal.told];
  let last: Wake | undefined;
  for (let next = nextWake(appeal, time); next && next.at <= now; next = nextWake({ ...appeal, told }, time)) {
    last = next.what;
    told.push(last);
  }
  return { told, last };
}

async function reminders(acting: Acting, appeal: Appeal, due: Exclude<Wake, 'archive' | 'waited' | 'nudge'>): Promise<Reply[]> {
  const { tx, say, now } = acting;
  const dayOf = (at: Date | string) => inShanghai(new Date(at)).date;
  // After an absence, or a jump of the clock, what is said must not call another day today.
  const passed = due === 'due' && appeal.answerBy !== undefined && dayOf(appeal.answerBy) < dayOf(now);
  const text = say(`remind.${passed ? 'dueBefore' : due}`, {
    line: await summaryLine(appeal, acting),
    date: appeal.answerBy === undefined ? '' : spokenTime(new Date(appeal.answerBy)),
  });
  const toThem = await toHandler(acting, appeal, text);
  const serious = due === 'due' || due === 'overdue' || due === 'outer' || (due === 'firstWord' && appeal.urgent);
  if (!serious) return toThem;
  const known = new Set(toThem.map(({ to }) => ('room' in to ? to.room : to.person)));
  const directors = (await toDirectors(tx, text)).filter(({ to }) => 'person' in to && !known.has(to.person));
  return [...toThem, ...directors];
}
