import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readFile } from '../adapters/content/files.ts';
import { type Cast, loadCast } from '../adapters/simulator/cast.ts';
import { SimulatorPuppet } from '../adapters/simulator/puppet.ts';
import { World } from '../adapters/simulator/world.ts';
import { filesBelow } from '../adapters/system/files.ts';
import { createLog } from '../adapters/system/log.ts';
import { ordersBelow } from '../adapters/system/orders.ts';
import { systemIds } from '../adapters/system/system.ts';
import { createWeb } from '../adapters/web/server.ts';
import { wechatyChannel } from '../adapters/wechat/channel.ts';
import { connect } from '../adapters/wechat/connect.ts';
import { createDirectory, type Directory } from '../adapters/wechat/directory.ts';
import { createEyes } from '../adapters/wechat/eyes.ts';
import { createOwnWords } from '../adapters/wechat/own-words.ts';
import { simulatorProfile as profile } from '../adapters/wechat/profile.ts';
import { newWechaty } from '../adapters/wechat/wechaty.ts';
import type { Store } from '../desk/kernel/ports.ts';
import type { Say } from '../desk/kernel/say.ts';
import { backupsOf, communityOf, openStore, trial } from './community.ts';
import type { Config } from './config.ts';
import { openVault } from './keys.ts';
import { papersIn } from './papers.ts';
import { openSite, siteDesk } from './site.ts';
import { contentFolder, openContent } from './understanding.ts';
import { start } from './wiring.ts';

/** The bot without WeChat: a small WeChat in the browser, behind the same Wechaty adapter. @returns the addresses of its page and of the public site, and what stops it */
export async function startSimulator(
  config: Config,
  print: (line: string) => void,
): Promise<{ address: string; site: string; say: Say; stop(): Promise<void> }> {
  const log = createLog(config.LOG_LEVEL);
  const community = communityOf(config, { community: trial });
  const { folder } = community;
  const store = await openStore(community, log);
  const library = openContent(config, log, print, true);
  const data = readFile(contentFolder(config), 'data/simulator.yaml', []).value as { readonly texts: unknown };
  const cast = loadCast(data);
  const world = new World({ cast, clock: () => new Date(), newId: randomUUID });
  const ids = systemIds(world);
  const directory = createDirectory(store, ids, 'simulator');
  await seat(store, directory, cast, world.now());

  const ownWords = createOwnWords(() => world.now());
  const bot = newWechaty({ name: join(folder, 'wechaty'), puppet: new SimulatorPuppet(world) });
  const mediaFolder = join(folder, 'media');
  const running = await start({
    store,
    channel: wechatyChannel(bot, { directory, profile, ownWords, mediaFolder }),
    library,
    clock: world,
    ids,
    log,
    backups: backupsOf(config, community),
    vault: await openVault(config, folder, store),
    files: filesBelow(mediaFolder),
    papers: papersIn(mediaFolder, config, log),
    siteUrl: config.SITE_URL,
    orders: ordersBelow(folder),
  });
  const eyes = createEyes(bot, directory, profile);
  connect(bot, running.app, { eyes, profile, ownWords, botName: () => cast.bot.name, mediaFolder }, log);
  await bot.start();

  const web = createWeb({
    world,
    texts: data.texts,
    onClockMoved: () => running.app.tick(),
    ...(config.WEB_TOKEN === undefined ? {} : { token: config.WEB_TOKEN }),
  });
  const listening = await web.listen({ host: config.HOST, port: config.PORT });
  const site = await openSite(config, running.app, [siteDesk(running.app, mediaFolder)]);
  return {
    address: listening.address,
    site: site.address,
    say: running.app.say,
    async stop() {
      await site.close();
      await listening.close();
      // What is being said needs the bot.
      await running.stop();
      await bot.stop();
    },
  };
}

/** Seats the cast: the trial's staff have their roles and its groups are bound from the start. */
async function seat(store: Store, directory: Directory, cast: Cast, now: Date): Promise<void> {
  for (const { id: native, name, role, friend } of cast.people) {
    if (role === 'bot') continue;
    const id = await directory.person(native, { name, reachable: friend });
    if (role === 'resident') continue;
    await store.transaction(async (tx) => {
      const person = await tx.get('people', id);
      if (person) await tx.put('people', { ...person, role });
    });
  }
  for (const { id: native, topic, kind } of cast.rooms) {
    const id = await directory.room(native, { name: topic });
    await store.transaction(async (tx) => {
      const room = await tx.get('rooms', id);
      if (room?.kind === 'unbound') await tx.put('rooms', { ...room, kind, boundAt: now.toISOString() });
    });
  }
}
