import { afterAll, beforeAll } from '@jest/globals';
import type { Database } from '../../src/adapters/store/database.ts';
import { openPostgresStore } from '../../src/adapters/store/postgres.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { openPglite } from '../support/pglite.ts';
import { storeContract } from './contract.ts';
import { keepingContract } from './keeping.ts';
import { postgresPlace } from './postgres-place.ts';

let server: Database;
beforeAll(async () => {
  server = await openPglite();
});
afterAll(() => server.close());

let count = 0;
const connect = (): Database => ({ ...server, close: async () => undefined });
const open = (community: string) => openPostgresStore({ database: connect(), community, leaseMs: 15_000, log: silentLog });

storeContract('PostgreSQL in this process', {
  open: () => open(`community-${++count}`),
  async reopen(store) {
    await store.close();
    return open(`community-${count}`);
  },
});

keepingContract('PostgreSQL in this process', postgresPlace(connect));
