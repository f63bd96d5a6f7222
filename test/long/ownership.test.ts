import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createOwners, type Owner } from '../store/owners.ts';
import { generator } from '../support/chance.ts';
import { onPostgres } from '../support/on-postgres.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';

const leaseMs = 3_000;
const rounds = 20;

onPostgres('three processes and a PostgreSQL server', (programs) => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(programs);
  });
  afterAll(() => server.remove());

  test.each([1, 2])(
    'through kills, pauses and crashes of the server nothing is lost, given twice or said by two (seed %i)',
    async (seed) => {
      const random = generator(seed);
      const owners = createOwners(await server.database(), 'main', leaseMs);
      let all: Owner[] = [owners.start(), owners.start(), owners.start()];
      const ownerNow = () => all.find(({ pid }) => pid === owners.told.findLast(({ what }) => what.event === 'kept')?.pid);
      const kept = (after: number) => owners.told.slice(after).filter(({ what }) => what.event === 'kept').length;
      for (let round = 0; round < rounds; round++) {
        // Where the server came back later than a lease is long, whoever owned it has let it go.
        all = all.map((each) => (each.isRunning() ? each : owners.start()));
        const before = owners.told.length;
        await Promise.race(all.map((each) => each.keeps(50)));
        const owner = ownerNow();
        expect(kept(before)).toBeGreaterThanOrEqual(50);
        if (!owner) throw new Error('nobody owns it');
        const what = random();
        if (what < 0.4) {
          await owner.end();
          all = [...all.filter((each) => each !== owner), owners.start()];
        } else if (what < 0.7) {
          const others = all.filter((each) => each !== owner);
          owner.signal('SIGSTOP');
          await Promise.race(others.map((each) => each.keeps(10)));
          owner.signal('SIGCONT');
          await owner.ended;
          all = [...others, owners.start()];
        } else {
          await server.crash();
          await Promise.race([owner.has('refused'), owner.ended]);
          await server.start();
        }
      }
      expect(await owners.hold()).toBeGreaterThan(rounds * 50);
    },
  );
});
