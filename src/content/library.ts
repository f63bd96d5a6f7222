import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import type { Content, Snapshot } from '../app/content.ts';
import { loadContent, type MakeUnderstand } from './load.ts';
import { ContentError, type Problem } from './problem.ts';

/** Content that can be read anew while the bot runs. */
export interface Library extends Content {
  /** Reads everything again. Content with mistakes never replaces good content: they are returned, and the old one stays. */
  reload(): readonly Problem[];
  /** Reloads when a file changes; `told` hears of the mistakes, or of none. @returns what ends it */
  watch(told: (problems: readonly Problem[]) => void): () => void;
}

/** An editor saves in several steps; one reload follows the last of them. */
const settleMs = 300;

/**
 * Opens the content folder.
 * @throws ContentError with every mistake, when the very first reading fails
 */
export function openLibrary(root: string, makeUnderstand: MakeUnderstand): Library {
  let snapshot: Snapshot = loadContent(root, makeUnderstand);
  const reload = () => {
    try {
      snapshot = loadContent(root, makeUnderstand);
      return [];
    } catch (error) {
      if (error instanceof ContentError) return error.problems;
      throw error;
    }
  };
  return {
    current: () => snapshot,
    reload,
    watch(told) {
      let timer: NodeJS.Timeout | undefined;
      const changed = () => {
        clearTimeout(timer);
        timer = setTimeout(() => told(reload()), settleMs);
      };
      const watchers: FSWatcher[] = ['intents', 'data'].map((folder) => watch(join(root, folder), { recursive: true }, changed));
      return () => {
        clearTimeout(timer);
        for (const watcher of watchers) watcher.close();
      };
    },
  };
}
