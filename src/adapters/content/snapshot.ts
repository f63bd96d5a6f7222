import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Log } from '../../desk/kernel/ports.ts';
import { foldersOf, listFiles, placeOf, type Root } from './files.ts';
import { type Files, loadFiles } from './load.ts';
import { oneOfEach } from './one-of-each.ts';
import { digestLength, digestOfAll, type Part, partOf, sha256 } from './part.ts';
import { contentPrefix, forgetOld, phrasingsPath, readSealed, writeSealed } from './sealed.ts';
import { ofUnchanged } from './unchanged.ts';

/** Where checked content is kept, and what tells one version of the program from another. */
export interface Keeping {
  readonly folder: string;
  /** Undefined: it is not known, and nothing is kept. */
  readonly program: string | undefined;
  readonly log: Log;
}

/** The checked content of a folder. @throws ContentError with every mistake: content that has one is never kept */
export type ReadContent = (root: Root, keeping: Keeping) => Files;

/** So many are kept of each root: that of now, and the one before. */
const kept = 2;

/** Content in parts. Its phrasings are most of it, and nearly always those of other communities too: they are kept in a file of their own. */
interface Parts {
  readonly content: Readonly<Record<string, Part>>;
  /** Their digest. */
  readonly phrasings: string;
}

/** What is read with these is remembered beside them (desk/kernel/places.ts): they are one community's, even if others have the same. */
const own = 'placeNames';

/**
 * Reads content for a process: as it was kept, when exactly these files were checked by exactly this program, otherwise read and checked (a
 * second of YAML), and kept. What cannot be read there is made anew. Of what several communities have alike one is in memory.
 */
export function createContentReader(now: () => number = Date.now): ReadContent {
  const parts = oneOfEach<object>();
  const digestOf = ofUnchanged((path) => sha256(readFileSync(path)), now);
  const isSound = ofUnchanged((path) => Buffer.isBuffer(readSealed(path)), now);

  /** Of the program, and of every byte that the loader may read. */
  function hashOf(root: Root, program: string | undefined): string | undefined {
    if (program === undefined) return undefined;
    const hash = createHash('sha256').update(`${program}\n${process.versions.v8}\n`);
    const paths = ['intents', 'data'].flatMap((folder) => listFiles(root, folder, '').filter((path) => /\.(?:yaml|md)$/.test(path)));
    for (const path of paths) hash.update(`${path}\n`).update(digestOf(placeOf(root, path)));
    return hash.digest('hex').slice(0, 24);
  }

  /** Content of its parts; undefined: there are no such phrasings. */
  function madeOf(all: Parts, make: (name: string, part: Part) => object, intents: () => object | undefined): Files | undefined {
    const common = parts(all.phrasings, intents);
    const content = Object.entries(all.content).map(([name, part]) => [
      name,
      name === own ? make(name, part) : parts(part.digest, () => make(name, part)),
    ]);
    return common && ({ content: Object.fromEntries(content), intents: common } as unknown as Files);
  }

  function readKept(path: string, { folder, log }: Keeping): Files | undefined {
    const bytes = readSealed(path);
    if (bytes === undefined) {
      log.info({}, 'these files were not checked by this version of the program yet: reading them');
      return undefined;
    }
    const files = bytes === 'damaged' ? undefined : unpacked(bytes, folder);
    if (!files) log.warn({ file: path }, 'the kept content is damaged: reading the files again');
    return files;
  }

  function unpacked(bytes: Buffer, folder: string): Files | undefined {
    const phrasings = bytes.toString('latin1', 0, digestLength);
    const content = deserialize(bytes.subarray(digestLength)) as Parts['content'];
    const intents = () => {
      const there = readSealed(phrasingsPath(folder, phrasings));
      return Buffer.isBuffer(there) ? (deserialize(there) as object) : undefined;
    };
    return madeOf({ content, phrasings }, (_, part) => deserialize(part.bytes), intents);
  }

  function keep({ content, phrasings }: Parts, intents: object, path: string, prefix: string, { folder, log }: Keeping) {
    try {
      mkdirSync(folder, { recursive: true });
      const there = phrasingsPath(folder, phrasings);
      if (!existsSync(there) || !isSound(there)) writeSealed(there, serialize(intents));
      writeSealed(path, Buffer.concat([Buffer.from(phrasings, 'latin1'), serialize(content)]));
      forgetOld(folder, prefix, kept);
    } catch (error) {
      log.warn({ err: error }, 'the checked content could not be kept; it is read again at the next start');
    }
  }

  return (root, keeping) => {
    const hash = hashOf(root, keeping.program);
    const prefix = contentPrefix(foldersOf(root));
    const path = hash === undefined ? undefined : join(keeping.folder, `${prefix}${hash}.v8`);
    const found = path === undefined ? undefined : readKept(path, keeping);
    if (found && picturesThere(root, found)) return found;
    const files = loadFiles(root);
    const values = new Map(Object.entries(files.content));
    const content = Object.fromEntries([...values].map(([name, value]) => [name, partOf(value)]));
    const all = { content, phrasings: digestOfAll(files.intents) };
    // A file may have been saved while they were read.
    if (path !== undefined && hashOf(root, keeping.program) === hash) keep(all, files.intents, path, prefix, keeping);
    const shared = madeOf(
      all,
      (name) => values.get(name) ?? {},
      () => files.intents,
    );
    return shared ?? files;
  };
}

/** The only thing that is checked and stands in no content file. */
function picturesThere(root: Root, { content }: Files): boolean {
  return content.broadcasts.broadcasts.every(({ card }) => !card?.qr || 'text' in card.qr || existsSync(placeOf(root, card.qr.picture)));
}
