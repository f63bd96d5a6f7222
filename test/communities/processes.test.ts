import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { projectFolder } from '../../src/adapters/content/project.ts';
import type { Database } from '../../src/adapters/store/database.ts';
import { LeaseLostError } from '../../src/adapters/store/lease.ts';
import { openPostgres } from '../../src/adapters/store/postgres-client.ts';
import { silentLog as log } from '../../src/adapters/system/log.ts';
import { type Installation, serveAll } from '../../src/cli/installation.ts';
import type { Store } from '../../src/desk/kernel/ports.ts';
import { openApi } from '../official/emulator/api.ts';
import { type Bring, type Phone, phoneOf } from '../official/emulator/phone.ts';
import { World } from '../official/emulator/world.ts';
import { onPostgres } from '../support/on-postgres.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { report } from '../support/site-report.ts';
import { trainedFolder } from '../support/trained.ts';

/** Several whole installations in one process: on a busy machine each start takes its time. */
jest.setTimeout(300_000);

/** Long, so that no process loses what it has when the machine is busy: what is to end sooner ends by hand. */
const leaseS = 300;
/** For one that is killed: the others wait for it so long. */
const shortLease = { LEASE_S: '10' };
const ids = ['estate', 'street', 'village', 'weir'];

/** Several processes of an installation, as this one plays them, over one folder of communities and one server. */
onPostgres('processes that share the communities of a folder over a PostgreSQL server', (programs) => {
  let server: PostgresServer;
  let url: string;
  let folder: string;
  let database: Database;
  let processes: Process[];

  beforeAll(async () => {
    server = await startPostgres(programs);
  });
  afterAll(() => server.remove());
  beforeEach(async () => {
    url = await server.database();
    database = openPostgres({ url, log, leaseMs: 15_000 });
    folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-processes-'));
    processes = [];
    cpSync(join(trainedFolder, 'cache'), join(folder, 'state/cache'), { recursive: true });
    for (const id of ids) {
      const from = id === 'village' || id === 'weir' ? 'village' : 'estate';
      cpSync(join(projectFolder, 'examples', from), join(folder, 'all', id), { recursive: true });
    }
    named('street', '翠湖湾社区', '翠湖街道', 'CH', 'JD');
    named('weir', '山脚村', '堰头村', 'SJ', 'YT');
  });
  afterEach(async () => {
    await Promise.all(processes.map(({ running }) => running.stop()));
    await database.close();
    rmSync(folder, { recursive: true });
  });

  function named(id: string, was: string, name: string, prefixWas: string, prefix: string): void {
    const path = join(folder, 'all', id, 'data/community.yaml');
    const text = readFileSync(path, 'utf8').replace(`name: ${was}`, `name: ${name}`).replace(`prefix: ${prefixWas}`, `prefix: ${prefix}`);
    writeFileSync(path, text);
  }

  interface Process {
    readonly name: string;
    readonly running: Installation;
    readonly printed: readonly string[];
    get(path: string): Promise<Response>;
    readonly address: string;
    /** How many it serves, once it is so many. */
    serves(count: number): Promise<readonly string[]>;
    stop(): Promise<void>;
  }

  const environmentOf = (address: string, more: Record<string, string>) => ({
    COMMUNITIES_DIR: join(folder, 'all'),
    STATE_DIR: join(folder, 'state'),
    DATABASE_URL: address,
    LEASE_S: String(leaseS),
    STREET: 'street',
    SITE_PORT: '0',
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...more,
  });

  async function start(name: string, address = url, more: Record<string, string> = {}, printed: string[] = []): Promise<Process> {
    const means = { print: (line: string) => printed.push(line), restart: () => undefined, holder: name };
    const running = await serveAll(environmentOf(address, more), means);
    const site = /http:\/\/127\.0\.0\.1:\d+/.exec(printed.join('\n'))?.[0] ?? '';
    const one: Process = {
      name,
      running,
      printed,
      address: site,
      get: (path) => fetch(`${site}${path}`),
      async serves(count) {
        // Each look is a question to the server: nothing here waits for a time.
        while (running.served.size !== count) await database.query('select pg_sleep(0.05)');
        return [...running.served.keys()];
      },
      async stop() {
        processes = processes.filter((each) => each !== one);
        await running.stop();
      },
    };
    processes.push(one);
    return one;
  }

  const servedBy = (id: string) => processes.find(({ running }) => running.served.has(id));
  const storeOf = (id: string) => {
    const one = servedBy(id)?.running.served.get(id);
    if (!one) throw new Error(`nobody serves ${id}`);
    return one.desk.store;
  };
  /** With its next commit an owner notices that it is none any more. */
  const notices = (store: Store) => expect(store.transaction((tx) => tx.next('n'))).rejects.toThrow(LeaseLostError);
  const until = async (isTrue: () => Promise<boolean> | boolean) => {
    while (!(await isTrue())) await database.query('select pg_sleep(0.05)');
  };

  test('each has its share; pages of any community are had at every process; what one leaves at its stop the other takes', async () => {
    const first = await start('first');
    expect(await first.serves(4)).toHaveLength(4);
    const second = await start('second');
    const there = await second.serves(2);
    const here = await first.serves(2);
    expect([...here, ...there].sort()).toEqual(ids);

    const far = there[0] ?? '';
    expect(await (await first.get('/')).text()).toMatch(/翠湖湾社区[\s\S]*翠湖街道[\s\S]*山脚村[\s\S]*堰头村/);
    expect((await first.get('/c/nowhere/')).status).toBe(404);
    const page = await first.get(`/c/${far}`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const name = second.running.served.get(far)?.running.app.content.current().community.name ?? '';
    expect(await page.text()).toContain(name);
    // A form with a picture goes through, too, and what it files lies with the owner.
    expect(await report(first.address, far, '路灯坏了两天', '上寨')).toMatch(/\w\w\d{6}-\d{4}/);
    expect(await storeOf(far).transaction((tx) => tx.find('appeals'))).toHaveLength(1);
    // What is asked of one in the name of another, without its secret, is believed by nobody.
    expect((await fetch(`${second.address}/peer/push/${far}`, { method: 'POST', body: '{}' })).status).toBe(403);

    await second.stop();
    await first.serves(4);
    expect(await storeOf(far).transaction((tx) => tx.find('appeals'))).toHaveLength(1);
  });

  test('one that is killed in the middle of it all is replaced: what it had acknowledged is there, and no number is given twice or left out', async () => {
    const survivor = await start('survivor', url, shortLease);
    await survivor.serves(4);
    const child = fork(fileURLToPath(new URL('child/sharing.ts', import.meta.url)), {
      execArgv: ['--import', new URL('../wechat/child/typescript.js', import.meta.url).href, '--disable-warning=DEP0205'],
      env: { ...environmentOf(url, shortLease), PATH: process.env.PATH ?? '', TESTED_PROGRAM: process.env.TESTED_PROGRAM ?? '' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    try {
      const owned = async () =>
        (await database.query<{ community: string }>(`select community from owners where holder = 'child' and until > now()`)).rows;
      await until(async () => (await owned()).length === 2 && survivor.running.served.size === 2);
      const [{ community: far = '' } = {}] = await owned();
      const file = (what: string) => report(survivor.address, far, what, far === 'village' || far === 'weir' ? '上寨' : '一期');
      const numbers = async () => {
        const query = `select doc ->> 'id' as id from kept where community = $1 and tbl = 'appeals' order by 1`;
        return (await database.query<{ id: string }>(query, [far])).rows.map(({ id }) => Number(/-(\d+)\d$/.exec(id)?.[1]));
      };
      await file('路灯坏了两天');
      await until(async () => (await numbers()).length === 1);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await survivor.serves(4);
      expect(await storeOf(far).transaction((tx) => tx.find('appeals'))).toHaveLength(1);
      await file('垃圾没人收');
      expect(await numbers()).toEqual([1, 2]);
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('a lease that is lost drops this community alone, and it comes back when it can be had again', async () => {
    const only = await start('only');
    await only.serves(4);
    const taken = storeOf('village');
    await database.query(
      `update owners set epoch = epoch + 1, holder = 'another', until = clock_timestamp() + interval '5 seconds' where community = 'village'`,
    );
    await notices(taken);
    // Whoever speaks for it is not sure any more before the lease can have ended.
    await taken.ownership?.lost;
    expect(taken.ownership?.isSure()).toBe(false);
    await until(() => !only.running.served.has('village'));
    expect((await only.get('/c/estate')).status).toBe(200);
    const gone = await only.get('/c/village');
    expect([gone.status, gone.headers.get('retry-after')]).toEqual([503, '10']);
    await only.serves(4);
    expect((await only.get('/c/village')).status).toBe(200);
    expect(storeOf('village')).not.toBe(taken);
  });

  test('/统计 街道 counts the communities of every process, by numbers alone', async () => {
    const first = await start('first');
    const second = await start('second');
    await first.serves(2);
    await second.serves(2);
    for (const id of ['estate', 'village', 'weir']) await report(first.address, id, '路灯坏了两天', id === 'estate' ? '一期' : '上寨');
    const office = servedBy('street')?.running.served.get('street');
    await office?.desk.store.transaction((tx) => tx.put('people', { id: 'd', name: '李主任', role: 'director', reachable: false }));
    await office?.running.app.hear({ id: 'm', account: 'wechat', person: 'd', text: '/统计 街道', kind: 'text', addressed: true });
    const said = await office?.desk.store.transaction((tx) => tx.find('deliveries', { person: 'd' }));
    const told = said?.map(({ text }) => text).join('\n');
    for (const name of ['翠湖湾社区', '山脚村', '堰头村']) expect(told).toContain(`${name}：收到 1`);
    expect(told).not.toContain('没算进去的');
    expect(told).not.toContain('路灯');
  });

  describe('a 服务号', () => {
    let world: World;
    let api: Awaited<ReturnType<typeof openApi>>;
    let settings: Record<string, string>;
    beforeEach(async () => {
      world = new World(new Date().toISOString());
      api = await openApi(world);
      const { appId, secret, token, key = '' } = world.platform;
      settings = {
        OFFICIAL_APP_ID: appId,
        OFFICIAL_APP_SECRET: secret,
        OFFICIAL_TOKEN: token,
        OFFICIAL_AES_KEY: key,
        OFFICIAL_API: api.address,
      };
    });
    afterEach(() => api.close());
    /** So many cases it was told the numbers of. */
    const numbersOn = (phone: Phone) => new Set(phone.all().flatMap(({ text }) => text.match(/SJ\d{6}-\d{4}/g) ?? [])).size;
    const bringTo =
      ({ address }: Process, id = 'village'): Bring =>
      async (query, body) => {
        const answer = await fetch(`${address}/official/${id}?${query}`, { method: 'POST', body });
        return { status: answer.status, text: await answer.text() };
      };

    test('whose pushes reach a process that does not have its community is answered through the owner; while there is none it is kept, and heard once by the next one', async () => {
      const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
      writeFileSync(join(folder, 'all/village/accounts.env'), lines.join(''));
      const first = await start('first');
      const second = await start('second');
      await first.serves(2);
      await second.serves(2);
      const owner = servedBy('village') as Process;
      const other = processes.find((each) => each !== owner) as Process;
      const phone = phoneOf(world, bringTo(other), 'o-1');
      await phone.follow();
      await phone.say('3组上寨路灯坏了，晚上看不见');
      // At once, or where the machine is busy a little later.
      await until(() => numbersOn(phone) === 1);
      const appeals = () => storeOf('village').transaction((tx) => tx.find('appeals'));
      expect(await appeals()).toHaveLength(1);
      const forged = await fetch(`${other.address}/official/village?signature=0&timestamp=0&nonce=0`, { method: 'POST', body: 'x' });
      expect(forged.status).toBe(403);

      // Its owner is gone without having said so: nobody answers there any more.
      await database.query(`update processes set address = 'http://127.0.0.1:9/' where holder = $1`, [owner.name]);
      await database.query(
        `update owners set epoch = epoch + 1, until = clock_timestamp() + interval '2 seconds' where community = 'village'`,
      );
      await notices(storeOf('village'));
      await until(() => !owner.running.served.has('village'));
      await phone.say('下寨水管爆了，水流得到处都是');
      await owner.stop();
      await other.serves(4);
      await until(async () => (await database.query('select from inbox')).count === 0);
      expect(await appeals()).toHaveLength(2);
      await until(() => numbersOn(phone) === 2);
    });

    test('that all communities share is served by one process; a second waits, says so, and goes on where that one ended', async () => {
      const first = await start('first', url, settings);
      expect(await first.serves(4)).toHaveLength(4);
      const phone = phoneOf(world, bringTo(first, 'main'), 'o-1');
      await phone.follow('weir/hall');
      expect(phone.read()).toContain('堰头村');

      const printed: string[] = [];
      const coming = start('second', url, settings, printed);
      await until(() => printed.some((line) => line.includes('first')));
      await first.stop();
      const second = await coming;
      expect(await second.serves(4)).toHaveLength(4);
      const same = phoneOf(world, bringTo(second, 'main'), 'o-1');
      await same.say('3组上寨路灯坏了，晚上看不见');
      expect(same.read()).toMatch(/YT\d{6}-\d{4}/);
    });
  });

  describe('a start that cannot go well is refused at once, as whoever set it up has to know', () => {
    test.each([
      ['a wrong password', () => server.address(new URL(url).pathname.slice(1), 'wrong'), 'DatabaseRefusedError'],
      ['a database that is not there', () => server.address('nowhere'), 'DatabaseRefusedError'],
      ['an address that is none', () => 'mysql://x', 'ConfigError'],
    ])('%s', async (_, address, name) => {
      await expect(start('first', address())).rejects.toMatchObject({ name });
    });

    test('tables of a newer program', async () => {
      await (await start('first')).stop();
      await database.query('update lianxinqiao set version = 999');
      await expect(start('first')).rejects.toMatchObject({ name: 'NewerStateError' });
    });

    test('communities that all have a mistake; of one with a mistake the others run', async () => {
      writeFileSync(join(folder, 'all/estate/data/places.yaml'), 'compounds:\n  - {nme: 一期}\n');
      const one = await start('first');
      expect([...(await one.serves(3))].sort()).toEqual(['street', 'village', 'weir']);
      expect(one.printed.join('\n')).toMatch(/estate.*\n.*places\.yaml:2:\d+ /);
      await one.stop();
      for (const id of ids) writeFileSync(join(folder, 'all', id, 'data/places.yaml'), 'nonsense: 1\n');
      await expect(start('first')).rejects.toThrow('no community');
    });
  });
});
