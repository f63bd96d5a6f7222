import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { uptime } from 'node:os';

/** Another process works on the same state. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
  readonly pid: number;
  constructor(path: string, pid: number) {
    super(`${path} is held by process ${pid}: another 连心桥 is running on this state; stop it first`);
    this.pid = pid;
  }
}

/**
 * Takes the lock file, or throws a LockedError when its owner lives. The lock of a process that was killed, or of one from
 * before this machine was started (its pid may be somebody else's by now), is taken over.
 * @returns gives it back
 */
export function takeLock(path: string): () => void {
  for (let tries = 0; tries < 3; tries++) {
    try {
      const file = openSync(path, 'wx');
      writeSync(file, JSON.stringify({ pid: process.pid, at: Date.now() }));
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = readOwner(path);
      if (owner && lives(owner)) throw new LockedError(path, owner.pid);
      rmSync(path, { force: true });
    }
  }
  throw new LockedError(path, 0);
}

/** The process that holds the lock; undefined when none does that lives. */
export function ownerOfLock(path: string): number | undefined {
  const owner = readOwner(path);
  return owner && lives(owner) ? owner.pid : undefined;
}

interface Owner {
  readonly pid: number;
  readonly at: number;
}

function readOwner(path: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Linux numbers threads with processes: in a container that was killed and starts again, the old number is soon a thread of ours. */
function isThread(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/status`, 'utf8').includes(`\nTgid:\t${pid}\n`);
  } catch {
    return false;
  }
}

function lives({ pid, at }: Owner): boolean {
  const bootedAt = Date.now() - uptime() * 1000;
  // In a container the same pid comes back at every start: our own pid in the file is our predecessor's.
  if (pid === process.pid || at < bootedAt || isThread(pid)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but it is another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
