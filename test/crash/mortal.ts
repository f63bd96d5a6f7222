import { open } from 'node:fs/promises';
import { type FileSystem, nodeFiles } from '../../src/adapters/store/durable-file.ts';

/**
 * A process that can be killed at any of its points: once it is dead, nothing that it began goes on. Points are counted as
 * they are passed, so that "kill it at the n-th" means the same in every run.
 */
export class Mortal {
  passed = 0;
  readonly #killAt: number;
  #dead = false;
  #die: () => void = () => undefined;
  /** Resolves when it is killed. */
  readonly died = new Promise<'died'>((resolve) => {
    this.#die = () => resolve('died');
  });

  constructor(killAt: number) {
    this.#killAt = killAt;
  }

  /** A point at which it may be killed. Never resolves when it is. `parting` is done in the moment of death, `after` by the dead. */
  async point(parting?: () => Promise<void>, after?: () => Promise<void>): Promise<void> {
    if (this.#dead) {
      await after?.();
      return forever();
    }
    if (++this.passed !== this.#killAt) return;
    this.#dead = true;
    await parting?.();
    this.#die();
    return forever();
  }

  /** Files that it is killed in the middle of writing, before they are renamed, and after. */
  files(): FileSystem {
    return {
      ...nodeFiles,
      open: (async (path: string, flags?: string, mode?: number) => {
        const handle = await open(path, flags, mode);
        if (flags === 'r') return handle;
        const write = handle.writeFile.bind(handle);
        handle.writeFile = async (text) => {
          const half = String(text).slice(0, String(text).length / 2);
          const close = () => handle.close();
          await this.point(() => write(half).then(close), close);
          await write(text);
        };
        return handle;
      }) as FileSystem['open'],
      rename: async (from, to) => {
        const state = String(from).endsWith('state.json.new');
        if (state) await this.point();
        await nodeFiles.rename(from, to);
        if (state) await this.point();
      },
    };
  }
}

const forever = () => new Promise<never>(() => undefined);
