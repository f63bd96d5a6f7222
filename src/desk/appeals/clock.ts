import { isJudged } from '../../domain/appeals/appeal.ts';
import { nextWake, type Wake } from '../../domain/appeals/appeal-clock.ts';
import { type Chore, eachApart, failFor, isThere } from '../kernel/chore.ts';
import type { App } from '../kernel/desk.ts';
import type { Reply } from '../kernel/message.ts';
import { officeTime } from '../kernel/office-time.ts';
import { toDirectors } from '../kernel/staff.ts';
import { brieflyOwn } from '../kernel/whole.ts';
import { queue } from '../sending/deliveries.ts';
import { withItsPage } from './case-page.ts';
import { type Acting, byTheClock, keep, makeMove, ratingOf, summaryLine, toReporter } from './moves.ts';
import type { Appeal } from './rows.ts';
import { toHandler } from './staff.ts';

/** So many things that are due are done in one transaction. */
const atOnce = 50;

/** Urgent ones that nobody has said a word to, the end of waiting for a resident, nudges and archiving: whatever the clocks of the appeals have come to. */
export const appealClocks: Chore = { id: 'appeals', isDue: (_, now, tx) => isThere(tx, 'appeals', wakeAt(now)), run: watchAppeals };

const wakeAt = (now: Date) => ({ wakeAt: { atMost: now.toISOString() } });

async function watchAppeals(app: App, now: Date): Promise<void> {
  const due = await app.store.transaction((tx) => tx.find('appeals', wakeAt(now), { by: 'wakeAt' }));
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
      for (const reply of await wake(acting, appeal))
        await queue(tx, app.ids, now, await withItsPage({ ...acting, ids: app.ids, siteUrl: app.siteUrl }, reply));
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
      return isJudged(appeal.kind) && appeal.onBehalfOf === undefined && ratingOf(appeal) === undefined
        ? [toReporter(appeal, acting.say('rating.nudge', { number: appeal.id, what: brieflyOwn(acting.say, appeal.what) }))]
        : [];
    default:
      await keep(acting, woken);
      return firstWordMissing(acting, appeal);
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

/** Of an urgent one, to whoever handles it and to the directors. */
async function firstWordMissing(acting: Acting, appeal: Appeal): Promise<Reply[]> {
  const text = acting.say('remind.firstWord', { line: await summaryLine(appeal, acting) });
  const toThem = await toHandler(acting, appeal, text);
  const known = new Set(toThem.map(({ to }) => ('room' in to ? to.room : to.person)));
  const directors = (await toDirectors(acting.tx, text)).filter(({ to }) => 'person' in to && !known.has(to.person));
  return [...toThem, ...directors];
}
