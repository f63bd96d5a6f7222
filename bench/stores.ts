import { join } from 'node:path';
import { openJournalStore } from '../src/adapters/store/journal.ts';
import { type Kept, readKept } from '../src/adapters/store/kept-files.ts';
import { holdDatabase } from '../src/adapters/store/moving.ts';
import { openPostgresStore } from '../src/adapters/store/postgres.ts';
import { openPostgres } from '../src/adapters/store/postgres-client.ts';
import { silentLog as log } from '../src/adapters/system/log.ts';
import type { Store } from '../src/desk/kernel/ports.ts';
import { postgresPrograms, startPostgres } from '../test/support/postgres-server.ts';
import { betterSqlite, type Contender, commitATurn, overStore, plainLowdb } from './contenders.ts';
import { countedFiles, since } from './counted.ts';
import { fill } from './filled.ts';
import { install } from './install.ts';
import { ms, percentile, timed } from './measure.ts';
import type { Row } from './row.ts';

/** Residents; `npm run bench -- stores 3000` takes one size. */
const sizes = [3_000, 30_000, 100_000];
const leaseMs = 60_000;
/** A resident says something every other day, as the filled state has it. */
const turnsADay = (residents: number) => residents / 2;

/**
 * The stores beside each other on the same community, in three sizes: one turn at a time, 50 and 200 at once; what the journal writes. Where there is
 * no PostgreSQL server on the machine, or no better-sqlite3, it is left out, and said so.
 */
export async function benchStores(folder: string, wanted: readonly number[], print: (line: string) => void): Promise<void> {
  install('better-sqlite3', print);
  const programs = postgresPrograms();
  const server = programs === undefined ? undefined : await startPostgres(programs);
  if (!server) print('PostgreSQL is not measured: there is no server on this machine');
  const tell = (rows: readonly Row[]) => {
    for (const [what, result] of rows) print(`${what.padEnd(64)} ${result}`);
  };
  try {
    for (const residents of wanted.length > 0 ? wanted : sizes) {
      print(`— ${residents.toLocaleString('en')} residents`);
      const place = join(folder, `journal-${residents}`);
      const empty = await openJournalStore({ folder: place, log });
      await fill(empty, { residents, groups: 200, openAppeals: Math.min(500, residents) });
      await empty.close();
      const kept = (await readKept(place)) as Kept;
      tell(await journal(place, residents));
      const sqlite = await betterSqlite(join(folder, `${residents}.sqlite`), kept.dump, residents).catch((error: Error) => {
        print(`better-sqlite3 is not measured: ${error.message}`);
      });
      if (sqlite) tell(await measured(sqlite));
      tell(await measured(await plainLowdb(join(folder, `${residents}.json`), kept.dump, residents)));
      if (server) tell(await postgres(await server.database(), kept, residents));
    }
  } finally {
    await server?.remove();
  }
}

async function journal(folder: string, residents: number): Promise<Row[]> {
  const counted = countedFiles();
  const opened = await opening(() => openJournalStore({ folder, log, files: counted.files }));
  const store = overStore('journal', opened.store, residents);
  const alone = await written(counted, 200, 1, store);
  const rows = await measured({ ...store, close: () => undefined });
  await turns(turnsADay(residents), 50, () => store.turn(++number));
  await store.close();
  const { appended, snapshots } = counted;
  return [
    ['journal, opened', opened.took],
    ...rows,
    ['journal, written by an isolated turn', `${kB(alone.appended / 200)} in ${(alone.flushes / 200).toFixed(2)} flushes`],
    [
      'journal, written by all of these turns and those of a day',
      `${kB(appended)} appended, ${kB(snapshots)} of snapshots: ${((appended + snapshots) / appended).toFixed(2)} times`,
    ],
  ];
}

async function postgres(url: string, kept: Kept, residents: number): Promise<Row[]> {
  const connect = () => openPostgres({ url, log, leaseMs });
  const community = 'main';
  const database = connect();
  const place = await holdDatabase({ database, community, leaseMs, log });
  const filled = await timed(() => place.write(kept, () => undefined));
  await place.letGo();
  await database.close();
  const opened = await opening(() => openPostgresStore({ database: connect(), community, leaseMs, log }));
  return [
    ['PostgreSQL, a whole state written', ms(filled)],
    ['PostgreSQL, one owner, opened', opened.took],
    ...(await measured(overStore('PostgreSQL, one owner', opened.store, residents))),
    ...(await measured(commitATurn(url, residents))),
  ];
}

async function opening(open: () => Promise<Store>): Promise<{ readonly store: Store; readonly took: string }> {
  let store: Store | undefined;
  const took = await timed(async () => {
    store = await open();
  });
  return { store: store as Store, took: ms(took) };
}

let number = 0;

async function measured(contender: Contender): Promise<Row[]> {
  const { name, slow, commit } = contender;
  const rows: Row[] = [];
  for (const [atOnce, wanted] of [
    [1, slow ? 10 : 500],
    [50, slow ? 50 : 2_000],
    [200, slow ? 0 : 4_000],
  ] as const) {
    if (wanted === 0) continue;
    const { each, all } = await turns(wanted, atOnce, () => contender.turn(++number));
    rows.push([
      `${name}, ${atOnce} at once`,
      `${Math.round((wanted * 1000) / all)} turns a second, p50 ${ms(percentile(each, 0.5))}, p99 ${ms(percentile(each, 0.99))}`,
    ]);
  }
  if (commit) rows.push([`${name}, a lone commit`, ms(percentile((await turns(500, 1, () => commit(++number))).each, 0.5))]);
  await contender.close();
  return rows;
}

/** So many at once until so many are done. */
async function turns(wanted: number, atOnce: number, turn: () => unknown) {
  const each: number[] = [];
  const all = await timed(() =>
    Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let i = 0; i < wanted / atOnce; i++) each.push(await timed(turn));
      }),
    ),
  );
  return { each, all };
}

async function written(counted: ReturnType<typeof countedFiles>, wanted: number, atOnce: number, store: Contender) {
  const after = since({ ...counted });
  await turns(wanted, atOnce, () => store.turn(++number));
  return after(counted);
}

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
