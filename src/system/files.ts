import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Files } from '../app/ports.ts';

/** Files below one folder. A name never leads out of it. */
export function filesBelow(folder: string): Files {
  return { remove: (file) => rm(join(folder, basename(file)), { force: true }) };
}
