import { closeSync, openSync, readdirSync, readFileSync, readSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { digestLength, sha256 } from './part.ts';

/** The two kinds of files in which content is kept: each begins with a seal, that of content names its phrasings after it. */
const [contentKind, phrasingsKind] = ['content-', 'phrasings-'];
const sealLength = 32;

/** Writes a file that tells whether it is sound: that it is whole, and the one of this name. */
export function writeSealed(path: string, bytes: Uint8Array): void {
  writeFileSync(`${path}.${process.pid}`, Buffer.concat([sha256(basename(path), bytes), bytes]));
  renameSync(`${path}.${process.pid}`, path);
}

/** What stands in it; `damaged` where that is not what was written, undefined where there is no such file. */
export function readSealed(path: string): Buffer | 'damaged' | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return undefined;
  }
  const content = bytes.subarray(sealLength);
  return sha256(basename(path), content).equals(bytes.subarray(0, sealLength)) ? content : 'damaged';
}

/** What is kept of the folders of a root is called so: communities do not forget each other's. */
export const contentPrefix = (folders: readonly string[]) => `${contentKind}${sha256(folders.join('\n')).toString('hex').slice(0, 8)}-`;
export const phrasingsPath = (folder: string, digest: string) => join(folder, `${phrasingsKind}${digest}.v8`);

/** Forgets of a root what is older than the last `kept`, and phrasings that are nobody's any more. */
export function forgetOld(folder: string, prefix: string, kept: number): void {
  const old = readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.at - a.at)
    .slice(kept);
  if (old.length === 0) return;
  for (const { path } of old) rmSync(path, { force: true });
  const names = readdirSync(folder);
  const contents = names.filter((name) => name.startsWith(contentKind)).map((name) => join(folder, name));
  const wanted = new Set(contents.map((path) => phrasingsPath(folder, phrasingsNamedIn(path))));
  for (const path of names.filter((name) => name.startsWith(phrasingsKind)).map((name) => join(folder, name)))
    if (!wanted.has(path)) rmSync(path, { force: true });
}

function phrasingsNamedIn(path: string): string {
  const digest = Buffer.alloc(digestLength);
  try {
    const file = openSync(path, 'r');
    readSync(file, digest, 0, digestLength, sealLength);
    closeSync(file);
  } catch {
    // Another process has forgotten it.
  }
  return digest.toString('latin1');
}
