import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../src/adapters/store/database.ts';
import { openPostgres } from '../src/adapters/store/postgres-client.ts';
import { readPostgresKept } from '../src/adapters/store/postgres-kept.ts';
import { silentLog as log } from '../src/adapters/system/log.ts';
import { postgresPrograms, startPostgres } from '../test/support/postgres-server.ts';
import { type Community, openCommunity } from './district/community.ts';
import { Bot } from './district/process.ts';
import { type Sent, say, settled, spread, until } from './district/traffic.ts';
import { ms } from './measure.ts';

/** What is played; each can be given after the bench's name, in this order. */
const defaults = {
  communities: 300,
  processes: 3,
  /** Messages of the day, which is played as fast as it goes. */
  day: 15_000,
  /** Seconds of the hour after an event for the whole city, not compressed; a process is killed in it. */
  hour: 3_600,
  /** Messages a second in it. */
  rate: 50,
  leaseS: 15,
};
type Plan = { readonly [name in keyof typeof defaults]: number };

/** So many people write at the same time in the compressed day. */
const atOnce = 24;
/** What is not there by then will not come. */
const patienceMs = 120_000;
const startMs = 900_000;

/**
 * A district: several processes of the program over one PostgreSQL server, and as many communities, each with a 服务号 of the emulator, whose
 * pushes come in at whichever process is next. A day's messages; then the hour after an event, in which one process is killed. Then everything
 * is counted.
 */
export async function benchDistrict(folder: string, given: readonly number[], print: (line: string) => void): Promise<void> {
  const programs = postgresPrograms();
  if (programs === undefined) return print('the district is not measured: there is no PostgreSQL server on this machine');
  const names = Object.keys(defaults) as (keyof Plan)[];
  const plan = Object.fromEntries(names.map((name, index) => [name, given[index] ?? defaults[name]])) as Plan;
  print(names.map((name) => `${name} ${plan[name]}`).join(', '));
  const server = await startPostgres(programs);
  const url = await server.database();
  const database = openPostgres({ url, log, leaseMs: 60_000 });
  const all = join(folder, 'communities');
  const communities = await Promise.all(Array.from({ length: plan.communities }, (_, index) => openCommunity(all, index)));
  const bots: Bot[] = [];
  try {
    const env = {
      ...process.env,
      COMMUNITIES_DIR: all,
      STATE_DIR: join(folder, 'state'),
      DATABASE_URL: url,
      LEASE_S: String(plan.leaseS),
      SITE_PORT: '0',
      PORT: '0',
      LOG_LEVEL: 'error',
    };
    // One model for all of them, there before anybody waits for it.
    if (process.env.STATE_DIR) cpSync(join(process.env.STATE_DIR, 'cache'), join(env.STATE_DIR, 'cache'), { recursive: true });
    spawnSync(process.execPath, ['dist/cli/main.js', 'ask', '--community', 'c000', '居住证怎么办'], { env });
    const begun = performance.now();
    for (let index = 0; index < plan.processes; index++) bots.push(new Bot(env));
    await until(async () => sum(await shares(database)) === plan.communities, startMs);
    print(`all are served after ${ms(performance.now() - begun)}, by ${(await shares(database)).join(' + ')}; ${usedBy(bots)}`);
    const sent = [
      ...(plan.day > 0 ? await playDay(communities, bots, plan, print) : []),
      ...(plan.hour > 0 ? await playHour(communities, bots, plan, database, print) : []),
    ];
    for (const bot of bots) bot.end('SIGTERM');
    await Promise.all(bots.map(({ ended }) => ended));
    for (const line of await counted(communities, sent, database)) print(line);
  } finally {
    for (const bot of bots) bot.end('SIGKILL');
    await database.close();
    for (const { close } of communities) await close();
    await server.remove();
  }
}

async function playDay(communities: readonly Community[], bots: readonly Bot[], { day }: Plan, print: (line: string) => void) {
  const sent: Sent[] = [];
  const begun = performance.now();
  let next = 0;
  const person = async () => {
    while (next < day) sent.push(await say(communities, bots, next++));
  };
  await Promise.all(Array.from({ length: atOnce }, person));
  const seconds = (performance.now() - begun) / 1000;
  await settled(sent, patienceMs);
  print(`a day of ${day} messages, ${atOnce} at once: ${(day / seconds).toFixed(0)} a second; ${spread(sent)}; ${usedBy(bots)}`);
  return sent;
}

async function playHour(
  communities: readonly Community[],
  bots: readonly Bot[],
  { communities: count, day, hour, rate, leaseS }: Plan,
  database: Database,
  print: (line: string) => void,
) {
  const [victim] = bots as [Bot];
  const orphans = await ownedBy(database, victim.holder);
  const saying: Promise<Sent>[] = [];
  const begun = performance.now();
  let killedAt = Number.POSITIVE_INFINITY;
  let takenOver: Promise<number> | undefined;
  for (let number = 0; number < hour * rate; number++) {
    const due = begun + (number * 1000) / rate;
    await sleep(Math.max(0, due - performance.now()));
    saying.push(say(communities, bots, day + number, due));
    if (takenOver || number < (hour * rate) / 3) continue;
    victim.end('SIGKILL');
    killedAt = performance.now();
    takenOver = until(
      async () => (await ownedBy(database, victim.holder)).size === 0 && sum(await shares(database)) === count,
      startMs,
    ).then(() => performance.now() - killedAt);
  }
  const sent = await Promise.all(saying);
  await settled(sent, patienceMs);
  // What was on its way when the process was killed waited for the next owner too.
  const waited = sent.filter(({ community, at }) => orphans.has(community) && at > killedAt - 1_000);
  print(
    `${hour} s of the hour after an event, ${rate} a second: ${spread(sent.filter((each) => !waited.includes(each)))}; ${usedBy(bots.slice(1))}`,
  );
  print(`of the ${orphans.size} communities of a process that was killed: ${spread(waited)}`);
  print(`all of them are served again after ${ms((await takenOver) ?? 0)}; a lease is ${leaseS} s`);
  return sent;
}

/** How many communities each process serves. */
async function shares({ query }: Database): Promise<number[]> {
  const { rows } = await query<{ count: string }>(
    'select count(*) from owners where until > clock_timestamp() group by holder order by 1',
  ).catch(
    // The tables are not made yet.
    () => ({ rows: [] }),
  );
  return rows.map(({ count }) => Number(count));
}

async function ownedBy({ query }: Database, holder: string): Promise<ReadonlySet<string>> {
  const { rows } = await query<{ community: string }>('select community from owners where holder like $1 and until > clock_timestamp()', [
    holder,
  ]);
  return new Set(rows.map(({ community }) => community));
}

/** What is in the database, beside what was said and read. */
async function counted(communities: readonly Community[], sent: readonly Sent[], database: Database): Promise<string[]> {
  let [heard, cases, numbers] = [0, 0, 0];
  for (const { id } of communities) {
    const kept = await readPostgresKept(database, id);
    heard += kept?.dump.tables.heard?.length ?? 0;
    cases += new Set(kept?.dump.tables.appeals?.map((appeal) => appeal.id)).size;
    numbers += sum(Object.entries(kept?.dump.counters ?? {}).flatMap(([name, value]) => (name.startsWith('appeal/') ? [value] : [])));
  }
  const unread = sent.filter(({ answers }) => answers.length === 0).length;
  const doubled = sent.filter(({ answers }) => new Set(answers).size < answers.length).length;
  return [
    `${sent.length} messages: ${heard} heard, ${unread} without an answer, ${doubled} that read the same twice`,
    `${sent.filter(({ isGrievance }) => isGrievance).length} grievances: ${cases} cases, ${numbers} numbers given`,
  ];
}

const sum = (values: readonly number[]) => values.reduce((all, each) => all + each, 0);

function usedBy(bots: readonly Bot[]): string {
  const each = bots.map((bot) => bot.used());
  return `each process ${each.map(({ megabytes }) => megabytes.toFixed(0)).join(', ')} MB, ${each.map(({ seconds }) => seconds.toFixed(0)).join(', ')} s of the processor`;
}
