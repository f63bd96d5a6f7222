import { readdir, rm, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import type { Files } from '../../desk/kernel/ports.ts';

/** A transaction is done within these seconds. */
const youngSeconds = 10;

/** Files below one folder. A name never leads out of it. */
export function filesBelow(folder: string, young = youngSeconds): Files {
  const root = resolve(folder);
  return {
    async remove(file) {
      const path = resolve(root, file);
      if (path.startsWith(root + sep)) await rm(path, { force: true });
    },
    async list(below) {
      const path = resolve(root, below);
      if (!path.startsWith(root + sep)) return [];
      const entries = (await readdir(path, { withFileTypes: true }).catch(() => [])).filter((entry) => entry.isFile());
      return Promise.all(
        entries.map(async ({ name }) => {
          const made = (await stat(join(path, name)).catch(() => undefined))?.mtimeMs ?? 0;
          return { file: `${below}${name}`, young: Date.now() - made < young * 1000 };
        }),
      );
    },
  };
}
