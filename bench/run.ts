import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchProcess } from './process.ts';
import { benchStore } from './store.ts';
import { benchTurns } from './turns.ts';
import { benchUnderstanding } from './understanding.ts';

/** One line of the result: what was measured, and what came out, with its unit. */
export type Row = readonly [what: string, result: string];

/** `npm run bench`: wall time on this machine, printed as a table. npm runs it in the project's folder. */
const folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-bench-'));
try {
  const [cpu] = cpus();
  process.stdout.write(`${cpu?.model ?? ''} × ${cpus().length}, Node ${process.versions.node}, ${process.platform}\n`);
  for (const bench of [benchUnderstanding, benchTurns, benchStore, benchProcess]) {
    for (const [what, result] of await bench(folder)) process.stdout.write(`${what.padEnd(64)} ${result}\n`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
