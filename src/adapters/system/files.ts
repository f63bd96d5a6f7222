import { rm } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type { Files } from '../../desk/kernel/ports.ts';

/** Files below one folder. A name never leads out of it. */
export function filesBelow(folder: string): Files {
  const root = resolve(folder);
  return {
    async remove(file) {
      const path = resolve(root, file);
      if (path.startsWith(root + sep)) await rm(path, { force: true });
    },
  };
}
