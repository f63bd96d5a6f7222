import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Log } from '../../desk/kernel/ports.ts';
import { foldersOf, listFiles, placeOf, type Root } from './files.ts';
import { type Files, loadFiles } from './load.ts';

/** Where checked content is kept, and what tells one version of the program from another. */
export interface Keeping {
  readonly folder: string;
  readonly program: string;
  readonly log: Log;
}

/** So many are kept of each root: that of now, and the one before. */
const kept = 2;

/**
 * The checked content of a folder: as it was kept, when exactly these files were checked by exactly this program, otherwise read
 * and checked (a second of YAML), and kept. What cannot be read there is made anew.
 * @throws ContentError with every mistake: content that has one is never kept
 */
export function keptFiles(root: Root, keeping: Keeping): Files {
  const hash = hashOf(root, keeping);
  const path = join(keeping.folder, `${prefixOf(root)}${hash.slice(0, 24)}.v8`);
  const found = readKept(path, hash, keeping.log);
  if (found && picturesThere(root, found)) return found;
  const files = loadFiles(root);
  // A file may have been saved while they were read.
  if (hashOf(root, keeping) === hash) keep(files, { path, hash, prefix: prefixOf(root) }, keeping);
  return files;
}

/** Of the program, and of every byte that the loader may read. */
function hashOf(root: Root, { program }: Keeping): string {
  const hash = createHash('sha256').update(`${program}\n${process.versions.v8}\n`);
  const paths = ['intents', 'data'].flatMap((folder) => ['.yaml', '.md'].flatMap((ending) => listFiles(root, folder, ending)));
  for (const path of paths) {
    const bytes = readFileSync(placeOf(root, path));
    hash.update(`${path} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

/** What is kept of the folders of a root is called so: communities do not forget each other's. */
const prefixOf = (root: Root) => `content-${createHash('sha256').update(foldersOf(root).join('\n')).digest('hex').slice(0, 8)}-`;
/** What stands before the content in its file: a digest of it and of what it was made of. */
const sealOf = (hash: string, bytes: Buffer) => createHash('sha256').update(hash).update(bytes).digest();
const sealLength = 32;

function readKept(path: string, hash: string, log: Log): Files | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    log.info({}, 'these files were not checked by this version of the program yet: reading them');
    return undefined;
  }
  const content = bytes.subarray(sealLength);
  if (sealOf(hash, content).equals(bytes.subarray(0, sealLength))) return deserialize(content) as Files;
  log.warn({ file: path }, 'the kept content is damaged: reading the files again');
  return undefined;
}

/** The only thing that is checked and stands in no content file. */
function picturesThere(root: Root, { content }: Files): boolean {
  return content.broadcasts.broadcasts.every(({ card }) => !card?.qr || 'text' in card.qr || existsSync(placeOf(root, card.qr.picture)));
}

function keep(files: Files, { path, hash, prefix }: { path: string; hash: string; prefix: string }, { folder, log }: Keeping): void {
  const bytes = serialize(files);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${path}.${process.pid}`, Buffer.concat([sealOf(hash, bytes), bytes]));
    renameSync(`${path}.${process.pid}`, path);
    forgetOld(folder, prefix);
  } catch (error) {
    log.warn({ err: error }, 'the checked content could not be kept; it is read again at the next start');
  }
}

function forgetOld(folder: string, prefix: string): void {
  const old = readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.at - a.at);
  for (const { path } of old.slice(kept)) rmSync(path, { force: true });
}
