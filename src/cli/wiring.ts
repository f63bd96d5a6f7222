import { schedule } from 'node-cron';
import { z } from 'zod';
import { chineseWorkCalendar } from '../adapters/calendar/work-calendar.ts';
import type { Library } from '../adapters/content/library.ts';
import { describe } from '../adapters/content/problem.ts';
import type { Orders } from '../adapters/system/orders.ts';
import { createApp } from '../desk/conversation/app.ts';
import type { Account } from '../desk/kernel/accounts.ts';
import type { App } from '../desk/kernel/desk.ts';
import { officeTime } from '../desk/kernel/office-time.ts';
import type { Papers } from '../desk/kernel/papers.ts';
import type { Backups, Clock, Files, Ids, Log, Secrets, Store, Vault } from '../desk/kernel/ports.ts';
import { toDirectors, toStaff } from '../desk/kernel/staff.ts';
import type { Street } from '../desk/kernel/street.ts';
import { newDirectorCode } from '../desk/people/enrolment.ts';
import { carryOutOrder } from '../desk/people/host.ts';
import { queue } from '../desk/sending/deliveries.ts';
import { frozenSince } from '../desk/sending/freeze.ts';

/** What is common to every way of running the bot: the app, its first director, its ticks, its reloads. */
export interface Running {
  readonly app: App;
  /** The code that makes a director; undefined while there is one who can act. */
  readonly directorCode: string | undefined;
  /** Ends ticks and reloads; whatever is under way is finished first. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly store: Store;
  readonly accounts: readonly Account[];
  readonly library: Library;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly backups: Backups;
  readonly vault: Vault;
  readonly files: Files;
  readonly papers: Papers;
  /** At the desk of a street office: its communities. */
  readonly street?: Street;
  /** The address of the public site. */
  readonly siteUrl: string | undefined;
  /** Where the ids of an account change with each login. */
  readonly secrets?: Secrets;
  /** What whoever sits at the computer orders by `npm run staff` while the bot runs. */
  readonly orders?: Orders;
}

/** Wires the app and begins to tick every few seconds: an unanswered question about danger is due after a minute, not two. The tick does what is due by the store; the timer only wakes it. */
export async function start({ library, orders, siteUrl, ...parts }: StartOptions): Promise<Running> {
  const { store, clock, ids, log } = parts;
  const links = siteUrl === undefined ? {} : { siteUrl };
  const app = createApp({ ...parts, ...links, content: library, workCalendars: chineseWorkCalendar });
  await app.outbox.recover();
  await remindOfFreeze(app);
  const directorCode = await newDirectorCode(store, ids, clock.now(), true);
  // Sending is not waited for: an account that has to speak slowly must not keep an alarm from ringing.
  const tick = async () => {
    const failed = (error: unknown) => log.error({ err: error }, 'a tick failed');
    if (orders) await carryOutOrders(app, orders).catch(failed);
    await app.doDue().catch(failed);
    void app.outbox.pump().catch(failed);
  };
  const timer = schedule('*/5 * * * * *', tick, { name: 'tick', noOverlap: true });
  const unwatch = library.watch((problems) => {
    log.info({ problems: problems.length }, 'content was read again');
    if (problems.length > 0)
      void tellStaff(app, problems.slice(0, 5).map(describe).join('\n')).catch((error: unknown) =>
        log.error({ err: error }, 'staff could not be told'),
      );
  });
  void tick();
  return {
    app,
    directorCode,
    async stop() {
      await timer.destroy();
      unwatch();
      await app.stop();
      await store.close();
    },
  };
}

/** What was ordered at the computer; what is no order is answered by how one is written. */
export async function carryOutOrders(app: App, orders: Orders): Promise<void> {
  for (const { given, answer } of orders.waiting()) {
    const order = orderSchema.safeParse(given);
    const { time } = officeTime(app.overlay.last(app.content.current()).calendar, app.workCalendars);
    answer(order.success ? await carryOutOrder({ ...app, now: app.clock.now(), time }, order.data) : app.say('host.staffUsage'));
  }
}

const orderSchema = z.discriminatedUnion('order', [
  z.strictObject({ order: z.literal('code') }),
  z.strictObject({ order: z.literal('stop'), who: z.string().max(64) }),
]);

/** After a restore the director is told at every start, until they let go or drop what was held. */
async function remindOfFreeze(app: App): Promise<void> {
  await app.store.transaction(async (tx) => {
    if ((await frozenSince(tx)) === undefined) return;
    for (const reply of await toDirectors(tx, app.say('thaw.frozen'))) await queue(tx, app.ids, app.clock.now(), reply);
  });
}

async function tellStaff(app: App, problems: string): Promise<void> {
  await app.store.transaction(async (tx) => {
    for (const reply of await toStaff(tx, app.say('trouble.content', { problems }))) await queue(tx, app.ids, app.clock.now(), reply);
  });
  await app.outbox.pump();
}
