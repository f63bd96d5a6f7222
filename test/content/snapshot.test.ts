import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadFiles } from '../../src/adapters/content/load.ts';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { keptFiles } from '../../src/adapters/content/snapshot.ts';

let folder: string;
let root: string;
let logged: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-snapshot-'));
  root = join(folder, 'content');
  for (const part of ['intents', 'data'])
    cpSync(join(projectFolder, part), join(root, part), { recursive: true, filter: (path) => !path.includes('fonts') });
  logged = [];
});

afterEach(() => rmSync(folder, { recursive: true }));

const cache = () => join(folder, 'cache');
const log = {
  info: (_: object, text: string) => void logged.push(text),
  warn: (_: object, text: string) => void logged.push(`! ${text}`),
  error: (_: object, text: string) => void logged.push(`!! ${text}`),
};
const files = (program = 'this') => keptFiles(root, { folder: cache(), program, log });
const edit = (path: string, from: string, to: string) => {
  const before = readFileSync(join(root, path), 'utf8');
  expect(before).toContain(from);
  writeFileSync(join(root, path), before.replace(from, to));
};
const kept = () => readdirSync(cache()).map((name) => join(cache(), name));
const mistake = () => {
  try {
    files();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};
const notChecked = expect.stringContaining('were not checked by this version');

test('what was kept is what was read: expressions, maps and all', () => {
  files();
  logged = [];
  expect(files()).toEqual(loadFiles(root));
  expect(logged).toEqual([]);
});

describe('what was kept is not used', () => {
  test('when a file has changed', () => {
    files();
    edit('data/community.yaml', 'name:', 'name: 新名字 #');
    expect(files().content.community.name).toBe('新名字');
    expect(logged).toEqual([notChecked, notChecked]);
  });

  test('when it is of another version of the program', () => {
    files('that');
    files('this');
    expect(logged).toEqual([notChecked, notChecked]);
  });

  test.each<[string, (bytes: Buffer) => Buffer]>([
    ['torn', (bytes) => bytes.subarray(0, bytes.length / 2)],
    ['empty', () => Buffer.alloc(0)],
    ['of another content under this name', (bytes) => Buffer.concat([bytes.subarray(0, 32), bytes.subarray(33)])],
    ['changed in one place', (bytes) => bytes.fill(bytes[9000] === 65 ? 66 : 65, 9000, 9001)],
  ])('when it is %s; it is made anew, and that is said', (_, spoil) => {
    const sound = files();
    for (const path of kept()) writeFileSync(path, spoil(readFileSync(path)));
    logged = [];
    expect(files()).toEqual(sound);
    expect(logged).toEqual(['! the kept content is damaged: reading the files again']);
    files();
    expect(logged).toHaveLength(1);
  });

  test('when a picture that it names was removed', () => {
    edit('data/broadcasts.yaml', 'card: {}', 'card: {qr: {picture: qr.png}}');
    writeFileSync(join(root, 'qr.png'), '');
    files();
    rmSync(join(root, 'qr.png'));
    expect(mistake()).toContain('qr.png is not there');
  });
});

test('a mistake is told as it is without anything kept, each time, and nothing is kept of it', () => {
  files();
  edit('data/calendar.yaml', 'hours:', 'ours:');
  expect(mistake()).toMatch(/^data\/calendar\.yaml:\d+:\d+ /);
  expect(mistake()).toBe(mistake());
  expect(kept()).toHaveLength(1);
});

test('what is older than the one before is forgotten', () => {
  for (const program of ['a', 'b', 'c', 'd']) files(program);
  expect(kept()).toHaveLength(2);
});
