import { join } from 'node:path';
import type { Content, Lesson, Snapshot } from '../../desk/kernel/content.ts';
import type { EmergencyRules } from '../../domain/understanding/emergency.ts';
import type { Reader } from '../../domain/understanding/engine.ts';
import { foldersOf, type Root } from './files.ts';
import type { IntentSource } from './intents.ts';
import { type Files, loadFiles } from './load.ts';
import { ContentError, type Problem } from './problem.ts';
import { watchFolder } from './watched.ts';

/** Content that can be read anew while the bot runs. */
export interface Library extends Content {
  /** Reads everything again. Content with mistakes never replaces good content: they are returned, and the old one stays. */
  reload(): Promise<readonly Problem[]>;
  /** Reloads when a file changes; `told` hears of the mistakes, or of none. @returns what ends it */
  watch(told: (problems: readonly Problem[]) => void): () => void;
}

/** How a reader of messages is made. */
export interface MakeReaders {
  /** At the start, at once: of what was learnt before. `learnt` tells whether it was learnt of exactly this. */
  now(source: IntentSource, emergencies: EmergencyRules): { readonly reader: Reader; readonly learnt: boolean };
  /** In the background, while the old one answers. Another training has `superseded` it when the signal says so: its result is not wanted. */
  later(source: IntentSource, emergencies: EmergencyRules, superseded: AbortSignal): Promise<Reader>;
}

/** An editor saves in several steps; one reload follows the last of them. */
const settleMs = 300;

/**
 * Opens the content folder, read by `load`. `failed` hears when learning anew fails; the old model goes on answering.
 * @throws ContentError with every mistake, when the very first reading fails
 */
export function openLibrary(
  root: Root,
  readers: MakeReaders,
  failed: (error: unknown) => void,
  load: () => Files = () => loadFiles(root),
): Library {
  let files = load();
  let taught: readonly Lesson[] = [];
  const first = readers.now(files.intents, files.content.emergencies);
  let snapshot: Snapshot = { ...files.content, ...first.reader };
  let learning = new AbortController();

  /** Makes a reader of what is known now. A training that is still going on is ended: its result never replaces a later one. */
  async function relearn(): Promise<void> {
    learning.abort();
    const mine = new AbortController();
    learning = mine;
    const { content, intents } = files;
    try {
      const reader = await readers.later(withLessons(intents, taught), content.emergencies, mine.signal);
      if (!mine.signal.aborted) snapshot = { ...content, ...reader };
    } catch (error) {
      if (!mine.signal.aborted) throw error;
    }
  }

  async function reload(): Promise<readonly Problem[]> {
    try {
      files = load();
    } catch (error) {
      if (error instanceof ContentError) return error.problems;
      throw error;
    }
    await relearn();
    return [];
  }

  if (!first.learnt) relearn().catch(failed);
  return {
    current: () => snapshot,
    teach(lessons) {
      if (JSON.stringify(lessons) === JSON.stringify(taught)) return;
      const before = taught;
      taught = lessons;
      relearn().catch((error: unknown) => {
        // The old model goes on answering; what was taught is tried again with the next lesson, or at the next start.
        taught = before;
        failed(error);
      });
    },
    reload,
    watch(told) {
      let timer: NodeJS.Timeout | undefined;
      const changed = () => {
        clearTimeout(timer);
        timer = setTimeout(() => void reload().then(told, failed), settleMs);
      };
      const [base = '', ...over] = foldersOf(root);
      // A folder that is laid over may get its `intents/` later.
      const folders = [join(base, 'intents'), join(base, 'data'), ...over];
      const watched = folders.map((folder) => watchFolder(folder, changed));
      return () => {
        clearTimeout(timer);
        for (const end of watched) end();
      };
    },
  };
}

/** The phrasings of the files and those that were taught; what no longer has a topic is left out. */
export function withLessons(source: IntentSource, lessons: readonly Lesson[]): IntentSource {
  if (lessons.length === 0) return source;
  const intents = source.intents.map((intent) => {
    const own = lessons.filter(({ topic }) => topic === intent.id);
    const facets = { ...intent.facets };
    for (const { text, facet } of own) if (facet) facets[facet] = [...(facets[facet] ?? []), text];
    return { ...intent, utterances: [...intent.utterances, ...own.filter(({ facet }) => !facet).map(({ text }) => text)], facets };
  });
  return { ...source, intents };
}
