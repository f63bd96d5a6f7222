import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Problem } from './problem.ts';

/** A parsed content file, which can say where in it a value stands. */
export interface ContentFile {
  /** Relative to the content folder, with forward slashes. */
  readonly path: string;
  readonly value: unknown;
  /** The text after the front matter of a Markdown file; empty for YAML. */
  readonly body: string;
  problem(at: readonly PropertyKey[], message: string): Problem;
}

const frontMatter = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?([\s\S]*)$/;

/** The files with one of the endings below `folder` of the content folder, in the order of their names; none where there is no such folder. */
export function listFiles(root: string, folder: string, ending: string): string[] {
  const start = join(root, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith(ending))
    .sort();
}

/** Reads a YAML file, or the YAML front matter of a Markdown file. Mistakes of syntax are added to `problems`. */
export function readFile(root: string, path: string, problems: Problem[]): ContentFile {
  const text = readText(root, path);
  if (text === undefined) {
    problems.push({ file: path, line: 1, column: 1, message: 'the file is missing' });
    return { path, value: undefined, body: '', problem: (_, message) => ({ file: path, line: 1, column: 1, message }) };
  }
  const known = lastRead.get(path);
  const read = known?.text === text ? known : parseText(path, text);
  lastRead.set(path, read);
  problems.push(...read.mistakes);
  return read.file;
}

interface Read {
  readonly text: string;
  readonly file: ContentFile;
  readonly mistakes: readonly Problem[];
}

/** By path: when a folder is read again, only what has changed is parsed. Parsing is nearly all that reading costs. */
const lastRead = new Map<string, Read>();

function parseText(path: string, text: string): Read {
  const [, front, body] = path.endsWith('.md') ? (frontMatter.exec(text) ?? [null, '', text]) : [null, text, ''];
  const shift = path.endsWith('.md') ? 1 : 0;
  const parseFront = () => {
    const lines = new LineCounter();
    const document = parseDocument(front ?? '', { lineCounter: lines, prettyErrors: false });
    const place = (offset: number) => {
      const { line, col } = lines.linePos(offset);
      return { file: path, line: line + shift, column: col };
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
      return { file: path, line: 1, column: 1, message };
    },
  };
  return { text, file, mistakes: document.errors.map((error) => ({ ...place(error.pos[0]), message: error.message })) };
}

function readText(root: string, path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, '');
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
