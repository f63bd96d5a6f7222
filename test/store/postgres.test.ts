import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Database, DatabaseAwayError, DatabaseRefusedError, explained } from '../../src/adapters/store/database.ts';
import { openJournalStore } from '../../src/adapters/store/journal.ts';
import { LeaseLostError } from '../../src/adapters/store/lease.ts';
import { LockedError } from '../../src/adapters/store/lock.ts';
import { NewerStateError } from '../../src/adapters/store/migrations.ts';
import { contentOf, holdDatabase, holdFolder, MoveError, move } from '../../src/adapters/store/moving.ts';
import { openPostgresCopy, openPostgresStore } from '../../src/adapters/store/postgres.ts';
import { openPostgres } from '../../src/adapters/store/postgres-client.ts';
import { readPostgresKept } from '../../src/adapters/store/postgres-kept.ts';
import { lockKey, prepareTables } from '../../src/adapters/store/postgres-schema.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import type { Store } from '../../src/desk/kernel/ports.ts';
import { freezeOutbox } from '../../src/desk/sending/freeze.ts';
import { type Network, openNetwork } from '../support/network.ts';
import { onPostgres } from '../support/on-postgres.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { storeContract } from './contract.ts';
import { keepingContract } from './keeping.ts';
import { postgresPlace } from './postgres-place.ts';

const leaseMs = 15_000;
const log = silentLog;
const hear = (store: Store, id: string) => store.transaction((tx) => tx.insert('heard', { id, at: '2026-11-23T00:00:00.000Z' }));
const heardIn = (store: Store) => store.transaction(async (tx) => (await tx.find('heard')).map(({ id }) => id));

onPostgres('a PostgreSQL server', (programs) => {
  let server: PostgresServer;
  let url: string;
  beforeAll(async () => {
    server = await startPostgres(programs);
    url = await server.database();
  });
  afterAll(() => server.remove());

  const connect = (address = url, lease = leaseMs): Database => openPostgres({ url: address, log, leaseMs: lease });
  const open = (community: string, lease = leaseMs, address = url, now?: () => number) =>
    openPostgresStore({ database: connect(address, lease), community, leaseMs: lease, log, ...(now ? { now } : {}) });
  const kept = async (community: string) => {
    const database = connect();
    return readPostgresKept(database, community).finally(() => database.close());
  };

  let count = 0;
  storeContract('PostgreSQL', {
    open: () => open(`community-${++count}`),
    async reopen(store) {
      await store.close();
      return open(`community-${count}`);
    },
  });

  keepingContract(
    'PostgreSQL',
    postgresPlace(() => connect()),
  );

  describe('a community', () => {
    test('that another process has is refused, naming it; given back, it is free at once', async () => {
      const first = await open('fought-for');
      const second = open('fought-for');
      await expect(second).rejects.toThrow(LockedError);
      await expect(second).rejects.toThrow(`process ${process.pid} on`);
      await first.close();
      await (await open('fought-for')).close();
    });

    test('does not know of another one', async () => {
      const [one, other] = [await open('one'), await open('other')];
      await hear(one, 'a');
      await one.transaction((tx) => tx.next('n'));
      expect(await heardIn(other)).toEqual([]);
      expect(await other.transaction((tx) => tx.next('n'))).toBe(1);
      for (const store of [one, other]) await store.close();
      const copy = await openPostgresCopy(connect(), 'one');
      expect(await heardIn(copy)).toEqual(['a']);
      await copy.close();
    });

    test('bears what JavaScript bears in a text: half a character, U+0000, quotes', async () => {
      const strange = 'a\u0000b\ud83d"\\\'';
      const store = await open('strange');
      await hear(store, strange);
      await store.transaction((tx) => tx.put('people', { id: 'a', name: strange, reachable: true }));
      await store.transaction((tx) => tx.archive('people', 'a', '2026-11'));
      await store.close();
      const again = await open('strange');
      expect(await heardIn(again)).toEqual([strange]);
      expect(await again.transaction((tx) => tx.archived('people', '2026-11'))).toEqual([{ id: 'a', name: strange, reachable: true }]);
      await again.transaction((tx) => tx.remove('heard', strange));
      await again.close();
      expect((await kept('strange'))?.dump.tables).toEqual({});
    });
  });

  describe('an owner that does not renew its lease', () => {
    /** A process that stands still: its clock does, and nothing of it is renewed. */
    const still = async (community: string) => {
      let ms = 0;
      const store = await open(community, 600_000, url, () => ms);
      const passes = (more: number) => {
        ms += more;
      };
      return { store, passes };
    };
    /** Somebody for whom its lease is over. */
    const overdue = (community: string) => server.run(`update owners set until = now() where community = '${community}'`, 'checks_1');

    test('knows in time that it may not speak any more, whatever the clocks of the machine say', async () => {
      const { store, passes } = await still('sure');
      expect(store.ownership?.isSure()).toBe(true);
      passes(399_000);
      expect(store.ownership?.isSure()).toBe(true);
      passes(2_000);
      expect(store.ownership?.isSure()).toBe(false);
      // The server is there and nobody else has taken it: a commit renews it.
      await hear(store, 'a');
      expect(store.ownership?.isSure()).toBe(true);
      await store.close();
    });

    test('goes on when the clock of the server goes back, and keeps others out; the next commit sets its lease right', async () => {
      const { store } = await still('back');
      await server.run(`update owners set until = until + interval '1 hour' where community = 'back'`, 'checks_1');
      await expect(open('back')).rejects.toThrow(LockedError);
      await hear(store, 'a');
      const database = connect();
      expect((await database.query(`select from owners where community = 'back' and until < now() + interval '11 minutes'`)).count).toBe(1);
      await database.close();
      await store.close();
      await (await open('back')).close();
    });

    test('cannot commit once another one has the community: what it did is undone, and it lets go', async () => {
      const { store } = await still('fenced');
      await hear(store, 'a');
      await overdue('fenced');
      const other = await open('fenced');
      await hear(other, 'b');
      await expect(hear(store, 'c')).rejects.toThrow(LeaseLostError);
      expect(await store.ownership?.lost).toBeInstanceOf(LeaseLostError);
      expect(store.ownership?.isSure()).toBe(false);
      await expect(heardIn(store)).rejects.toThrow(LeaseLostError);
      await store.close();
      expect(await heardIn(other)).toEqual(['a', 'b']);
      await other.close();
    });
  });

  describe('a server that is not as it should be', () => {
    const refused = async (address: string) => {
      const database = connect(address);
      try {
        await openPostgresCopy(database, 'main');
      } catch (error) {
        return explained(error, database.place);
      } finally {
        await database.close();
      }
    };

    test.each([
      ['a wrong password', (database: string) => server.address(database, 'wrong'), 'login'],
      ['a database that is not there', () => server.address('nowhere'), 'database'],
      ['no encryption', (database: string) => `${server.address(database)}?sslmode=require`, 'encryption'],
    ])('%s is told as such, without the password', async (_, address, refusal) => {
      const error = await refused(address('checks_1'));
      expect(error).toBeInstanceOf(DatabaseRefusedError);
      expect((error as DatabaseRefusedError).refusal).toBe(refusal);
      expect(String((error as Error).message)).not.toContain('a-password-of-checks');
    });

    test('one that is away is no mistake', async () => {
      expect(await refused(url.replace(/:\d+\//, ':9/'))).toBeInstanceOf(DatabaseAwayError);
    });

    test('empty, is prepared by one of the processes that start at once, and the others find what it made', async () => {
      const address = await server.database();
      const [first, ...others] = [connect(address), connect(address), connect(address)] as const;
      const waiting = `select count(*)::int as count from pg_locks where locktype = 'advisory' and not granted`;
      let prepared: Promise<unknown> = Promise.resolve();
      await first.transaction(async (query) => {
        await query('select pg_advisory_xact_lock($1)', [lockKey]);
        prepared = Promise.all(others.map((database) => prepareTables(database)));
        prepared.catch(() => undefined);
        // Both have looked, found nothing, and wait.
        for (let found = 0; found < 2; ) found = (await query<{ count: number }>(waiting)).rows[0]?.count ?? 0;
      });
      await prepared;
      await (await open('prepared', leaseMs, address)).close();
      await Promise.all([first, ...others].map((database) => database.close()));
    });

    test('tables, or a community, of a newer program are refused', async () => {
      const address = await server.database();
      const name = address.split('/').at(-1) ?? '';
      await (await open('main', leaseMs, address)).close();
      await server.run(`update communities set schema = 999`, name);
      await expect(open('main', leaseMs, address)).rejects.toThrow(NewerStateError);
      await server.run(`update lianxinqiao set version = 999`, name);
      await expect(open('other', leaseMs, address)).rejects.toThrow(NewerStateError);
    });

    test.each([
      {
        title: 'only reads',
        harm: ['alter system set default_transaction_read_only = on', 'select pg_reload_conf()'],
        heal: ['set default_transaction_read_only = off', 'alter system reset default_transaction_read_only', 'select pg_reload_conf()'],
      },
      {
        title: 'has no place left',
        harm: [
          `create function full_disk() returns trigger language plpgsql as $$ begin raise exception 'no space left' using errcode = '53100'; end $$`,
          'create trigger full_disk before insert on kept for each row execute function full_disk()',
        ],
        heal: ['drop trigger full_disk on kept', 'drop function full_disk'],
      },
    ])('one that $title refuses the turn, keeps what was there, and takes the next when it is well', async ({ title, harm, heal }) => {
      const store = await open(title);
      await hear(store, 'before');
      await server.run(harm, 'checks_1');
      try {
        // A server takes notice of its new settings a little later.
        while (await hear(store, randomUUID()).catch(() => false));
        await expect(hear(store, 'refused')).rejects.toThrow(/read-only|no space/);
      } finally {
        await server.run(heal, 'checks_1');
      }
      while (!(await hear(store, randomUUID()).catch(() => false)));
      const inMemory = await heardIn(store);
      expect(inMemory).toContain('before');
      expect(inMemory).not.toContain('refused');
      await store.close();
      expect((await kept(title))?.dump.tables.heard?.map(({ id }) => id).sort()).toEqual(inMemory.sort());
    });
  });

  describe('a network that breaks', () => {
    let network: Network;
    beforeAll(async () => {
      network = await openNetwork(server.port);
    });
    afterAll(() => network.close());
    const through = () => url.replace(/:\d+\//, `:${network.port}/`);

    test.each([
      ['before the commit arrives', 'before'],
      ['before its answer does', 'after'],
    ] as const)('%s: nothing is lost, nothing is there twice, and no number is left out', async (_, when) => {
      const community = `broken ${when}`;
      const store = await open(community, leaseMs, through());
      const give = (id: string) =>
        store.transaction(async (tx) => {
          await tx.insert('heard', { id, at: '2026-11-23T00:00:00.000Z' });
          return tx.next('n');
        });
      expect(await give('a')).toBe(1);
      network.breakAt('commit', when);
      const second = await give('b').catch(() => 'refused');
      expect(second).toBe(when === 'after' ? 2 : 'refused');
      expect(await give('c')).toBe(when === 'after' ? 3 : 2);
      const inMemory = await heardIn(store);
      await store.close();
      const { dump } = (await kept(community)) ?? {};
      expect(dump?.tables.heard?.map(({ id }) => id)).toEqual(inMemory);
      expect(dump?.counters).toEqual({ n: inMemory.length });
    });

    test('without a word: the turn is refused, another process takes over, and the first one lets go', async () => {
      const store = await open('cut off', 2_000, through());
      await hear(store, 'a');
      network.cut();
      await expect(hear(store, 'b')).rejects.toThrow();
      expect(store.ownership?.isSure()).toBe(false);
      let other: Store | undefined;
      while (!other) other = await open('cut off', 2_000).catch(() => undefined);
      await hear(other, 'c');
      network.mend();
      while (
        await hear(store, 'd').then(
          () => true,
          (error) => !(error instanceof LeaseLostError),
        )
      );
      expect(await heardIn(other)).toEqual(['a', 'c']);
      for (const each of [store, other]) await each.close();
    });
  });

  describe('moving', () => {
    let root: string;
    beforeAll(() => {
      root = mkdtempSync(join(tmpdir(), 'lianxinqiao-moving-'));
    });
    afterAll(() => rmSync(root, { recursive: true }));
    const now = new Date('2026-11-26T12:00:00Z');
    const folder = (name: string) => holdFolder(join(root, name), undefined, now);
    const database = (community: string) => holdDatabase({ database: connect(), community, leaseMs, log });

    test('to a database and back keeps every row, count and archived row, and what was there is not overwritten', async () => {
      const store = await openJournalStore({ folder: join(root, 'first'), log });
      await store.transaction(async (tx) => {
        for (const id of ['a', 'b', 'c']) await tx.put('people', { id, name: `人${id} 😀`, reachable: true });
        await tx.archive('people', 'c', '2026-10');
        for (let times = 0; times < 3; times++) await tx.next('SQ261126');
      });
      await store.close();
      const [first, there, second] = [await folder('first'), await database('moved'), await folder('second')];
      const frozen = (tx: Parameters<typeof freezeOutbox>[0]) => freezeOutbox(tx, now);
      const moved = await move(first, there, frozen);
      expect(moved).toMatchObject({ rows: 3, archived: 1 });
      expect(await move(there, second, frozen)).toEqual(moved);
      const back = await second.read();
      expect(back && contentOf(back)).toEqual(moved);
      expect(back?.dump.counters).toEqual({ SQ261126: 3 });
      expect(back?.dump.tables.switches).toEqual([{ id: 'outbox', since: now.toISOString() }]);
      for (const [from, to] of [
        [first, there],
        [there, second],
      ] as const)
        await expect(move(from, to, frozen)).rejects.toThrow(MoveError);
      const nothing = await folder('nothing');
      await expect(move(nothing, there, frozen)).rejects.toThrow('holds no state');
      for (const place of [first, there, second, nothing]) await place.letGo();
    });

    test('a state with which a bot works is refused', async () => {
      const store = await open('at work');
      await expect(database('at work')).rejects.toThrow(LockedError);
      await store.close();
    });
  });
});
