import { filesBelow } from '../adapters/system/files.ts';
import { ordersBelow } from '../adapters/system/orders.ts';
import { scryptSecrets } from '../adapters/system/secrets.ts';
import type { App } from '../desk/kernel/desk.ts';
import type { Street } from '../desk/kernel/street.ts';
import { backupsOf } from './community.ts';
import type { Attached, CommunityDesk } from './community-desk.ts';
import { openVault } from './keys.ts';
import { papersIn } from './papers.ts';
import { every } from './rounds.ts';
import { openSite, siteDesk } from './site.ts';
import { start } from './wiring.ts';

/** A desk that answers through its accounts. */
export interface RunningDesk {
  readonly app: App;
  /** Lets the accounts go online. */
  begin(): Promise<void>;
  /** Nothing is heard any more. */
  end(): Promise<void>;
  /** What is under way is finished, and the store closed. */
  close(): Promise<void>;
}

/** Wires a desk to the accounts that were attached to it, and connects them. @param street at the desk of a street office */
export async function runDesk(desk: CommunityDesk, attached: readonly Attached[], street?: Street): Promise<RunningDesk> {
  const { config, community, folder, mediaFolder, store, library, clock, ids, log } = desk;
  const accounts = attached.map(({ account }) => account);
  const running = await start({
    store,
    accounts,
    library,
    clock,
    ids,
    log,
    backups: backupsOf(config, community),
    vault: await openVault(config, folder, store),
    files: filesBelow(mediaFolder),
    papers: papersIn(mediaFolder, config, log),
    siteUrl: config.SITE_URL,
    orders: ordersBelow(folder),
    ...(street === undefined ? {} : { street }),
    ...(accounts.every(({ profile }) => profile.idsSurviveLogin) ? {} : { secrets: scryptSecrets }),
  });
  for (const each of attached) await each.connect(running.app);
  const looking = every(5_000, desk.codes.look, (error) => log.warn({ err: error }, 'a round failed; it is made again'));
  return {
    app: running.app,
    async begin() {
      // Without an account there is nobody to say it to.
      if (attached.length > 0) await desk.codes.shown(running.directorCode);
      for (const each of attached) await each.begin?.();
    },
    async end() {
      await looking();
      for (const each of attached) await each.end();
    },
    async close() {
      await running.stop();
      for (const each of attached) await each.close?.();
    },
  };
}

/** Runs a desk with its site: the whole bot of one community. */
export async function serve(desk: CommunityDesk, attached: readonly Attached[]): Promise<{ stop(): Promise<void> }> {
  const running = await runDesk(desk, attached);
  const mounted = attached.flatMap(({ routes }) => routes ?? []);
  const site = await openSite(desk.config, desk.log, [siteDesk(running.app, desk.mediaFolder)], mounted);
  desk.print(desk.say('host.site', { address: site.address }));
  await running.begin();
  return {
    async stop() {
      await running.end();
      await site.close();
      await running.close();
    },
  };
}
