import { join } from 'node:path';
import { readBackup } from '../../src/adapters/store/backup.ts';
import type { Database, Query } from '../../src/adapters/store/database.ts';
import { openPostgresStore } from '../../src/adapters/store/postgres.ts';
import { readPostgresKept, restoreToPostgres } from '../../src/adapters/store/postgres-kept.ts';
import { silentLog as log } from '../../src/adapters/system/log.ts';
import type { MakePlace } from './keeping.ts';

const community = 'main';
const leaseMs = 15_000;

/** A community in a database. @param connect opens the database; what is opened is closed again */
export function postgresPlace(connect: () => Database): MakePlace {
  return async (_, target) => {
    const within = async <T>(work: (database: Database) => Promise<T>): Promise<T> => {
      const database = connect();
      return work(database).finally(() => database.close());
    };
    const lose = () =>
      within(async ({ query }) => {
        const { rows } = await query<{ there: boolean }>(`select to_regclass('owners') is not null as there`);
        if (!rows[0]?.there) return;
        for (const table of ['kept', 'counters', 'archive', 'owners'])
          await query(`delete from ${table} where community = $1`, [community]);
        await query('delete from communities where id = $1', [community]);
      });
    await lose();
    return {
      open: () => openPostgresStore({ database: connect(), community, leaseMs, log }),
      backedUp: { name: community, read: () => within((database) => readPostgresKept(database, community)) },
      restore: (path, restoring, killAt = 0) =>
        within(async (database) => {
          const mortal = mortalOver(database, killAt);
          try {
            return { aside: await restoreToPostgres(path, { database: mortal.database, community, leaseMs, log }, restoring, target) };
          } catch (error) {
            if (!mortal.isDead()) throw error;
            // It ends by itself: nobody renews it any more.
            await database.query('update owners set until = now()');
            return 'killed';
          }
        }),
      aside: async (name) => (await readBackup(join(target, name))).kept,
      lose,
    };
  };
}

/** A database whose process is killed before its n-th statement: the server takes back what it had begun. */
function mortalOver(database: Database, killAt: number) {
  let passed = 0;
  const point = () => {
    passed++;
    if (killAt > 0 && passed >= killAt) throw new Error('killed');
  };
  const over =
    (query: Query): Query =>
    async (text, values) => {
      point();
      return query(text, values);
    };
  const mortal: Database = {
    ...database,
    query: over(database.query),
    transaction: (work, how) =>
      database.transaction(async (query) => {
        const result = await work(over(query));
        // Before the commit.
        point();
        return result;
      }, how),
  };
  return { database: mortal, isDead: () => killAt > 0 && passed >= killAt };
}
