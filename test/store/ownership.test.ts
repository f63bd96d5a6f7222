import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { onPostgres } from '../support/on-postgres.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { createOwners } from './owners.ts';

const leaseMs = 3_000;

onPostgres('processes and a PostgreSQL server', (programs) => {
  let server: PostgresServer;
  let url: string;
  beforeAll(async () => {
    server = await startPostgres(programs);
    url = await server.database();
  });
  afterAll(() => server.remove());

  test('of two that want one community one has it; killed under load, the other goes on without a loss', async () => {
    const owners = createOwners(url, 'killed', leaseMs);
    const first = owners.start();
    await first.has('owns');
    const second = owners.start();
    await first.keeps(200);
    expect(owners.told.every(({ pid }) => pid === first.pid)).toBe(true);
    await first.end();
    await second.keeps(200);
    expect(await owners.hold()).toBeGreaterThanOrEqual(400);
  });

  test('one that stands still for longer than its lease says and keeps nothing any more when it goes on', async () => {
    const owners = createOwners(url, 'still', leaseMs);
    const first = owners.start();
    await first.keeps(100);
    const second = owners.start();
    first.signal('SIGSTOP');
    await second.keeps(100);
    first.signal('SIGCONT');
    await first.ended;
    await second.keeps(100);
    await owners.hold();
  });

  test('when the server goes down in the middle of everything, and comes back, nothing acknowledged is gone', async () => {
    const owners = createOwners(url, 'crashed', leaseMs);
    const owner = owners.start();
    await owner.keeps(200);
    await server.crash();
    // Where the crash met it at a commit, it cannot say for a whole lease whether that counts: it ends, and the next one goes on.
    await Promise.race([owner.has('refused'), owner.ended]);
    await server.start();
    const next = owners.start();
    await Promise.race([owner.keeps(200), next.keeps(200)]);
    await owners.hold();
  });
});
