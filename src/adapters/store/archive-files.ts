import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { archivedRowsIn, archiveLine, linesIn, rowIn } from './archive-lines.ts';
import { appendFile, type FileSystem, nodeFiles, replaceFile } from './durable-file.ts';
import { type Amendment, type Archived, concerns, type Disk } from './engine.ts';
import type { Row } from './rows.ts';

/** The archive as files: a table and a month each, one row a line (archive-lines.ts). */
export interface ArchiveFiles extends Pick<Disk, 'readArchive' | 'archiveMonths'> {
  append(entries: readonly Archived[]): Promise<void>;
  amend(amendment: Amendment): Promise<void>;
}

/** What the files of an archive are called. */
export const archiveName = /^([A-Za-z0-9-]+)-(\d{4}-\d{2})\.jsonl$/;

export function archiveFiles(folder: string, files: FileSystem = nodeFiles): ArchiveFiles {
  const pathOf = (table: string, month: string) => join(folder, `${table}-${month}.jsonl`);
  const months = async (table: string) => {
    const names = await readdir(folder).catch(() => []);
    return names.flatMap((name) => monthOf(name, table) ?? []).sort();
  };
  return {
    async readArchive(table, month, holding) {
      const path = pathOf(table, month);
      return archivedRowsIn(await bytesOf(path), path, holding);
    },
    archiveMonths: months,
    async append(entries) {
      const lines = new Map<string, Buffer[]>();
      for (const { table, month, row } of entries) {
        const path = pathOf(table, month);
        // Begun with a line break: a line that a crash cut off must not swallow the next one.
        lines.set(path, [...(lines.get(path) ?? [Buffer.from('\n')]), archiveLine(row)]);
      }
      for (const [path, those] of lines) await appendFile(path, Buffer.concat(those), files);
    },
    async amend(amendment) {
      for (const month of await months(amendment.table)) {
        const path = pathOf(amendment.table, month);
        const lines = linesAfter(amendment, await bytesOf(path), path);
        if (lines === undefined) continue;
        // A month of which nothing is left is no month of the archive any more.
        if (lines.length === 0) await files.rm(path, { force: true });
        else await replaceFile(path, lines, files);
      }
    },
  };
}

/** The texts of an archive, by the names of their files. */
export async function archiveTexts(folder: string): Promise<Record<string, string>> {
  const texts: [string, string][] = [];
  for (const name of await archiveNames(folder)) texts.push([name, (await bytesOf(join(folder, name))).toString('utf8')]);
  return Object.fromEntries(texts);
}

/** An archive in such texts: what is changed in it is changed in `texts`, and nothing else is. */
export interface TextArchive extends Disk {
  readonly texts: Readonly<Record<string, string>>;
}

export function textArchive(before: Readonly<Record<string, string>>): TextArchive {
  const texts = new Map(Object.entries(before));
  const bytes = (name: string) => Buffer.from(texts.get(name) ?? '');
  return {
    get texts() {
      return Object.fromEntries(texts);
    },
    readArchive: async (table, month, holding) => archivedRowsIn(bytes(`${table}-${month}.jsonl`), `${table}-${month}.jsonl`, holding),
    archiveMonths: async (table) => [...texts.keys()].flatMap((name) => monthOf(name, table) ?? []).sort(),
    async commit({ archived, amendments }) {
      for (const [name, text] of Object.entries(textsOf(archived))) texts.set(name, `${texts.get(name) ?? ''}\n${text}`);
      for (const amendment of amendments)
        for (const name of texts.keys()) {
          const lines = monthOf(name, amendment.table) === undefined ? undefined : linesAfter(amendment, bytes(name), name);
          if (lines?.length === 0) texts.delete(name);
          else if (lines) texts.set(name, Buffer.concat(lines).toString('utf8'));
        }
    },
    close: async () => undefined,
  };
}

/** Reads every line of an archive. @throws UnreadableStateError naming file and line when one is not as it was written */
export async function checkArchive(folder: string): Promise<void> {
  for (const name of await archiveNames(folder)) {
    const path = join(folder, name);
    for (const _ of linesIn(await bytesOf(path), path));
  }
}

/** Archived rows as such texts. */
export function textsOf(archived: readonly Archived[]): Record<string, string> {
  const lines = new Map<string, string[]>();
  for (const { table, month, row } of archived) {
    const name = `${table}-${month}.jsonl`;
    const those = lines.get(name) ?? [];
    lines.set(name, those);
    those.push(archiveLine(row).toString('utf8'));
  }
  return Object.fromEntries([...lines].map(([name, those]) => [name, those.join('')]));
}

/** The rows in such texts. @throws UnreadableStateError naming file and line */
export function archivedIn(texts: Readonly<Record<string, string>>): Archived[] {
  return Object.entries(texts).flatMap(([name, text]) => {
    const [, table = '', month = ''] = archiveName.exec(name) ?? [];
    return archivedRowsIn(Buffer.from(text), name).map((row) => ({ table, month, row }));
  });
}

const archiveNames = async (folder: string) => (await readdir(folder).catch(() => [])).filter((name) => archiveName.test(name)).sort();

const bytesOf = (path: string) =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });

/** The month of an archive of this table, by the name of its file; undefined for any other file. */
function monthOf(name: string, table: string): string | undefined {
  const [, whose, month] = archiveName.exec(name) ?? [];
  return whose === table ? month : undefined;
}

/** The lines of a file after a change; undefined where it concerns none of them. @throws UnreadableStateError */
function linesAfter(amendment: Amendment, before: Buffer, path: string): Buffer[] | undefined {
  if (!concerns(amendment, before.toString('utf8'))) return undefined;
  return [...linesIn(before, path)].flatMap((json) => amended(amendment, json)).map(archiveLine);
}

/** A row of an archive after a change; none when it is dropped. */
function amended(amendment: Amendment, json: Buffer): Row[] {
  return rowIn(json).flatMap((row) => {
    if (!concerns(amendment, json.toString('utf8'))) return [row];
    const changed = amendment.change(row);
    return changed ? [changed] : [];
  });
}
