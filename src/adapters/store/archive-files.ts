import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { appendFile, type FileSystem, nodeFiles, readIfThere, replaceFile } from './durable-file.ts';
import { type Amendment, type Archived, concerns, type Disk } from './engine.ts';
import { latestOfEach } from './memory.ts';
import type { Row } from './rows.ts';

/** The archive as files: a table and a month each, one row a line. */
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
    return names.flatMap((name) => (archiveName.exec(name)?.[1] === table ? (archiveName.exec(name)?.[2] ?? []) : [])).sort();
  };
  return {
    async readArchive(table, month, holding = '') {
      const text = (await readIfThere(pathOf(table, month))) ?? '';
      const lines = text.split('\n').filter((line) => line.includes(holding));
      return latestOfEach(lines.flatMap(parseLine));
    },
    archiveMonths: months,
    async append(entries) {
      const texts = new Map<string, string>();
      for (const { table, month, row } of entries) {
        const path = pathOf(table, month);
        texts.set(path, `${texts.get(path) ?? ''}${JSON.stringify(row)}\n`);
      }
      // Begun with a line break: a line that a crash cut off must not swallow the next one.
      for (const [path, text] of texts) await appendFile(path, `\n${text}`, files);
    },
    async amend(amendment) {
      for (const month of await months(amendment.table)) {
        const path = pathOf(amendment.table, month);
        const before = (await readIfThere(path)) ?? '';
        if (!concerns(amendment, before)) continue;
        const lines = before.split('\n').flatMap((line) => (concerns(amendment, line) ? amended(line, amendment.change) : [line]));
        // A month of which nothing is left is no month of the archive any more.
        if (lines.every((line) => line === '')) await files.rm(path, { force: true });
        else await replaceFile(path, lines.join('\n'), files);
      }
    },
  };
}

/** The texts of an archive, by the names of their files. */
export async function archiveTexts(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => archiveName.test(name)).sort();
  const texts: [string, string][] = [];
  for (const name of names) texts.push([name, (await readIfThere(join(folder, name))) ?? '']);
  return Object.fromEntries(texts);
}

/** Archived rows as such texts. */
export function textsOf(archived: readonly Archived[]): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const { table, month, row } of archived) {
    const name = `${table}-${month}.jsonl`;
    texts[name] = `${texts[name] ?? ''}${JSON.stringify(row)}\n`;
  }
  return texts;
}

/** The rows in such texts. */
export function archivedIn(texts: Readonly<Record<string, string>>): Archived[] {
  return Object.entries(texts).flatMap(([name, text]) => {
    const [, table = '', month = ''] = archiveName.exec(name) ?? [];
    return archivedRowsIn(text).map((row) => ({ table, month, row }));
  });
}

/** The rows in a text of the archive. A line that a crash left half-written is not counted: its row is still in the state. */
export const archivedRowsIn = (text: string): Row[] => latestOfEach(text.split('\n').flatMap(parseLine));

/** A line of an archive after a change; one that a crash left half-written goes: what it may hold was to be changed. */
function amended(line: string, change: Amendment['change']): string[] {
  const [row] = parseLine(line);
  const changed = row && change(row);
  return changed ? [JSON.stringify(changed)] : [];
}

function parseLine(line: string): Row[] {
  try {
    const row: unknown = line === '' ? undefined : JSON.parse(line);
    return typeof (row as Partial<Row> | null | undefined)?.id === 'string' ? [row as Row] : [];
  } catch {
    return [];
  }
}
