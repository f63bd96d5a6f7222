import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Database } from '../../src/adapters/store/database.ts';
import { type Lease, LeaseLostError, takeLease } from '../../src/adapters/store/lease.ts';
import { openPostgres } from '../../src/adapters/store/postgres-client.ts';
import { prepareTables } from '../../src/adapters/store/postgres-schema.ts';
import { createRenewals } from '../../src/adapters/store/renewals.ts';
import { silentLog as log } from '../../src/adapters/system/log.ts';
import { onPostgres } from '../support/on-postgres.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';

/** So long that only the tests renew. */
const ms = 600_000;

onPostgres('the leases of a process', (programs) => {
  let server: PostgresServer;
  let database: Database;
  beforeAll(async () => {
    server = await startPostgres(programs);
    database = openPostgres({ url: await server.database(), log, leaseMs: ms });
    await prepareTables(database);
  });
  afterAll(async () => {
    await database.close();
    await server.remove();
  });

  /** A process that owns communities; its clock stands still unless it `passes`. */
  const owning = async (...communities: string[]) => {
    let at = 0;
    const asked: string[] = [];
    const now = () => at;
    const counted: Database = {
      ...database,
      query(text, values) {
        asked.push(text);
        return database.query(text, values);
      },
    };
    const renewals = createRenewals({ database: counted, ms, log, now });
    const leases: Lease[] = [];
    for (const community of communities)
      leases.push(await takeLease({ database: counted, community, holder: 'this one', ms, log, now, renewals }));
    asked.length = 0;
    const passes = (more: number) => {
      at += more;
    };
    return { renewals, leases, asked, passes, giveBack: () => Promise.all(leases.map((lease) => lease.giveBack())) };
  };
  const sure = (leases: readonly Lease[]) => leases.map((lease) => lease.isSure());

  test('are renewed with one statement, but for those that a commit has renewed', async () => {
    const { renewals, leases, asked, passes, giveBack } = await owning('a', 'b', 'c');
    await renewals.renew();
    expect(asked).toHaveLength(0);
    passes(ms / 3);
    await leases[2]?.write(async () => undefined);
    await renewals.renew();
    expect(asked).toHaveLength(1);
    passes(ms / 2);
    expect(sure(leases)).toEqual([true, true, true]);
    await giveBack();
  });

  test('do not wait for the one of a community in which a commit is under way', async () => {
    const { renewals, leases, passes, giveBack } = await owning('busy', 'idle');
    passes(ms / 3);
    await database.transaction(async (query) => {
      await query(`select from owners where community = 'busy' for update`);
      await renewals.renew();
      await renewals.renew();
      passes(ms / 2);
      expect(sure(leases)).toEqual([false, true]);
    });
    // It is renewed as soon as it can be.
    await giveBack();
    expect(sure(leases)).toEqual([true, true]);
  });

  test('end one by one: who has lost a community keeps the others', async () => {
    const { renewals, leases, passes, giveBack } = await owning('lost', 'kept');
    await database.query(`update owners set until = clock_timestamp() where community = 'lost'`);
    const next = await takeLease({ database, community: 'lost', holder: 'another', ms, log, now: () => 0 });
    passes(ms / 3);
    await renewals.renew();
    expect(await leases[0]?.lost).toBeInstanceOf(LeaseLostError);
    passes(ms / 2);
    expect(sure(leases)).toEqual([false, true]);
    await giveBack();
    await next.giveBack();
  });
});
