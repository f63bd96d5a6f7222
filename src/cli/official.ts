import { setTimeout as sleep } from 'node:timers/promises';
import { accountMenu, publishMenu } from '../adapters/official/menu.ts';
import { createOfficial, type OfficialSettings } from '../adapters/official/official.ts';
import type { App } from '../desk/kernel/desk.ts';
import type { Attached, CommunityDesk } from './community-desk.ts';
import { type Config, ConfigError } from './config.ts';
import { type End, every } from './rounds.ts';

const name = 'official';
/** The same trouble is told again after so long. */
const againMs = 3_600_000;
/** How often it is looked whether messages to all lack their end. */
const askEveryMs = 600_000;

/** What is set of the account. @throws ConfigError when a part of it is missing */
export function officialSettings(config: Config): OfficialSettings {
  const { OFFICIAL_APP_ID: appId, OFFICIAL_APP_SECRET: secret, OFFICIAL_TOKEN: token } = config;
  if (appId === undefined || secret === undefined || token === undefined)
    throw new ConfigError('a 服务号 needs all three of OFFICIAL_APP_ID, OFFICIAL_APP_SECRET and OFFICIAL_TOKEN');
  return {
    appId,
    secret,
    token,
    keys: config.OFFICIAL_AES_KEY,
    templates: config.OFFICIAL_TEMPLATES,
    api: config.OFFICIAL_API.replace(/(?<!\/)\/+$/, ''),
  };
}

/** Attaches a 服务号. Its pushes come in by the server of the site. */
export async function attachOfficial(desk: CommunityDesk): Promise<Attached> {
  const { config, store, clock, ids, say, log, mediaFolder, library, print, notify } = desk;
  const told = new Map<number | undefined, number>();
  const { SITE_URL: siteUrl } = config;
  const official = createOfficial({
    name,
    settings: officialSettings(config),
    store,
    clock,
    ids,
    say,
    log,
    mediaFolder,
    shared: desk.sharedOfficial !== undefined,
    siteUrl,
    // Nobody is kept waiting for it when the bot ends.
    sleep: (ms) => sleep(ms, undefined, { ref: false }),
    elapsed: () => performance.now(),
    onTrouble({ code, address = '' }) {
      if (performance.now() - (told.get(code) ?? Number.NEGATIVE_INFINITY) < againMs) return;
      told.set(code, performance.now());
      const words = say('official.trouble', { code: code ?? '', address });
      print(words);
      notify(words);
    },
  });
  const menu = async () => {
    if (await publishMenu(official.client, accountMenu(library.current().menu, siteUrl)))
      log.info({}, 'the menu of the account was published');
  };
  const failed = (error: unknown) => log.warn({ err: error }, 'the menu of the account was not published; it is tried again');
  let app: App | undefined;
  const ends = async () => {
    if (app) await official.askEnds(app);
  };
  const unasked = (error: unknown) => log.warn({ err: error }, 'how messages to all ended could not be asked; it is asked again');
  let looking: End = () => undefined;
  let asking: End = () => undefined;
  const { id } = desk.community;
  return {
    account: official.account,
    ...(desk.sharedOfficial ? {} : { routes: { path: `/official/${id}`, app: official.routes }, hear: official.hear }),
    async connect(running) {
      app = running;
      await official.connect(running);
      desk.sharedOfficial?.join(official.sharer(id));
    },
    begin() {
      // A shared account has one menu, that of the first community.
      if (desk.sharedOfficial?.isFirst(id) === false) return;
      looking = every(againMs, menu, failed);
      asking = every(askEveryMs, ends, unasked);
      void menu().catch(failed);
    },
    async end() {
      await looking();
      await asking();
    },
  };
}
