import { type FSWatcher, watch } from 'node:fs';

interface Watched {
  readonly watcher: FSWatcher;
  readonly told: Set<() => void>;
}

/** The folders that are watched: each once, however many communities lie over it. A system bears only so many watchers. */
const watching = new Map<string, Watched>();

/** Tells of each change below a folder. @returns what ends it */
export function watchFolder(folder: string, changed: () => void): () => void {
  const there = watching.get(folder) ?? begin(folder);
  // Of one's own: the same function may be told of two folders.
  const tell = () => changed();
  there.told.add(tell);
  return () => {
    there.told.delete(tell);
    if (there.told.size > 0 || watching.get(folder) !== there) return;
    watching.delete(folder);
    there.watcher.close();
  };
}

function begin(folder: string): Watched {
  const told = new Set<() => void>();
  const tellAll = () => {
    for (const tell of told) tell();
  };
  const begun = { told, watcher: watch(folder, { recursive: true }, tellAll) };
  watching.set(folder, begun);
  return begun;
}
