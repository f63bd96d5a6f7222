import { createLog } from '../adapters/system/log.ts';
import { countsOf } from '../desk/figures/street.ts';
import type { CommunityCounts, Street } from '../desk/kernel/street.ts';
import type { Period } from '../domain/time/period.ts';
import { accountsOn } from './accounts.ts';
import { communityIds, configOf, createClaims, ownNameThere, sharedConfig } from './communities.ts';
import { communityOf } from './community.ts';
import { type Attached, type CommunityDesk, type DeskMeans, openDeskOf } from './community-desk.ts';
import { ConfigError, type Environment } from './config.ts';
import { sayAtHost, wordsFor } from './host-words.ts';
import { type RunningDesk, runDesk } from './run.ts';
import { openSite, siteDesk } from './site.ts';

interface Opened {
  readonly desk: CommunityDesk;
  readonly attached: readonly Attached[];
}

/** A community that is open. */
interface Served {
  readonly id: string;
  readonly desk: CommunityDesk;
  readonly attached: readonly Attached[];
  readonly running: RunningDesk;
}

export interface Installation {
  /** The communities that are open, by their ids. */
  readonly served: ReadonlyMap<string, Served>;
  stop(): Promise<void>;
}

/**
 * Runs every community of COMMUNITIES_DIR in this process: a desk each, with its own state and accounts, and one site over all. One that
 * cannot be opened is refused by its name, with what is wrong, and the others run.
 * @param only serve this one alone
 * @throws ConfigError when none can be opened
 */
export async function serveAll(
  environment: Environment,
  { print, restart }: Pick<DeskMeans, 'print' | 'restart'>,
  only?: string,
): Promise<Installation> {
  const shared = sharedConfig(environment);
  const log = createLog(shared.LOG_LEVEL);
  const say = sayAtHost(shared);
  const every = communityIds(shared);
  if (only !== undefined && !every.includes(only)) throw new ConfigError(`there is no community ${only}; there are ${every.join(', ')}`);
  const ids = only === undefined ? every : [only];
  const served = new Map<string, Served>();
  const claim = createClaims();
  const trial = !ids.some((id) => hasAccount(environment, id));
  const street = streetOf(
    ids.filter((id) => id !== shared.STREET),
    served,
  );

  const refuse = (id: string, error: unknown) => {
    log.error({ community: id, err: error }, 'a community was not started; the others run');
    print(say('host.refused', { id, reason: wordsFor(error, say) ?? (error as Error).message }));
  };
  const open = async (id: string): Promise<Opened> => {
    const config = configOf(environment, id);
    ownNameThere(config, id);
    const means = { print: (line: string) => print(`${id}: ${line}`), restart };
    // Where nobody has an account, the trial plays the first community; the others have their sites.
    if (trial && served.size === 0) return (await import('./simulator.ts')).openTrial(config, means.print, restart);
    const desk = await openDeskOf(config, communityOf(shared, { community: id }), means);
    return { desk, attached: [] };
  };
  const run = async (id: string): Promise<void> => {
    const { desk, attached } = await open(id);
    const { config, library } = desk;
    const all = [...attached];
    try {
      claim(id, config, library.current().community.prefix);
      for (const { attach } of accountsOn(config)) all.push(await attach(desk));
      served.set(id, { id, desk, attached: all, running: await runDesk(desk, all, id === shared.STREET ? street : undefined) });
    } catch (error) {
      await Promise.allSettled(all.map(async ({ end }) => end()));
      await desk.store.close();
      throw error;
    }
  };

  for (const id of ids) await run(id).catch((error: unknown) => refuse(id, error));
  if (served.size === 0) throw new ConfigError(`no community of ${shared.COMMUNITIES_DIR} could be started; what is wrong stands above`);
  const all = [...served.values()];
  const site = await openSite(
    shared,
    log,
    all.map(({ id, desk, running }) => siteDesk(running.app, desk.mediaFolder, id)),
    all.flatMap(({ attached }) => attached.flatMap(({ routes }) => routes ?? [])),
  );
  print(say('host.site', { address: site.address }));
  for (const { id, running } of all)
    print(say('host.community', { community: running.app.content.current().community.name, address: `${site.address}c/${id}` }));
  for (const { id, running } of all) await running.begin().catch((error: unknown) => refuse(id, error));
  return {
    served,
    async stop() {
      await Promise.all(all.map(({ running }) => running.end()));
      await site.close();
      await Promise.all(all.map(({ running }) => running.close()));
    },
  };
}

function hasAccount(environment: Environment, id: string): boolean {
  try {
    return accountsOn(configOf(environment, id)).length > 0;
  } catch {
    // One was meant; the mistake is told when it is opened.
    return true;
  }
}

/** The numbers of the communities that this process serves. */
function streetOf(ids: readonly string[], served: ReadonlyMap<string, Served>): Street {
  const counted = async (id: string, period: Period): Promise<CommunityCounts> => {
    const there = served.get(id);
    if (!there) return { name: id };
    const { app } = there.running;
    const { name } = app.content.current().community;
    return countsOf(app, period).then(
      (counts) => ({ name, counts }),
      (error: unknown) => {
        app.log.error({ community: id, err: error }, 'a community could not be counted');
        return { name };
      },
    );
  };
  return { counts: (period) => Promise.all(ids.map((id) => counted(id, period))) };
}
