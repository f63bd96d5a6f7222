import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readFile } from '../adapters/content/files.ts';
import { accountMenu, keyPrefix } from '../adapters/official/menu.ts';
import { type Cast, loadCast } from '../adapters/simulator/cast.ts';
import { SimulatorPuppet } from '../adapters/simulator/puppet.ts';
import { World } from '../adapters/simulator/world.ts';
import type { Doing } from '../adapters/web/api.ts';
import { createWeb } from '../adapters/web/server.ts';
import { loadTexts, type PageTexts } from '../adapters/web/texts.ts';
import { connect } from '../adapters/wechat/connect.ts';
import { createEyes } from '../adapters/wechat/eyes.ts';
import { createOwnWords } from '../adapters/wechat/own-words.ts';
import { simulatorProfile as profile } from '../adapters/wechat/profile.ts';
import { wechatyAccount } from '../adapters/wechat/speaking.ts';
import { newWechaty } from '../adapters/wechat/wechaty.ts';
import { firstAccount } from '../desk/kernel/accounts.ts';
import type { Store } from '../desk/kernel/ports.ts';
import { createDirectory, type Directory } from '../desk/people/directory.ts';
import { communityOf, trial } from './community.ts';
import { type Attached, type CommunityDesk, openDeskOf } from './community-desk.ts';
import type { Config } from './config.ts';
import { serve } from './run.ts';
import { attachSimulated } from './simulated-account.ts';
import { windowOf } from './simulated-window.ts';
import { contentFolder } from './understanding.ts';

/** The trial: a desk of its own, with a small WeChat in the browser behind the same Wechaty adapter, and a 服务号 and 企业微信 beside it. */
export async function startSimulator(
  config: Config,
  print: (line: string) => void,
  restart: () => void = () => undefined,
): Promise<{ stop(): Promise<void> }> {
  const { desk, attached } = await openTrial(config, print, restart);
  return serve(desk, attached);
}

/** Opens it: the content of these settings, and the state of the trial. */
export async function openTrial(
  config: Config,
  print: (line: string) => void,
  restart: () => void,
): Promise<{ readonly desk: CommunityDesk; readonly attached: readonly Attached[] }> {
  const data = readFile(contentFolder(config), 'data/simulator.yaml', []).value as { readonly texts: unknown };
  const world = new World({ cast: loadCast(data), clock: () => new Date(), newId: randomUUID });
  const means = { print, restart, clock: world, samples: true };
  const desk = await openDeskOf(config, communityOf(config, { community: trial }), means);
  const addressed = (address: string) => print(desk.say('host.page', { address }));
  const others = (['official', 'wecom'] as const).map((name) => attachSimulated(desk, world, name));
  const doings = doingsOf(desk, loadTexts(data.texts));
  return { desk, attached: [...others, await attachSimulator({ ...desk, addressed, doings }, world, data.texts)] };
}

/** Of a desk, what the small WeChat stands on. */
export interface SimulatorMeans extends Pick<CommunityDesk, 'folder' | 'mediaFolder' | 'store' | 'ids' | 'log'> {
  readonly config: Pick<Config, 'HOST' | 'PORT' | 'WEB_TOKEN'>;
  /** What one can do on the 服务号 instead of speaking. */
  readonly doings: readonly Doing[];
  /** Is told where its page is. */
  addressed(address: string): void;
}

/** Attaches the small WeChat, with the page. @param texts what stands on it */
export async function attachSimulator(desk: SimulatorMeans, world: World, texts: unknown): Promise<Attached> {
  const { config, folder, mediaFolder, store, ids, log, addressed, doings } = desk;
  const { cast } = world;
  const directory = createDirectory(store, ids, firstAccount);
  await seat(store, directory, cast, world.now());
  const ownWords = createOwnWords(() => world.now());
  const bot = newWechaty({ name: join(folder, 'wechaty'), puppet: new SimulatorPuppet(world) });
  let page: { close(): Promise<void> } | undefined;
  return {
    account: wechatyAccount(bot, { name: firstAccount, directory, profile, ownWords, mediaFolder }),
    async connect(app) {
      const eyes = createEyes(bot, directory, profile);
      connect(bot, app, { eyes, profile, ownWords, botName: () => cast.bot.name, mediaFolder }, log);
      await bot.start();
      const web = createWeb({
        world,
        texts,
        onClockMoved: () => app.tick(),
        doings,
        windowOf: (person) => windowOf(store, 'official', person, world.now()),
        ...(config.WEB_TOKEN === undefined ? {} : { token: config.WEB_TOKEN }),
      });
      const listening = await web.listen({ host: config.HOST, port: config.PORT });
      page = listening;
      addressed(listening.address);
    },
    end: async () => page?.close(),
    // What is being said needs the bot.
    close: () => bot.stop(),
  };
}

/** What one can do on the 服务号 instead of speaking: follow it, leave it, scan a code of the community's, touch its menu, of which nothing is a page here. */
function doingsOf({ library }: CommunityDesk, texts: PageTexts): Doing[] {
  const { menu, sheets } = library.current();
  const buttons = accountMenu(menu, undefined).flatMap((button) => button.sub_button ?? [button]);
  return [
    { event: 'follow', label: texts.doings.follow },
    ...sheets.sheets.map(({ id, name }) => ({ event: `scan:${id}`, label: `${texts.doings.scan}${name}` })),
    ...buttons.map(({ name, key = '' }) => ({ event: `click:${key.slice(keyPrefix.length)}`, label: `${texts.doings.click}${name}` })),
    { event: 'unfollow', label: texts.doings.unfollow },
  ];
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
