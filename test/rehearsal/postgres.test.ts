import { afterAll, beforeAll, test } from '@jest/globals';
import type { Place } from '../../bench/month/world.ts';
import type { Database } from '../../src/adapters/store/database.ts';
import { openPostgresStore } from '../../src/adapters/store/postgres.ts';
import { readPostgresKept } from '../../src/adapters/store/postgres-kept.ts';
import { openPglite } from '../support/pglite.ts';
import { playHamlet } from './hamlet.ts';

let server: Database;
beforeAll(async () => {
  server = await openPglite();
}, 120_000);
afterAll(() => server.close());

const community = 'main';
const place = (): Place => ({
  async open(mortal, log) {
    // Who was killed does not renew its lease; nobody waits here until it ends.
    await server.query(`do $$ begin if to_regclass('owners') is not null then update owners set until = now(); end if; end $$`);
    return openPostgresStore({ database: mortal.database(server), community, leaseMs: 600_000, log });
  },
  backedUp: { name: community, read: () => readPostgresKept(server, community) },
  text: async () => JSON.stringify(await readPostgresKept(server, community)),
});

/** The hamlet of rehearsal.test.ts, for some days, kept by PostgreSQL: killed between its statements, before and after a commit. */
test('over PostgreSQL too what happens is what was promised: nothing lost, doubled, early, late or leaked', async () => {
  await playHamlet(
    {
      place: place(),
      seed: 20260915,
      days: 5,
      residents: 200,
      rooms: 4,
      volume: { chatter: 20, questions: 25, riddles: 3, reports: 6, dangers: 0.5, pranks: 0.3, errands: 4 },
      livesAtMost: 1500,
    },
    { kills: 3, matters: 20, heard: 300 },
  );
}, 600_000);
