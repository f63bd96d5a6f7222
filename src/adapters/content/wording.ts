import type { Wording } from '../../domain/content/wording.ts';
import { type ContentFile, listFiles, parse, type Root, readFile } from './files.ts';
import type { Problem } from './problem.ts';
import { type WordingTree, wordingFile } from './schemas.ts';

export interface LoadedWording {
  readonly sentences: Wording;
  readonly places: ReadonlyMap<string, { readonly file: ContentFile; readonly at: readonly string[] }>;
}

/** Reads data/wording/: nested names become keys with dots ("answer.lead"). A key may stand in one file only. */
export function loadWording(root: Root, problems: Problem[]): LoadedWording {
  const sentences = new Map<string, readonly string[]>();
  const places = new Map<string, { file: ContentFile; at: readonly string[] }>();
  for (const path of listFiles(root, 'data/wording', '.yaml')) {
    const file = readFile(root, path, problems);
    for (const { at, variants } of leaves(parse(file, wordingFile, problems) ?? {}, [])) {
      const key = at.join('.');
      if (sentences.has(key)) problems.push(file.problem(at, `${key} stands in ${places.get(key)?.file.path} already`));
      sentences.set(key, variants);
      places.set(key, { file, at });
    }
  }
  return { sentences, places };
}

function leaves(tree: WordingTree, above: readonly string[]): { at: string[]; variants: string[] }[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const at = [...above, key];
    if (typeof value === 'string') return [{ at, variants: [value] }];
    return Array.isArray(value) ? [{ at, variants: value }] : leaves(value, at);
  });
}
