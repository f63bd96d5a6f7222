import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { createBreath } from './breath.ts';
import { checkedLine, DamagedLineError, type Read, readCheckedLines } from './checked-lines.ts';
import { type FileSystem, replaceFile } from './durable-file.ts';
import { createFold, type Fold, type WrittenChanges, wholeInParts } from './fold.ts';
import { withoutRoom } from './journal-tail.ts';
import type { Dump, Whole } from './rows.ts';

/**
 * The files of a journal: `7.snapshot` is everything as it was when `7.journal` was begun; a commit is a line of the newest journal.
 * The next snapshot is written while `8.journal` goes on already; until it is there, both journals count.
 */
export const snapshotFile = (folder: string, generation: number) => join(folder, `${generation}.snapshot`);
export const journalFile = (folder: string, generation: number) => join(folder, `${generation}.journal`);

const format = 'lianxinqiao-state/1';
const headSchema = z.object({
  format: z.literal(format),
  schema: z.int().positive(),
  /** The checksum with which its journal begins: that of the last line before. */
  checksum: z.int(),
  counters: z.record(z.string(), z.number()),
});
type Head = z.output<typeof headSchema>;

/** The state cannot be read. Nothing was changed. */
export class UnreadableStateError extends Error {
  override readonly name = 'UnreadableStateError';
  readonly file: string;
  readonly line: number | undefined;
  constructor(
    file: string,
    what: string,
    line?: number,
    wayOut = 'restore a backup (restore --replace FILE), or move the folder away to start empty',
  ) {
    super(`${file}${line === undefined ? '' : `, line ${line}`}: ${what}; nothing was changed: ${wayOut}`);
    this.file = file;
    this.line = line;
  }
}

/** A state as it was found. */
export interface Found {
  readonly dump: Dump;
  /** The newest generation. */
  readonly generation: number;
  /** The checksum of the last line. */
  readonly checksum: number;
  /** So many bytes of the newest journal are whole; `cutOff` more were being written when the process ended. */
  readonly end: number;
  readonly cutOff: number;
  /** So many zeros stand behind that. */
  readonly room: number;
  /** How large the snapshot and all journals after it are, in bytes. */
  readonly snapshotBytes: number;
  readonly journalBytes: number;
  /** How long ago the snapshot was written, by the clock of the machine. */
  readonly snapshotAgeMs: number;
  /** Something was taken away for good that still stands in these files. */
  readonly wipes: boolean;
  /** Files of which nothing is needed. */
  readonly old: readonly string[];
}

/**
 * Reads a state. @returns undefined where there is none
 * @throws UnreadableStateError naming file and line
 */
export async function readJournal(folder: string): Promise<Found | undefined> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const snapshots = generations(names, 'snapshot');
  const journals = generations(names, 'journal');
  const first = snapshots.at(-1);
  if (first === undefined) {
    if (journals.length === 0) return undefined;
    throw new UnreadableStateError(snapshotFile(folder, journals[0] ?? 1), 'it is missing');
  }
  const fold = createFold();
  const snapshot = await readSnapshot(folder, first, fold);
  let { checksum } = snapshot.head;
  let [end, cutOff, room, journalBytes] = [0, 0, 0, 0];
  let wipes = false;
  const last = Math.max(first, journals.at(-1) ?? first);
  for (let generation = first; generation <= last; generation++) {
    const file = journalFile(folder, generation);
    if (!journals.includes(generation)) {
      if (generation === last) continue;
      throw new UnreadableStateError(file, 'it is missing');
    }
    const whole = await readFile(file);
    const bytes = withoutRoom(whole);
    const read = linesOf(file, bytes, checksum, (json) => {
      const changes: WrittenChanges = JSON.parse(json.toString('utf8'));
      fold.addWritten(changes);
      if (changes.wipes) wipes = true;
    });
    if (read.end < bytes.length && generation < last) throw new UnreadableStateError(file, 'it is not as it was written', read.lines + 1);
    ({ checksum, end } = read);
    cutOff = bytes.length - read.end;
    room = whole.length - bytes.length;
    journalBytes += read.end;
  }
  return {
    dump: { ...fold.dump(snapshot.head.schema), counters: { ...snapshot.head.counters, ...fold.dump(0).counters } },
    generation: last,
    checksum,
    end,
    cutOff,
    room,
    snapshotBytes: snapshot.bytes,
    snapshotAgeMs: Date.now() - snapshot.writtenAt,
    journalBytes,
    wipes,
    old: await oldFiles(folder, first),
  };
}

/** Reads the state of a bot that may be running, and writing at this moment. */
export async function readRunningJournal(folder: string): Promise<Found | undefined> {
  for (let tries = 4; ; tries--) {
    try {
      return await readJournal(folder);
    } catch (error) {
      // A file went, or grew, since the folder was listed.
      const passing = error instanceof UnreadableStateError || (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (!passing || tries === 0) throw error;
    }
  }
}

/** Writes a snapshot, in the background of whatever else goes on. */
export async function writeSnapshot(
  folder: string,
  generation: number,
  state: { readonly whole: Whole; readonly schema: number; readonly checksum: number },
  files: FileSystem,
): Promise<number> {
  let bytes = 0;
  const breathe = createBreath();
  async function* lines() {
    let before = 0;
    const head: Head = { format, schema: state.schema, checksum: state.checksum, counters: state.whole.counters };
    const all = function* () {
      yield JSON.stringify(head);
      yield* wholeInParts(state.whole);
      yield '{"end":true}';
    };
    for (const json of all()) {
      const line = checkedLine(json, before);
      before = line.checksum;
      bytes += line.bytes.length;
      yield line.bytes;
      const breath = breathe();
      if (breath) await breath;
    }
  }
  await replaceFile(snapshotFile(folder, generation), lines(), files);
  return bytes;
}

async function readSnapshot(folder: string, generation: number, fold: Fold): Promise<{ head: Head; bytes: number; writtenAt: number }> {
  const file = snapshotFile(folder, generation);
  const bytes = await readFile(file);
  let head: Head | undefined;
  let last: unknown;
  const { end, lines } = linesOf(file, bytes, 0, (json) => {
    const value: unknown = JSON.parse(json.toString('utf8'));
    last = value;
    if (head) fold.addWritten(value as WrittenChanges);
    else head = headSchema.safeParse(value).data;
  });
  // It was renamed when it was whole.
  if (!head || end < bytes.length || (last as { end?: true }).end !== true)
    throw new UnreadableStateError(file, 'it is not as it was written', lines + 1);
  return { head, bytes: bytes.length, writtenAt: (await stat(file)).mtimeMs };
}

function linesOf(file: string, bytes: Buffer, before: number, each: (json: Buffer) => void): Read {
  try {
    return readCheckedLines(bytes, before, each);
  } catch (error) {
    if (error instanceof DamagedLineError) throw new UnreadableStateError(file, 'it is not as it was written', error.line);
    throw error;
  }
}

/** What is no more needed when the snapshot of a generation is there. */
export async function oldFiles(folder: string, generation: number): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => Number.parseInt(name, 10) < generation || (name.endsWith('.new') && Number.parseInt(name, 10) <= generation))
    .map((name) => join(folder, name));
}

/** The generations of which there is such a file, oldest first. */
function generations(names: readonly string[], kind: 'snapshot' | 'journal'): number[] {
  return names
    .flatMap((name) => (/^\d+\./.test(name) && name.endsWith(`.${kind}`) ? [Number.parseInt(name, 10)] : []))
    .sort((a, b) => a - b);
}
