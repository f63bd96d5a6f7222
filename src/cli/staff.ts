import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chineseWorkCalendar } from '../adapters/calendar/work-calendar.ts';
import { loadFiles } from '../adapters/content/load.ts';
import { silentLog } from '../adapters/system/log.ts';
import { giveOrder } from '../adapters/system/orders.ts';
import { scryptSecrets } from '../adapters/system/secrets.ts';
import { systemClock, systemIds } from '../adapters/system/system.ts';
import { officeTime } from '../desk/kernel/office-time.ts';
import { type Say, speaker } from '../desk/kernel/say.ts';
import { carryOutOrder, type HostOrder, staffOnHost } from '../desk/people/host.ts';
import { chosenCommunity } from './communities.ts';
import { communityOptions, openStore, openStoreCopy, trial } from './community.ts';
import { openVault } from './keys.ts';
import { contentFolder } from './understanding.ts';

/** A running bot looks for orders every five seconds. */
const tries = 60;
const pauseMs = 500;

/**
 * `staff [--community ID] [list | stop ROW|NAME|TOKEN | code]`: who is on the staff; somebody is no longer; a one-time code that
 * makes a director. For whoever sits at the computer, also while the bot runs, and whoever has got hold of an authority in the chat.
 */
export async function staffCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: communityOptions,
  });
  const { config, community } = chosenCommunity(process.env, values);
  const { content } = loadFiles(contentFolder(config));
  const ids = systemIds(systemClock);
  const say = speaker(() => content.wording, ids);
  const { folder } = community;
  const print = (text: string) => process.stdout.write(`${text}\n`);
  const [what = 'list', ...who] = positionals;
  if (what === 'list') {
    const store = await openStoreCopy(community);
    return void print(await store.transaction((tx) => staffOnHost(tx, say)));
  }
  const order = readOrder(what, who.join(' '));
  if (!order) return wrongly(say);
  const store = await openStore(community, silentLog).catch((error: Error) => {
    if (error.name !== 'LockedError') throw error;
    return undefined;
  });
  if (store) {
    const { time } = officeTime(content.calendar, chineseWorkCalendar);
    const secrets = community.id === trial ? undefined : scryptSecrets;
    const means = { store, ids, now: systemClock.now(), say, vault: await openVault(config, folder, store), time, secrets };
    return void print(await carryOutOrder(means, order).finally(() => store.close()));
  }
  const answer = await giveOrder(folder, order, { sleep: () => sleep(pauseMs), tries });
  print(answer ?? say('host.noAnswer'));
  if (answer === undefined) process.exitCode = 1;
}

function readOrder(what: string, who: string): HostOrder | undefined {
  if (what === 'code' && who === '') return { order: 'code' };
  return what === 'stop' && who !== '' ? { order: 'stop', who } : undefined;
}

function wrongly(say: Say): void {
  process.stderr.write(`${say('host.staffUsage')}\n`);
  process.exitCode = 2;
}
