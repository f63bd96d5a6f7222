import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { IntentSource } from '../../src/adapters/content/intents.ts';
import { type MakeReaders, openLibrary, withLessons } from '../../src/adapters/content/library.ts';
import { projectFolder } from '../../src/adapters/content/project.ts';
import type { Reader } from '../../src/domain/understanding/engine.ts';

let root: string;
let failures: unknown[];

beforeEach(() => {
  failures = [];
  root = mkdtempSync(join(tmpdir(), 'lianxinqiao-library-'));
  for (const folder of ['intents', 'data']) cpSync(join(projectFolder, folder), join(root, folder), { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true }));

/** Readers that know how many phrasings of 低保 they were made of, and are ready when the test says so. The first has learnt all or nothing. */
function readersOnDemand({ learnt }: { learnt: boolean } = { learnt: true }) {
  const waiting: { done: () => void; fail: () => void; superseded: AbortSignal }[] = [];
  const phrasings = (source: IntentSource) => source.intents.find(({ id }) => id === 'welfare.dibao')?.utterances.length ?? 0;
  const readerOf = (source: IntentSource, learning = false): Reader => ({
    understand: () => ({
      questions: [{ text: String(phrasings(source)), decision: 'decline', candidates: [], topic: null, facet: null, choices: [] }],
      emergency: null,
      act: null,
    }),
    explain: () => {
      throw new Error('not needed here');
    },
    emergencyOf: () => null,
    simplify: (text) => text,
    learning,
  });
  const readers: MakeReaders = {
    now: (source) => ({ reader: readerOf(source, !learnt), learnt }),
    later: (source, _, superseded) =>
      new Promise((resolve, reject) =>
        waiting.push({ done: () => resolve(readerOf(source)), fail: () => reject(new Error('no memory')), superseded }),
      ),
  };
  return {
    readers,
    ended: () => waiting.map(({ superseded }) => superseded.aborted),
    finish(index: number): void {
      waiting[index]?.done();
    },
    fail(index: number): void {
      waiting[index]?.fail();
    },
    begun: () => waiting.length,
  };
}

/** Everything that was resolved has been heard. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

const lesson = (text: string) => ({ text, topic: 'welfare.dibao' });

test('the old model answers until the new one is ready', async () => {
  const { readers, finish } = readersOnDemand();
  const library = openLibrary(root, readers, (error) => failures.push(error));
  const known = () => Number(library.current().understand('').questions[0].text);
  const before = known();
  library.teach([lesson('屋头揭不开锅咯')]);
  expect(known()).toBe(before);
  finish(0);
  await settled();
  expect(known()).toBe(before + 1);
});

test('what was begun earlier never replaces what was learnt later', async () => {
  const { readers, finish } = readersOnDemand();
  const library = openLibrary(root, readers, (error) => failures.push(error));
  const before = Number(library.current().understand('').questions[0].text);
  library.teach([lesson('一')]);
  library.teach([lesson('一'), lesson('二')]);
  finish(1);
  await settled();
  finish(0);
  await settled();
  expect(Number(library.current().understand('').questions[0].text)).toBe(before + 2);
});

test('of two trainings only the later goes on, and that the earlier was ended is no failure', async () => {
  const { readers, finish, fail, ended } = readersOnDemand();
  const library = openLibrary(root, readers, (error) => failures.push(error));
  const before = Number(library.current().understand('').questions[0].text);
  library.teach([lesson('一')]);
  library.teach([lesson('一'), lesson('二')]);
  expect(ended()).toEqual([true, false]);
  fail(0);
  finish(1);
  await settled();
  expect(failures).toEqual([]);
  expect(Number(library.current().understand('').questions[0].text)).toBe(before + 2);
});

test('at a first start it answers before it has learnt, and learns beside it', async () => {
  const { readers, finish, begun } = readersOnDemand({ learnt: false });
  const library = openLibrary(root, readers, (error) => failures.push(error));
  expect(library.current().learning).toBe(true);
  expect(begun()).toBe(1);
  finish(0);
  await settled();
  expect(library.current().learning).toBe(false);
});

test('the same lessons are learnt once', async () => {
  const { readers, finish, begun } = readersOnDemand();
  const library = openLibrary(root, readers, (error) => failures.push(error));
  library.teach([lesson('一')]);
  finish(0);
  await settled();
  library.teach([lesson('一')]);
  expect(begun()).toBe(1);
});

test('when learning fails the old model goes on, and the next lesson is tried with those before it', async () => {
  const { readers, fail, begun } = readersOnDemand();
  const library = openLibrary(root, readers, (error) => failures.push(error));
  const before = library.current();
  library.teach([lesson('一')]);
  fail(0);
  await settled();
  expect(failures).toHaveLength(1);
  expect(library.current()).toBe(before);
  library.teach([lesson('一')]);
  expect(begun()).toBe(2);
});

test('a lesson for a topic that is gone is left out; one with a facet goes to that facet', () => {
  const source = {
    intents: [{ id: 'a', utterances: ['甲'], facets: {} }],
    background: [],
    dangers: {},
    acts: {},
    facetCues: {},
    lexicon: { replacements: new Map(), ignored: [], names: new Map(), words: [] },
  };
  const taught = withLessons(source, [
    { text: '乙', topic: 'gone' },
    { text: '丙', topic: 'a' },
    { text: '丁', topic: 'a', facet: 'fee' },
  ]);
  expect(taught.intents).toEqual([{ id: 'a', utterances: ['甲', '丙'], facets: { fee: ['丁'] } }]);
});
