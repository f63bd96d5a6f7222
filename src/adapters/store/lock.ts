import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from 'fs-native-extensions';

/** Another process works on the same state. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
  readonly owner: string;
  constructor(place: string, owner: string) {
    super(`${place} is held by ${owner}: another 连心桥 is running on this state; stop it first`);
    this.owner = owner;
  }
}

/** Who only looks whether a lock is held holds it for an instant. */
const tries = 4;
const pauseMs = 50;

/**
 * Takes a lock of the kernel on the file, or throws a LockedError. It ends with the process, however that ends, and asks neither the clock nor
 * a process number. Not for network file systems. Who holds it stands beside it, in `owner`: on Windows a locked file cannot be read.
 * @returns gives it back
 */
export async function takeLock(path: string): Promise<() => void> {
  for (let tried = 0; tried < tries; tried++) {
    if (tried > 0) await sleep(pauseMs);
    const file = openSync(path, 'a+', 0o600);
    if (tryLock(file)) {
      writeFileSync(ownerFile(path), JSON.stringify({ pid: process.pid, host: hostname() }), { mode: 0o600 });
      return () => closeSync(file);
    }
    closeSync(file);
  }
  throw new LockedError(path, ownerIn(path));
}

/** Who holds the lock; undefined when nobody does. */
export function ownerOfLock(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return tryLock(file) ? undefined : ownerIn(path);
  } finally {
    closeSync(file);
  }
}

const ownerFile = (path: string) => join(dirname(path), 'owner');

function ownerIn(path: string): string {
  try {
    const { pid, host }: { readonly pid?: number; readonly host?: string } = JSON.parse(readFileSync(ownerFile(path), 'utf8'));
    return host === hostname() ? `process ${pid}` : `process ${pid} on ${host}`;
  } catch {
    return 'another process';
  }
}
