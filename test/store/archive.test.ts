import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { archiveFiles, checkArchive } from '../../src/adapters/store/archive-files.ts';
import { UnreadableStateError } from '../../src/adapters/store/journal-files.ts';
import { generator } from '../support/chance.ts';

const [table, month] = ['heard', '2026-10'];
let folder: string;
const file = () => join(folder, `${table}-${month}.jsonl`);
const row = (id: string) => ({ id, text: `张奶奶说“${id}”\n{"id":"x"}` });
const archive = () => archiveFiles(folder);
const append = (...ids: string[]) => archive().append(ids.map((id) => ({ table, month, row: row(id) })));
const idsIn = async (holding?: string) => (await archive().readArchive(table, month, holding)).map(({ id }) => id);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-archive-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a line of the archive', () => {
  test('tells by its checksum whether it is as it was written', async () => {
    await append('a', 'b');
    expect(readFileSync(file(), 'utf8')).toMatch(/^\n[0-9a-f]{8} \d+ \{"id":"a".*\}\n[0-9a-f]{8} \d+ \{"id":"b".*\}\n$/);
    expect(await idsIn()).toEqual(['a', 'b']);
    expect(await idsIn('“b”')).toEqual(['b']);
  });

  test('of before version 0.3 has none, is read as before, and gets one when its file is written anew', async () => {
    writeFileSync(file(), `${JSON.stringify(row('old'))}\n\n{"id":"cut o\n${JSON.stringify(row('older'))}\n`);
    await append('a');
    expect(await idsIn()).toEqual(['a', 'old', 'older']);
    await archive().amend({ table, holding: ['“a”'], change: () => undefined });
    expect(await idsIn()).toEqual(['old', 'older']);
    expect(readFileSync(file(), 'utf8')).toMatch(/^(?:[0-9a-f]{8} \d+ \{.*\}\n){2}$/);
  });

  test('that was cut off at any byte is not counted, and swallows none that follows', async () => {
    await append('a');
    const whole = readFileSync(file());
    await append('b');
    const both = readFileSync(file());
    for (let length = whole.length + 1; length < both.length - 1; length++) {
      writeFileSync(file(), both.subarray(0, length));
      expect(await idsIn()).toEqual(['a']);
      await append('c');
      expect(await idsIn()).toEqual(['a', 'c']);
    }
    writeFileSync(file(), Buffer.concat([both.subarray(0, whole.length + 20), Buffer.alloc(60)]));
    await append('c');
    expect(await idsIn()).toEqual(['a', 'c']);
  });

  test('with one flipped bit anywhere is noticed by file and line, with the way out, whatever is looked for, and nothing is written', async () => {
    await append('a', 'b', 'c');
    const whole = readFileSync(file());
    const random = generator(11);
    for (let flip = 0; flip < 400; flip++) {
      const bytes = Buffer.from(whole);
      // The first byte is an empty line.
      const bit = 8 + Math.floor(random() * (bytes.length - 1) * 8);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      writeFileSync(file(), bytes);
      for (const read of [idsIn(), idsIn('nobody'), checkArchive(folder)]) {
        const error = await read.then(
          () => `bit ${bit} is not noticed`,
          (failed: unknown) => failed,
        );
        expect(error).toBeInstanceOf(UnreadableStateError);
        expect(String(error)).toMatch(/heard-2026-10\.jsonl, line [2-5]: .*take this line out/);
      }
      await expect(archive().amend({ table, holding: ['id'], change: () => undefined })).rejects.toThrow(UnreadableStateError);
      expect(readFileSync(file())).toEqual(bytes);
    }
  });

  test('that is damaged can be taken out: the others are read', async () => {
    await append('a', 'b', 'c');
    const lines = readFileSync(file(), 'utf8').split('\n');
    writeFileSync(file(), lines.filter((line) => !line.includes('“b”')).join('\n'));
    expect(await idsIn()).toEqual(['a', 'c']);
  });

  test('does not keep what is appended later from being read when the end was lost with its line break', async () => {
    await append('a');
    writeFileSync(file(), readFileSync(file()).subarray(0, -1));
    expect(await idsIn()).toEqual(['a']);
    appendFileSync(file(), '');
    await append('b');
    expect(await idsIn()).toEqual(['a', 'b']);
  });
});
