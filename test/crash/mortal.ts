import { open } from 'node:fs/promises';
import type { Database } from '../../src/adapters/store/database.ts';
import { type FileSystem, nodeFiles } from '../../src/adapters/store/durable-file.ts';
import { writtenBy } from '../support/written.ts';

/**
 * A process that can be killed at any of its points: once it is dead, nothing that it began goes on. Points are counted as
 * they are passed, so that "kill it at the n-th" means the same in every run.
 */
export class Mortal {
  passed = 0;
  readonly #killAt: number;
  #dead = false;
  #die: () => void = () => undefined;
  /** What the kernel takes back from the dead: open files, locks. */
  readonly #held = new Set<() => unknown>();
  /** Resolves when it is killed. */
  readonly died = new Promise<'died'>((resolve) => {
    this.#die = () => resolve('died');
  });

  constructor(killAt: number) {
    this.#killAt = killAt;
  }

  get isDead(): boolean {
    return this.#dead;
  }

  /** A point at which it may be killed. Never resolves when it is. `parting` is done in the moment of death. */
  async point(parting?: () => Promise<void>): Promise<void> {
    if (this.#dead) return forever();
    if (++this.passed !== this.#killAt) return;
    this.#dead = true;
    await parting?.();
    for (const giveBack of this.#held) await giveBack();
    this.#die();
    return forever();
  }

  /** A database that it is killed in the middle of asking: the server takes back what was not committed; what was, it was not told of. */
  database(server: Database): Database {
    const query: Database['query'] = async (text, values) => {
      await this.point();
      const answer = await server.query<never>(text, values);
      await this.point();
      return answer;
    };
    const ended = async <T>(work: Promise<T>): Promise<{ readonly is: T }> => {
      const is = await Promise.race([work.then((result) => ({ result })), this.died]);
      if (is === 'died') throw new Error('the connection is gone');
      return { is: is.result };
    };
    return {
      ...server,
      query,
      transaction: async (work, how) => {
        await this.point();
        const within = server.transaction(
          (asked) =>
            ended(
              work(async (text, values) => {
                await this.point();
                return asked(text, values);
              }),
            ),
          how,
        );
        const { is } = await within.catch((error: unknown) => {
          if (this.#dead) return forever();
          throw error;
        });
        await this.point();
        return is;
      },
      close: async () => undefined,
    };
  }

  /** Files that it is killed in the middle of writing, before and after they are flushed, and before and after they are renamed. */
  files(): FileSystem {
    return {
      ...nodeFiles,
      dsync: 0,
      open: (async (path: string, flags?: string, mode?: number) => {
        if (this.#dead) return forever();
        const handle = await open(path, flags, mode);
        if (this.#dead) {
          await handle.close();
          return forever();
        }
        if (flags === 'r') return handle;
        const { close, flush } = {
          close: handle.close.bind(handle),
          flush: handle.datasync.bind(handle),
        };
        this.#held.add(close);
        handle.close = async () => {
          if (this.#dead) return forever();
          this.#held.delete(close);
          await close();
        };
        writtenBy(handle, async (bytes, write) => {
          await this.point(() => write(bytes.subarray(0, bytes.length / 2)));
          await write(bytes);
        });
        handle.datasync = async () => {
          await this.point();
          await flush();
          await this.point();
        };
        handle.sync = handle.datasync;
        return handle;
      }) as FileSystem['open'],
      rename: async (from, to) => {
        await this.point();
        await nodeFiles.rename(from, to);
        await this.point();
      },
      lock: async (path) => {
        const unlock = await nodeFiles.lock(path);
        this.#held.add(unlock);
        return () => {
          if (this.#held.delete(unlock)) unlock();
        };
      },
    };
  }
}

const forever = () => new Promise<never>(() => undefined);
