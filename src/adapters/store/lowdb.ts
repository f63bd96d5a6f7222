import { mkdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Adapter, Low } from 'lowdb';
import type { Log, Store } from '../../desk/kernel/ports.ts';
import { appendFile, type FileSystem, nodeFiles, previousOf, readIfThere, replaceFile } from './durable-file.ts';
import { type Amendment, concerns, createEngine, type Disk } from './engine.ts';
import { takeLock } from './lock.ts';
import { latestOfEach } from './memory.ts';
import { migrate, schemaVersion } from './migrations.ts';
import { type Dump, emptyDump, loadRows, type Row } from './rows.ts';

/** The state can be read neither from its file nor from the one before. */
export class UnreadableStateError extends Error {
  override readonly name = 'UnreadableStateError';
}

export interface LowdbOptions {
  /** The folder of this channel's state; made when it is not there. */
  readonly folder: string;
  readonly log: Log;
  readonly files?: FileSystem;
}

/**
 * The embedded store: one JSON file below `folder`, held in memory by lowdb and replaced as a whole at every commit.
 * Takes the folder's lock until it is closed.
 * @throws LockedError when another process works on it
 * @throws UnreadableStateError when neither the file nor the previous one can be read; nothing is overwritten then
 */
export async function openLowdbStore({ folder, log, files = nodeFiles }: LowdbOptions): Promise<Store> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = takeLock(join(folder, 'lock'));
  try {
    const path = join(folder, 'state.json');
    const db = new Low<string>(stateFile(path, files, log), JSON.stringify(emptyDump(schemaVersion)));
    await db.read();
    const rows = loadRows(migrate(JSON.parse(db.data)));
    return createEngine(rows, diskOver(db, folder, files, unlock), schemaVersion);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The state below `folder` as it is now, in memory only: for looking at it while a bot may be running. */
export async function openCopy(folder: string): Promise<Store> {
  const text = await readIfThere(join(folder, 'state.json'));
  const rows = loadRows(text === undefined ? emptyDump(schemaVersion) : migrate(JSON.parse(text)));
  const nothing = async () => undefined;
  return createEngine(
    rows,
    { ...archiveBelow(folder), write: nothing, appendArchive: nothing, amendArchive: nothing, close: nothing },
    schemaVersion,
  );
}

/** lowdb's own file adapters neither flush nor keep the previous file, and its memory one is chosen by NODE_ENV. */
function stateFile(path: string, files: FileSystem, log: Log): Adapter<string> {
  return {
    write: (text) => replaceFile(path, text, files),
    async read() {
      const current = await readIfThere(path);
      if (current !== undefined && isDump(current)) return current;
      const previous = await readIfThere(previousOf(path));
      if (previous !== undefined && isDump(previous)) {
        log.error({ path }, 'the state file is missing or torn: starting from the previous one; what was committed last may be gone');
        if (current !== undefined) await files.rename(path, `${path}.torn-${Date.now()}`);
        return previous;
      }
      if (current === undefined && previous === undefined) return null;
      throw new UnreadableStateError(
        `${path} cannot be read, nor the one before it; restore a backup, or move the folder away to start empty`,
      );
    },
  };
}

function isDump(text: string): boolean {
  try {
    const dump: Partial<Dump> = JSON.parse(text);
    return typeof dump.version === 'number' && typeof dump.tables === 'object' && typeof dump.counters === 'object';
  } catch {
    return false;
  }
}

function diskOver(db: Low<string>, folder: string, files: FileSystem, unlock: () => void): Disk {
  return {
    ...archiveBelow(folder),
    async write(text) {
      db.data = text;
      await db.write();
    },
    async appendArchive(entries) {
      const texts = new Map<string, string>();
      for (const { table, month, row } of entries) {
        const path = archiveOf(folder, table, month);
        texts.set(path, `${texts.get(path) ?? ''}${JSON.stringify(row)}\n`);
      }
      // Begun with a line break: a line that a crash cut off must not swallow the next one.
      for (const [path, text] of texts) await appendFile(path, `\n${text}`, files);
    },
    async amendArchive(amendment) {
      for (const month of await monthsOf(folder, amendment.table)) {
        const path = archiveOf(folder, amendment.table, month);
        const before = (await readIfThere(path)) ?? '';
        if (!concerns(amendment, before)) continue;
        const lines = before.split('\n').flatMap((line) => (concerns(amendment, line) ? amended(line, amendment.change) : [line]));
        // A month of which nothing is left is no month of the archive any more.
        if (lines.every((line) => line === '')) await files.rm(path, { force: true });
        else await replaceFile(path, lines.join('\n'), files, false);
      }
    },
    async close() {
      unlock();
    },
  };
}

const archiveOf = (folder: string, table: string, month: string) => join(folder, 'archive', `${table}-${month}.jsonl`);

function archiveBelow(folder: string): Pick<Disk, 'readArchive' | 'archiveMonths'> {
  return {
    async readArchive(table, month, holding = '') {
      const text = (await readIfThere(archiveOf(folder, table, month))) ?? '';
      const lines = text.split('\n').filter((line) => line.includes(holding));
      return latestOfEach(lines.flatMap(parseLine));
    },
    archiveMonths: (table) => monthsOf(folder, table),
  };
}

/** The months of which there is an archive of a table, oldest first. */
async function monthsOf(folder: string, table: string): Promise<string[]> {
  const names = await readdir(join(folder, 'archive')).catch(() => []);
  const shape = new RegExp(`^${table}-(\\d{4}-\\d{2})\\.jsonl$`);
  return names.flatMap((name) => shape.exec(name)?.[1] ?? []).sort();
}

/** A line of an archive after a change; one that a crash left half-written goes: what it may hold was to be changed. */
function amended(line: string, change: Amendment['change']): string[] {
  const [row] = parseLine(line);
  const changed = row && change(row);
  return changed ? [JSON.stringify(changed)] : [];
}

/** A line that a crash left half-written is not counted: its rows are still in the state. */
function parseLine(line: string): Row[] {
  try {
    const row: unknown = line === '' ? undefined : JSON.parse(line);
    return typeof (row as Partial<Row> | null | undefined)?.id === 'string' ? [row as Row] : [];
  } catch {
    return [];
  }
}
