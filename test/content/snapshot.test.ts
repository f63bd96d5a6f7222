import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Files, loadFiles } from '../../src/adapters/content/load.ts';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { createContentReader } from '../../src/adapters/content/snapshot.ts';
import { ofUnchanged } from '../../src/adapters/content/unchanged.ts';

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
/** As another process reads it: nothing is in memory yet. */
const files = (program = 'this', reader = createContentReader()) => reader(root, { folder: cache(), program, log });
const edit = (path: string, from: string, to: string) => {
  const before = readFileSync(join(root, path), 'utf8');
  expect(before).toContain(from);
  writeFileSync(join(root, path), before.replace(from, to));
};
const kept = (what = 'content') =>
  readdirSync(cache())
    .filter((name) => name.startsWith(`${what}-`))
    .map((name) => join(cache(), name));
const mistake = () => {
  try {
    files();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};
const damaged = '! the kept content is damaged: reading the files again';
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
  ])('when it is %s, or its phrasings are; it is made anew, and that is said', (_, spoil) => {
    const sound = files();
    for (const path of kept()) writeFileSync(path, spoil(readFileSync(path)));
    logged = [];
    expect(files()).toEqual(sound);
    expect(logged).toEqual([damaged]);
    for (const path of kept('phrasings')) writeFileSync(path, spoil(readFileSync(path)));
    expect(files()).toEqual(sound);
    expect(logged).toEqual([damaged, damaged]);
    files();
    expect(logged).toHaveLength(2);
  });

  test('when its phrasings are gone', () => {
    const sound = files();
    for (const path of kept('phrasings')) rmSync(path);
    logged = [];
    expect(files()).toEqual(sound);
    expect(logged).toEqual([damaged]);
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

test('what is older than the one before is forgotten, and phrasings that nothing needs any more', () => {
  for (const program of ['a', 'b', 'c', 'd']) files(program);
  expect([kept().length, kept('phrasings').length]).toEqual([2, 1]);
  edit('data/lexicon.yaml', 'words:', 'words: [坝坝会]\n#');
  for (const program of ['e', 'f', 'g']) files(program);
  expect([kept().length, kept('phrasings').length]).toEqual([2, 1]);
});

describe('communities laid over the same content', () => {
  const over = (id: string, path: string, text: string) => {
    mkdirSync(dirname(join(folder, id, path)), { recursive: true });
    writeFileSync(join(folder, id, path), text);
  };
  const named = (id: string) =>
    over(id, 'data/community.yaml', readFileSync(join(root, 'data/community.yaml'), 'utf8').replace(/^name: .*$/m, `name: ${id}`));
  const of = (id: string, reader = createContentReader()) => reader([root, join(folder, id)], { folder: cache(), program: 'this', log });
  beforeEach(() => {
    for (const id of ['one', 'two']) named(id);
  });

  test.each(['read', 'kept'])(
    'have in memory once what is the same, as it was %s; each has its own places, about which it is asked',
    (how) => {
      if (how === 'kept') for (const id of ['one', 'two']) of(id);
      const reader = createContentReader();
      const [one, two] = [of('one', reader), of('two', reader)];
      expect([one, two].map(({ content }) => content.community.name)).toEqual(['one', 'two']);
      expect(two.intents).toBe(one.intents);
      expect(two.content.wording).toBe(one.content.wording);
      expect(two.content.emergencies).toBe(one.content.emergencies);
      expect(two.content.placeNames).toEqual(one.content.placeNames);
      expect(two.content.placeNames).not.toBe(one.content.placeNames);
      expect(kept('phrasings')).toHaveLength(1);
    },
  );

  test('where one has phrasings or words of its own, it alone has them', () => {
    over('two', 'intents/own.yaml', '- id: welfare.dibao\n  utterances: [屋头揭不开锅咯咋个办嘛]\n  facets: {}\n');
    for (const how of ['read', 'kept']) {
      const reader = createContentReader();
      const [one, two] = [of('one', reader), of('two', reader)];
      const known = ({ intents }: Files) => intents.intents.some(({ utterances }) => utterances.includes('屋头揭不开锅咯咋个办嘛'));
      expect([how, known(one), known(two)]).toEqual([how, false, true]);
      expect(two.content.wording).toBe(one.content.wording);
    }
    expect(kept('phrasings')).toHaveLength(2);
  });

  test('of which one changes a file while they are open: it alone is read anew', () => {
    const reader = createContentReader();
    const [before, other] = [of('one', reader), of('two', reader)];
    named('three');
    over('one', 'data/community.yaml', readFileSync(join(folder, 'three/data/community.yaml'), 'utf8'));
    logged = [];
    const [after, same] = [of('one', reader), of('two', reader)];
    expect([after, same].map(({ content }) => content.community.name)).toEqual(['three', 'two']);
    expect(logged).toEqual([notChecked]);
    expect(after.intents).toBe(before.intents);
    expect(same.content.answers).toBe(other.content.answers);
    edit('data/lexicon.yaml', 'words:', 'words: [坝坝会]\n#');
    expect([of('one', reader), of('two', reader)].map(({ intents }) => intents.lexicon.words)).toEqual([['坝坝会'], ['坝坝会']]);
  });
});

describe('what was made of a file', () => {
  let made: number;
  let clock: number;
  const reading = () =>
    ofUnchanged(
      (path) => {
        made++;
        return readFileSync(path, 'utf8');
      },
      () => clock,
    );
  const path = () => join(folder, 'file');
  beforeEach(() => {
    made = 0;
    writeFileSync(path(), 'words');
    clock = Date.now() + 60_000;
  });

  test('is remembered until it is saved again, be it with as many letters', () => {
    const read = reading();
    expect([read(path()), read(path()), made]).toEqual(['words', 'words', 1]);
    writeFileSync(`${path()}.new`, 'sword');
    renameSync(`${path()}.new`, path());
    expect([read(path()), read(path()), made]).toEqual(['sword', 'sword', 2]);
  });

  test('is not while it may be saved once more in the same moment', () => {
    clock = Date.now();
    const read = reading();
    expect(read(path())).toBe('words');
    writeFileSync(path(), 'sword');
    expect([read(path()), made]).toEqual(['sword', 2]);
  });

  test('is not there where the file is gone', () => {
    const read = reading();
    read(path());
    rmSync(path());
    expect(() => read(path())).toThrow('ENOENT');
  });
});
