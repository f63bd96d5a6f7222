import { statSync } from 'node:fs';

/** What was saved so lately may be saved once more without a trace: the clocks of file systems tick in steps, those of some in two seconds. */
const settledMs = 3_000;

/**
 * Remembers what was made of each file, as long as the process lives and the file is the same by its place on the disk, its size and its times.
 * @param make is given the path of a file that is there
 * @returns throws where there is no such file
 */
export function ofUnchanged<T>(make: (path: string) => T, now: () => number = Date.now): (path: string) => T {
  const known = new Map<string, { readonly stamp: string; readonly made: T }>();
  return (path) => {
    const { dev, ino, size, mtimeNs, ctimeNs, ctimeMs } = statSync(path, { bigint: true });
    // Before it is read: what is saved meanwhile has another one.
    const stamp = `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`;
    const before = known.get(path);
    if (before?.stamp === stamp) return before.made;
    known.delete(path);
    const made = make(path);
    if (now() - Number(ctimeMs) > settledMs) known.set(path, { stamp, made });
    return made;
  };
}
