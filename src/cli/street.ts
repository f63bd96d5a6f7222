import { systemClock } from '../adapters/system/system.ts';
import { countsOf } from '../desk/figures/street.ts';
import type { Log } from '../desk/kernel/ports.ts';
import type { CommunityCounts, Street } from '../desk/kernel/street.ts';
import type { Period } from '../domain/time/period.ts';
import { communityIds, ownNames } from './communities.ts';
import { communityOf, openStoreCopy } from './community.ts';
import type { Config } from './config.ts';
import type { Served } from './served.ts';

/** The numbers of an appeal's life are all in these rows. */
const countedTables = ['appeals'];

/**
 * The numbers of the communities of a street: of those that this process serves as their desks count them, of others as they stand in the
 * database. The street office's own desk is none of them.
 */
export function streetOf(shared: Config, log: Log, served: () => ReadonlyMap<string, Served>): Street {
  const counts = async (id: string, period: Period): Promise<CommunityCounts> => {
    const here = served().get(id);
    if (here) {
      const { app } = here.running;
      return { name: app.content.current().community.name, counts: await countsOf(app, period) };
    }
    if (shared.DATABASE_URL === undefined) return { name: id };
    const { name } = ownNames(shared, id);
    const store = await openStoreCopy(communityOf(shared, { community: id }), countedTables);
    try {
      return { name, counts: await countsOf({ store, clock: systemClock }, period) };
    } finally {
      await store.close();
    }
  };
  return {
    async counts(period) {
      const all: CommunityCounts[] = [];
      // One after another: a district has more communities than the database has connections for this process.
      for (const id of communityIds(shared))
        if (id !== shared.STREET)
          all.push(
            await counts(id, period).catch((error: unknown) => {
              log.error({ community: id, err: error }, 'a community could not be counted');
              return { name: id };
            }),
          );
      return all;
    },
  };
}
