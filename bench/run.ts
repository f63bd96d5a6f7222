import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchDistrict } from './district.ts';
import { benchMonth } from './month.ts';
import { benchProcess } from './process.ts';
import { benchPushes } from './pushes.ts';
import { benchReading } from './reading.ts';
import type { Row } from './row.ts';
import { benchSite } from './site.ts';
import { benchStore } from './store.ts';
import { benchStores } from './stores.ts';
import { benchTick } from './tick.ts';
import { benchTorture } from './torture.ts';
import { benchTurns } from './turns.ts';
import { benchUnderstanding } from './understanding.ts';

const benches: Readonly<Record<string, (folder: string) => Promise<readonly Row[]>>> = {
  reading: benchReading,
  turns: benchTurns,
  pushes: benchPushes,
  store: benchStore,
  tick: benchTick,
  process: benchProcess,
  site: benchSite,
};

/**
 * `npm run bench`: wall time on this machine, printed as a table. npm runs it in the project's folder.
 * `npm run bench -- NAME` runs one of them, `npm run bench -- understanding` the comparison with other libraries, which installs
 * them first and takes about twenty minutes; names of bench/peers/systems.ts after it limit it to those. `npm run bench -- month`
 * rehearses a month of a community, `-- month official` of one on a 服务号, `-- month 7 42` seven days with another seed. `-- torture 60` tortures a
 * desk for an hour: kills, disk, clock, hostile people. `-- stores` measures the stores beside each other on three sizes, `-- stores 3000` on one.
 * `-- district` plays a district of three hundred communities over one PostgreSQL server, for more than an hour; `-- district 30 3 1500 60 20` a smaller one.
 */
const [only, ...more] = process.argv.slice(2);
const longer: readonly string[] = ['understanding', 'month', 'torture', 'stores', 'district'];
if (only !== undefined && !longer.includes(only) && !(only in benches))
  throw new Error(`There is no bench "${only}", but: ${[...Object.keys(benches), ...longer].join(', ')}`);
const folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-bench-'));
try {
  const [cpu] = cpus();
  process.stdout.write(`${cpu?.model ?? ''} × ${cpus().length}, Node ${process.versions.node}, ${process.platform}\n`);
  const print = (line: string) => process.stdout.write(`${line}\n`);
  if (only === 'understanding') await benchUnderstanding(folder, more, print);
  if (only === 'torture') await benchTorture(folder, more.map(Number), print);
  if (only === 'stores') await benchStores(folder, more.map(Number), print);
  if (only === 'district') await benchDistrict(folder, more.map(Number), print);
  if (only === 'month') await benchMonth(folder, more, print);
  for (const [name, bench] of Object.entries(benches)) {
    if (only !== undefined && only !== name) continue;
    for (const [what, result] of await bench(folder)) process.stdout.write(`${what.padEnd(64)} ${result}\n`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
