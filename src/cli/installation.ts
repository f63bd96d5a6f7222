import { createLog } from '../adapters/system/log.ts';
import { systemClock } from '../adapters/system/system.ts';
import type { Log } from '../desk/kernel/ports.ts';
import type { Say } from '../desk/kernel/say.ts';
import { accountsOn } from './accounts.ts';
import { communityIds, configOf, createClaims, ownNames, sharedConfig } from './communities.ts';
import type { DeskMeans } from './community-desk.ts';
import { type Config, ConfigError, type Environment } from './config.ts';
import { sayAtHost, wordsFor } from './host-words.ts';
import { createServing, type Served, type Serving } from './served.ts';
import { type SharedOfficial, sharedOfficial } from './shared-official.ts';
import { openSite } from './site.ts';
import { streetOf } from './street.ts';

export interface Installation {
  /** The communities that are open in this process, by their ids. */
  readonly served: ReadonlyMap<string, Served>;
  stop(): Promise<void>;
}

export interface InstallationMeans extends Pick<DeskMeans, 'print' | 'restart'> {
  /** Who owns communities in a database, as others are told. Absent: this process. */
  readonly holder?: string;
}

/** What one or several processes have in common who serve the communities of a folder. */
export interface Ground extends InstallationMeans {
  readonly environment: Environment;
  readonly shared: Config;
  readonly log: Log;
  readonly say: Say;
  /** What may be served, by id and in order, with its name and settings. */
  readonly communities: ReadonlyMap<string, { readonly name: string; readonly config: Config }>;
  /** Tells of one that is not served, and why. */
  refuse(id: string, error: unknown): void;
  /** Tells of one that is. */
  tell(served: Served, site: string): void;
}

/**
 * Runs the communities of COMMUNITIES_DIR in this process: a desk each, with its own state and accounts, and one site over all. One that
 * cannot be opened is refused by its name, with what is wrong, and the others run. Over a database this process takes its share of them,
 * beside the others that run there; but where they share a 服务号, one process has them all, and a further one waits for it.
 * @param only serve this one alone: what another process has is waited for, and when it is lost this process begins anew
 * @throws ConfigError when none can be opened
 */
export async function serveAll(environment: Environment, means: InstallationMeans, only?: string): Promise<Installation> {
  const shared = sharedConfig(environment);
  const log = createLog(shared.LOG_LEVEL);
  const say = sayAtHost(shared);
  const account = sharedOfficial(shared, { say, log, clock: systemClock });
  if (account && only !== undefined) throw new ConfigError('a 服务号 that is set for all communities needs all of them in one process');
  const every = communityIds(shared);
  if (only !== undefined && !every.includes(only)) throw new ConfigError(`there is no community ${only}; there are ${every.join(', ')}`);
  const refuse = (id: string, error: unknown) => {
    log.error({ community: id, err: error }, 'a community was not started; the others run');
    means.print(say('host.refused', { id, reason: wordsFor(error, say) ?? (error as Error).message }));
  };
  const ground: Ground = {
    ...means,
    environment,
    shared,
    log,
    say,
    communities: communitiesOf(environment, shared, only === undefined ? every : [only], refuse),
    refuse,
    tell({ id, running }, site) {
      means.print(say('host.community', { community: running.app.content.current().community.name, address: `${site}c/${id}` }));
    },
  };
  if (ground.communities.size > 0 && shared.DATABASE_URL !== undefined && only === undefined && !account)
    return (await import('./shared-installation.ts')).shareAll(ground, shared.DATABASE_URL);
  return serveHere(ground, account);
}

/** Serves all of them here, from the start to the end. */
async function serveHere(ground: Ground, sharedAccount: SharedOfficial | undefined): Promise<Installation> {
  const { shared, environment, communities, print, log, refuse } = ground;
  const ids = [...communities.keys()];
  const hasAccounts = [...communities.values()].some(({ config }) => accountsOn(config).length > 0);
  const serving: Serving = createServing({
    ...ground,
    // Where nobody has an account, the trial plays the first community; the others have their sites.
    trial: hasAccounts ? undefined : ids[0],
    street: streetOf(shared, log, () => serving.served),
    sharedOfficial: sharedAccount,
  });
  for (const id of ids) await serving.open(id).catch((error: unknown) => refuse(id, error));
  if (serving.served.size === 0)
    throw new ConfigError(`no community of ${environment.COMMUNITIES_DIR} could be started; what is wrong stands above`);
  const all = [...serving.served.values()];
  const site = await openSite(
    shared,
    log,
    all.map((each) => each.site),
    [...all.flatMap(({ attached }) => attached.flatMap(({ routes }) => routes ?? [])), ...(sharedAccount ? [sharedAccount.routes()] : [])],
  );
  print(ground.say('host.site', { address: site.address }));
  for (const each of all) ground.tell(each, site.address);
  for (const { id, running } of all) await running.begin().catch((error: unknown) => refuse(id, error));
  return { served: serving.served, stop: () => serving.closeAll(site.close) };
}

/** Those whose settings can be used, and who have nothing that another one has; the others are refused. */
function communitiesOf(environment: Environment, shared: Config, ids: readonly string[], refuse: Ground['refuse']): Ground['communities'] {
  const claim = createClaims();
  const usable = new Map<string, { readonly name: string; readonly config: Config }>();
  for (const id of ids) {
    try {
      const config = configOf(environment, id);
      const { name, prefix } = ownNames(shared, id);
      claim(id, config, prefix);
      usable.set(id, { name, config });
    } catch (error) {
      refuse(id, error);
    }
  }
  return usable;
}
