import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Database } from '../../src/adapters/store/database.ts';
import { LockedError } from '../../src/adapters/store/lock.ts';
import { createInbox } from '../../src/adapters/store/postgres-inbox.ts';
import { joinProcesses, ownerAt, type Processes } from '../../src/adapters/store/postgres-processes.ts';
import { prepareTables } from '../../src/adapters/store/postgres-schema.ts';
import { silentLog as log } from '../../src/adapters/system/log.ts';
import { createInboxReader } from '../../src/cli/inbox.ts';
import { passOn, writePush } from '../../src/cli/peers.ts';
import { createSharing, shareOf } from '../../src/cli/sharing.ts';
import { openPglite } from '../support/pglite.ts';

const leaseMs = 15_000;

test('the shares of all processes together are all communities, and no two differ by more than one', () => {
  fc.assert(
    fc.property(fc.nat(400), fc.integer({ min: 1, max: 9 }), (communities, processes) => {
      const shares = Array.from({ length: processes }, (_, place) => shareOf(communities, processes, place));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(communities);
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    }),
  );
});

test('a page that cannot be passed on is told in the log without its address and what was filled in', async () => {
  const told: string[] = [];
  const request = new Request('http://site/c/estate/s/GEHEIM', { method: 'POST', body: new URLSearchParams({ phone: '13987654321' }) });
  const answer = await passOn({ address: 'http://127.0.0.1:9/', secret: 'inside' }, request, '203.0.113.7', (why) => told.push(why));
  expect(answer).toBeUndefined();
  expect(told).toEqual([expect.stringMatching(/^\w+( \w+)+$/)]);
  for (const word of ['GEHEIM', '139', 'inside', '203']) expect(told[0]).not.toContain(word);
});

/** Some processes over one list of owners, without a database. */
function installation(communities: readonly string[]) {
  const owners = new Map<string, string>();
  const holders: string[] = [];
  const clock = { ms: 0, isAway: false };
  const join = (holder: string, cannot: readonly string[] = [], opening: (id: string) => Promise<unknown> = async () => undefined) => {
    const served = new Set<string>();
    const refused: string[] = [];
    const sharing = createSharing({
      membership: {
        holder,
        async look(): Promise<Processes> {
          if (clock.isAway) throw new Error('the server is away');
          if (!holders.includes(holder)) holders.push(holder);
          return { holders: [...holders], owners: new Map(owners), pushedTo: [] };
        },
        leave: async () => void holders.splice(holders.indexOf(holder), 1),
      },
      communities,
      has: (id) => served.has(id),
      async open(id) {
        if (owners.has(id)) throw new LockedError(id, owners.get(id) ?? '');
        if (cannot.includes(id)) throw new Error('a mistake in its content');
        owners.set(id, holder);
        await opening(id);
        served.add(id);
      },
      async close(id) {
        owners.delete(id);
        served.delete(id);
      },
      refuse: (id) => refused.push(id),
      pushedTo: () => undefined,
      leaseMs,
      log,
      now: () => clock.ms,
    });
    return {
      served,
      refused,
      sharing,
      die() {
        holders.splice(holders.indexOf(holder), 1);
        for (const id of served) owners.delete(id);
      },
    };
  };
  return { owners, clock, join };
}

type Joined = ReturnType<ReturnType<typeof installation>['join']>;
const rounds = async (...processes: readonly Joined[]) => {
  for (let times = 0; times < 12; times++) for (const { sharing } of processes) await sharing.once();
};
const ids = Array.from({ length: 32 }, (_, index) => `c${index}`);

describe('processes that share communities', () => {
  test('one has them all, a second and a third get theirs, and what one leaves that died goes to the others', async () => {
    const { join, owners } = installation(ids);
    const first = join('first');
    await rounds(first);
    expect(first.served.size).toBe(32);
    const [second, third] = [join('second'), join('third')];
    await rounds(first, second, third);
    expect([first, second, third].map(({ served }) => served.size)).toEqual([11, 11, 10]);
    second.die();
    await rounds(first, third);
    expect([first.served.size, third.served.size, owners.size]).toEqual([16, 16, 32]);
  });

  test('gives back few at a time: what is given back is served by nobody until somebody takes it', async () => {
    const { join, owners } = installation(ids);
    const first = join('first');
    await rounds(first);
    const second = join('second');
    await second.sharing.once();
    await first.sharing.once();
    expect(owners.size).toBe(22);
    // Nobody takes them: one more at a time, since what is free may be what nobody can serve.
    await first.sharing.once();
    expect(owners.size).toBe(21);
  });

  test('one with a mistake is refused once, and the others are served', async () => {
    const { join, owners } = installation(ids);
    const [first, second] = [join('first', ['c3']), join('second', ['c3'])];
    await rounds(first, second);
    expect(owners.size).toBe(31);
    expect(new Set([...first.refused, ...second.refused])).toEqual(new Set(['c3']));
    for (const { refused } of [first, second]) expect(refused.length).toBeLessThanOrEqual(1);
  });

  test('where nobody could look for a while, nothing is taken before its owner had time to renew', async () => {
    const { join, clock, owners } = installation(ids);
    const first = join('first');
    await rounds(first);
    for (const id of ids.slice(0, 5)) {
      owners.delete(id);
      first.served.delete(id);
    }
    clock.isAway = true;
    await expect(first.sharing.once()).rejects.toThrow('away');
    clock.ms += leaseMs;
    clock.isAway = false;
    await first.sharing.once();
    expect(first.served.size).toBe(27);
    clock.ms += leaseMs / 2;
    await first.sharing.once();
    expect(first.served.size).toBe(32);
  });
});

describe('what is taken', () => {
  /** Openings that end when the test says so. */
  function openings() {
    const under = new Map<string, { readonly end: () => void; readonly fail: (error: Error) => void }>();
    let most = 0;
    const opening = (id: string) =>
      new Promise<void>((end, fail) => {
        under.set(id, { end, fail });
        most = Math.max(most, under.size);
      }).finally(() => under.delete(id));
    return { under, opening, most: () => most };
  }
  const settle = () => new Promise((done) => setImmediate(done));
  const atOnce = 8;

  test('is opened several at once, and few, in their order', async () => {
    const { join, owners } = installation(ids);
    const { under, opening, most } = openings();
    const first = join('first', [], opening);
    const taken = first.sharing.once();
    for (let ended = 0; ended < ids.length; ended++) {
      await settle();
      expect([...owners.keys()]).toEqual(ids.slice(0, Math.min(ids.length, ended + most())));
      [...under.values()].at(-1)?.end();
    }
    await taken;
    expect(first.served.size).toBe(32);
    expect(most()).toBe(atOnce);
  });

  test('is not opened any more once it is time to look again, or once the server is away', async () => {
    const { join, clock, owners } = installation(ids);
    const { under, opening } = openings();
    const endAll = async () => {
      await settle();
      for (const { end } of under.values()) end();
    };
    const first = join('first', [], opening);
    const late = first.sharing.once();
    await settle();
    clock.ms += leaseMs;
    await endAll();
    await late;
    expect([first.served.size, owners.size]).toEqual([atOnce, atOnce]);

    const away = first.sharing.once();
    await settle();
    [...under.values()][0]?.fail(Object.assign(new Error('the server is away'), { code: 'ECONNREFUSED' }));
    await endAll();
    await away;
    expect(first.served.size).toBe(2 * atOnce - 1);
    expect(first.refused).toEqual([]);
  });
});

describe('in the database', () => {
  let server: Database;
  beforeAll(async () => {
    server = await openPglite();
    await prepareTables(server);
  });
  afterAll(() => server.close());
  const member = (name: string, ms = leaseMs) =>
    joinProcesses(server, { holder: name, address: `http://127.0.0.1/${name}`, secret: name, ms });
  const owns = (community: string, holder: string) =>
    server.query(
      `insert into owners (community, epoch, batch, holder, until) values ($1, 1, 0, $2, clock_timestamp() + interval '1 minute')`,
      [community, holder],
    );

  test('processes see each other in the order in which they came, as long as they live; and where the owner of a community is', async () => {
    const [one, two] = [member('one'), member('two')];
    await one.look();
    await two.look();
    await owns('estate', 'one');
    const seen = await one.look();
    expect(seen.holders).toEqual(['one', 'two']);
    expect([...seen.owners]).toEqual([['estate', 'one']]);
    expect(await ownerAt(server, 'estate', 'two')).toEqual({ address: 'http://127.0.0.1/one', secret: 'one' });
    expect(await ownerAt(server, 'estate', 'one')).toBeUndefined();
    expect(await ownerAt(server, 'village', 'two')).toBeUndefined();
    await member('three', 0).look();
    expect((await two.look()).holders).toEqual(['one', 'two']);
    await one.leave();
    expect((await two.look()).holders).toEqual(['two']);
  });

  test('what is pushed while nobody can be asked is heard once, in order, by whoever has the community; what fails keeps nothing back', async () => {
    const inbox = createInbox(server);
    const notified: string[] = [];
    const end = await inbox.listen((community) => notified.push(community));
    const push = (words: string) => new Map([['Content', words]]);
    const words = ['停水了', 'fails', 'half \ud83d, \u0000', '电梯坏了'];
    for (const each of words) await inbox.put('village', { id: each, body: writePush(push(each), each) });
    await inbox.put('village', { id: '停水了', body: writePush(push('again'), '停水了') });
    expect(notified).toContain('village');
    expect((await member('two').look()).pushedTo).toEqual(['village']);

    const heard: string[] = [];
    const clock = { ms: 0 };
    const fails = new Set(['fails']);
    const read = createInboxReader({
      inbox,
      log,
      now: () => clock.ms,
      hearing: (community) =>
        community !== 'village'
          ? undefined
          : async (given, id, how) => {
              if (fails.delete(id)) throw new Error('the store refuses');
              expect(how).toBe('late');
              heard.push(given.get('Content') ?? '');
              return undefined;
            },
    });
    await read('estate');
    await Promise.all([read('village'), read('village')]);
    await read('village');
    expect(heard).toEqual(['停水了', 'half \ud83d, \u0000', '电梯坏了']);
    clock.ms += 60_000;
    await read('village');
    expect(heard.at(-1)).toBe('fails');
    expect(await inbox.waiting('village')).toEqual([]);
    await end();
  });
});
