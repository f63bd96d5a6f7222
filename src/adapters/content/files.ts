import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { namesFile, withNames } from './names.ts';
import type { Problem } from './problem.ts';
import { ofUnchanged } from './unchanged.ts';

/**
 * Where content is read: a folder, or several, each laid over those before it: of files with the same path that of the last folder
 * counts.
 */
export type Root = string | readonly string[];

/** A parsed content file, which can say where in it a value stands. */
export interface ContentFile {
  /** Relative to its content folder, with forward slashes. */
  readonly path: string;
  readonly value: unknown;
  /** The text after the front matter of a Markdown file; empty for YAML. */
  readonly body: string;
  problem(at: readonly PropertyKey[], message: string): Problem;
}

const frontMatter = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?([\s\S]*)$/;

/** The folders of a root; the first one is whole, the others are laid over it. */
export const foldersOf = (root: Root): readonly string[] => [root].flat();

/** Where the file of this path stands; where it stands nowhere, where it should. */
export function placeOf(root: Root, path: string): string {
  const [base = '', ...over] = foldersOf(root);
  return join(over.findLast((folder) => existsSync(join(folder, path))) ?? base, path);
}

/** The files with one of the endings below `folder` of the content, in the order of their names; none where there is no such folder. */
export function listFiles(root: Root, folder: string, ending: string): string[] {
  const names = foldersOf(root)
    .map((each) => join(each, folder))
    .filter((start) => existsSync(start))
    .flatMap((start) => readdirSync(start, { recursive: true, encoding: 'utf8' }))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith(ending));
  return [...new Set(names)].sort();
}

/** Of these folders every file is read, whatever its name. */
const readWhole = /^(intents|data\/(answers|local|news|wording))\//;

/** What is laid over the content and stands in the place of nothing would be lost silently: its name is misspelt. */
export function overlaysFit(root: Root, problems: Problem[]): void {
  const [base = '', ...over] = foldersOf(root);
  for (const folder of over) {
    const misspelt = (path: string, message: string) =>
      problems.push({ file: shownAs(root, join(folder, path)), line: 1, column: 1, message });
    const paths = ['intents', 'data'].flatMap((each) => listFiles(folder, each, '.yaml'));
    if (paths.length === 0) misspelt('', 'there is no file of content in this folder');
    for (const path of paths)
      if (!readWhole.test(path) && !existsSync(join(base, path))) misspelt(path, 'nothing reads a file of this name');
  }
}

/**
 * Reads a YAML file, or a Markdown file with YAML front matter; below data/ the names of the community stand for their variables
 * (names.ts). Mistakes are added to `problems`.
 */
export function readFile(root: Root, path: string, problems: Problem[]): ContentFile {
  const file = readAsWritten(root, path, problems);
  const hasNames = path.startsWith('data/') && path !== namesFile;
  return hasNames ? withNames(file, readAsWritten(root, namesFile, []), problems) : file;
}

function readAsWritten(root: Root, path: string, problems: Problem[]): ContentFile {
  const place = placeOf(root, path);
  const shown = shownAs(root, place);
  const text = readText(place);
  if (text === undefined) {
    problems.push({ file: shown, line: 1, column: 1, message: 'the file is missing' });
    return { path, value: undefined, body: '', problem: (_, message) => ({ file: shown, line: 1, column: 1, message }) };
  }
  const key = `${place}\n${shown}`;
  const known = lastRead.get(key);
  const read = known?.text === text ? known : parseText(path, shown, text);
  lastRead.set(key, read);
  problems.push(...read.mistakes);
  return read.file;
}

/** A file of the first folder is called by its path in there; a file laid over it by that of its folder too. */
function shownAs(root: Root, place: string): string {
  const [base = ''] = foldersOf(root);
  const inside = relative(base, place).replaceAll('\\', '/');
  return inside.startsWith('../') || isAbsolute(inside) ? place : inside;
}

interface Read {
  readonly text: string;
  readonly file: ContentFile;
  readonly mistakes: readonly Problem[];
}

/** By place and by what it is called: when a folder is read again, only what has changed is parsed. Parsing is nearly all that reading costs. */
const lastRead = new Map<string, Read>();

function parseText(path: string, shown: string, text: string): Read {
  const [, front, body] = path.endsWith('.md') ? (frontMatter.exec(text) ?? [null, '', text]) : [null, text, ''];
  const shift = path.endsWith('.md') ? 1 : 0;
  const parseFront = () => {
    const lines = new LineCounter();
    const document = parseDocument(front ?? '', { lineCounter: lines, prettyErrors: false });
    const place = (offset: number) => {
      const { line, col } = lines.linePos(offset);
      return { file: shown, line: line + shift, column: col };
    };
    return { document, place };
  };
  const { document, place } = parseFront();
  let places: ReturnType<typeof parseFront> | undefined;
  const file: ContentFile = {
    path,
    value: document.errors.length > 0 ? undefined : document.toJS(),
    body: body ?? '',
    problem(at, message) {
      // Parsed once more: places are wanted of files with mistakes only, and take far more memory than what stands in them.
      places ??= parseFront();
      const { document, place } = places;
      // The innermost node that exists: a key that is missing is reported where it should stand.
      for (let depth = at.length; depth >= 0; depth--) {
        const node = document.getIn(at.slice(0, depth), true);
        if (isNode(node) && node.range) return { ...place(node.range[0]), message };
      }
      return { file: shown, line: 1, column: 1, message };
    },
  };
  return { text, file, mistakes: document.errors.map((error) => ({ ...place(error.pos[0]), message: error.message })) };
}

const textOf = ofUnchanged((place) => readFileSync(place, 'utf8').replace(/^\uFEFF/, ''));

function readText(place: string): string | undefined {
  try {
    return textOf(place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The value of a file in the form of a schema; what does not fit is added to `problems`. */
export function parse<S extends z.ZodType>(file: ContentFile, schema: S, problems: Problem[]): z.output<S> | undefined {
  if (file.value === undefined) return undefined;
  const result = schema.safeParse(file.value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const at = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
    const where = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
    problems.push(file.problem(at, `${where}${issue.message}`));
  }
  return undefined;
}
