import type { SiteDesk } from '../adapters/site/server.ts';
import type { Street } from '../desk/kernel/street.ts';
import { accountsOn } from './accounts.ts';
import { configOf, ownNameThere } from './communities.ts';
import { type Community, communityOf } from './community.ts';
import { type Attached, type CommunityDesk, type DeskMeans, openDeskOf } from './community-desk.ts';
import type { Config, Environment } from './config.ts';
import { type RunningDesk, runDesk } from './run.ts';
import type { SharedOfficial } from './shared-official.ts';
import { siteDesk } from './site.ts';

/** A community that is open. */
export interface Served {
  readonly id: string;
  readonly desk: CommunityDesk;
  readonly attached: readonly Attached[];
  readonly running: RunningDesk;
  readonly site: SiteDesk;
}

export interface ServingMeans extends Pick<DeskMeans, 'print' | 'restart'> {
  readonly environment: Environment;
  readonly shared: Config;
  /** The one that the trial plays: where nobody has an account. */
  readonly trial?: string | undefined;
  /** What the street office's desk sees of the others. */
  readonly street: Street;
  /** The 服务号 through which those speak who have none of their own. */
  readonly sharedOfficial?: SharedOfficial | undefined;
  /** Who owns a community in a database, as others are told. Absent: this process, for as long as it runs. */
  readonly holder?: string;
  /** A community was lost to another process. Absent: then this process begins anew, and a start waits for what another one has. */
  readonly onLost?: (id: string) => void;
}

/** The communities that this process serves; they come and go. */
export interface Serving {
  readonly served: ReadonlyMap<string, Served>;
  /** Whether it is this process's still: it is served, or being closed. */
  has(id: string): boolean;
  /** Opens one and lets its accounts go online. @throws what `openDeskOf` does · ConfigError */
  open(id: string): Promise<Served>;
  /** Ends one: nothing is heard any more, what is under way is finished, and its store is closed. */
  close(id: string): Promise<void>;
  /** Ends all. @param between is done when nothing is heard any more, and all can still answer */
  closeAll(between: () => Promise<void>): Promise<void>;
}

/** A desk for each community, with its own state and accounts. */
export function createServing(means: ServingMeans): Serving {
  const { environment, shared, print, restart, trial, street, sharedOfficial, holder, onLost } = means;
  const served = new Map<string, Served>();
  const closing = new Map<string, Promise<void>>();

  const openDesk = async (
    id: string,
    lost: () => void,
  ): Promise<{ readonly desk: CommunityDesk; readonly attached: readonly Attached[] }> => {
    const config = configOf(environment, id);
    ownNameThere(config, id);
    const own = {
      print: (line: string) => print(`${id}: ${line}`),
      restart,
      ...(onLost ? { onLost: lost } : {}),
      ...(sharedOfficial && config.sharesOfficialAs !== undefined ? { sharedOfficial } : {}),
    };
    if (id === trial) return (await import('./simulator.ts')).openTrial(config, own.print, restart);
    return { desk: await openDeskOf(config, heldBy(communityOf(shared, { community: id }), holder), own), attached: [] };
  };

  return {
    served,
    has: (id) => served.has(id) || closing.has(id),
    async open(id) {
      let opened: Served | undefined;
      let isLost = false;
      const { desk, attached } = await openDesk(id, () => {
        isLost = true;
        if (opened) onLost?.(id);
      });
      const all = [...attached];
      try {
        for (const { attach } of accountsOn(desk.config)) all.push(await attach(desk));
        const running = await runDesk(desk, all, id === shared.STREET ? street : undefined);
        opened = { id, desk, attached: all, running, site: siteDesk(running.app, desk.mediaFolder, id) };
        served.set(id, opened);
        if (isLost) onLost?.(id);
        return opened;
      } catch (error) {
        await Promise.allSettled(all.map(async ({ end }) => end()));
        await desk.store.close();
        throw error;
      }
    },
    async close(id) {
      const one = served.get(id);
      served.delete(id);
      const ends = one?.running.end().then(() => one.running.close());
      if (ends) closing.set(id, ends);
      await closing.get(id)?.finally(() => closing.delete(id));
    },
    async closeAll(between) {
      const all = [...served.values()];
      await Promise.all(all.map(({ running }) => running.end()));
      await between();
      served.clear();
      await Promise.all([...closing.values(), ...all.map(({ running }) => running.close())]);
    },
  };
}

function heldBy(community: Community, holder: string | undefined): Community {
  return holder === undefined || !community.database ? community : { ...community, database: { ...community.database, holder } };
}
