import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import { openPostgres } from '../../src/adapters/store/postgres-client.ts';
import { readPostgresKept } from '../../src/adapters/store/postgres-kept.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import type { Told } from './child/owner.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Processes that want to own the same community, and what they told. */
export function createOwners(url: string, community: string, leaseMs: number) {
  /** By process, in the order in which it was told. */
  const told: { readonly pid: number; readonly at: number; readonly what: Told }[] = [];
  const waiting = new Set<() => void>();
  const running = new Set<Owner>();

  const until = async (isTrue: () => boolean): Promise<void> => {
    while (!isTrue())
      await new Promise<void>((resolve) => {
        waiting.add(resolve);
      });
  };

  function start(): Owner {
    const loader = ['--import', new URL('../wechat/child/typescript.js', import.meta.url).href, '--disable-warning=DEP0205'];
    const child = spawn(process.execPath, [...loader, here('child/owner.ts'), url, community, String(leaseMs)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
      env: { PATH: process.env.PATH ?? '' },
    });
    const pid = child.pid ?? 0;
    child.on('message', (what: Told) => {
      told.push({ pid, at: performance.now(), what });
      for (const wake of waiting) wake();
      waiting.clear();
    });
    let isRunning = true;
    const ended = new Promise<void>((resolve) =>
      child.once('exit', () => {
        isRunning = false;
        resolve();
      }),
    );
    const ofIts = (event: Told['event']) => told.filter((each) => each.pid === pid && each.what.event === event).length;
    const owner: Owner = {
      pid,
      signal: (signal) => void child.kill(signal),
      async end() {
        child.kill('SIGKILL');
        await ended;
        running.delete(owner);
      },
      ended,
      isRunning: () => isRunning,
      has: (event, times = 1) => until(() => ofIts(event) >= times),
      /** Of what is acknowledged from now on, so many. */
      keeps(times) {
        const before = ofIts('kept');
        return until(() => ofIts('kept') >= before + times);
      },
    };
    running.add(owner);
    return owner;
  }

  return {
    start,
    told,
    /** Nothing acknowledged is lost, no number is given twice, none is left out, and no two speak at the same time. */
    async hold(): Promise<number> {
      for (const owner of running) await owner.end();
      const database = openPostgres({ url, log: silentLog, leaseMs });
      const { dump } = (await readPostgresKept(database, community)) ?? {};
      await database.close();
      const kept = new Set(dump?.tables.heard?.map(({ id }) => id));
      const acknowledged = told.flatMap(({ what }) => (what.event === 'kept' ? [what] : []));
      expect(acknowledged.filter(({ id }) => !kept.has(id))).toEqual([]);
      expect(new Set(acknowledged.map(({ number }) => number)).size).toBe(acknowledged.length);
      // One number a row: a gap would show as more of the one than of the other.
      expect(dump?.counters.n).toBe(kept.size);
      const said = told.flatMap(({ pid, what }) => (what.event === 'said' ? [{ pid, at: what.at }] : []));
      const speakers = said.sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ pid }) => pid);
      const turns = speakers.filter((pid, index) => pid !== speakers[index - 1]);
      expect(turns.length).toBe(new Set(turns).size);
      return acknowledged.length;
    },
  };
}

export interface Owner {
  readonly pid: number;
  signal(signal: NodeJS.Signals): void;
  /** Kills it. */
  end(): Promise<void>;
  readonly ended: Promise<void>;
  /** One that has lost its community ends by itself. */
  isRunning(): boolean;
  /** Resolves when it has told this so often. */
  has(event: Told['event'], times?: number): Promise<void>;
  keeps(times: number): Promise<void>;
}
