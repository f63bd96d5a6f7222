import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openLibrary } from '../../src/adapters/content/library.ts';
import { loadContent } from '../../src/adapters/content/load.ts';
import { projectFolder } from '../../src/adapters/content/project.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lianxinqiao-content-'));
  for (const folder of ['intents', 'data']) cpSync(join(projectFolder, folder), join(root, folder), { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true }));

const unused = () => {
  throw new Error('not needed here');
};
const noReader = () => ({ understand: unused, explain: unused, emergencyOf: unused, simplify: unused, learning: false });
const readers = { now: () => ({ reader: noReader(), learnt: true }), later: async () => noReader() };
const mistakes = () => {
  try {
    loadContent(root, noReader);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
};
const change = (path: string, from: string | RegExp, to: string) => {
  const before = readFileSync(join(root, path), 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(join(root, path), after);
};
const add = (path: string, text: string) => writeFileSync(join(root, path), text);

describe('the content loader', () => {
  test('takes the shipped content', () => {
    expect(mistakes()).toEqual([]);
  });

  test('names file, line and column of broken YAML, and reads the other files all the same', () => {
    change('intents/welfare.yaml', '- id: welfare.dibao\n', '- id: welfare.dibao\n  utterances: [低保\n');
    change('data/answers/birth.yaml', /checkedOn: 2026-11-2\d/, 'checkedOn: 昨天');
    const found = mistakes();
    expect(found).toContainEqual(expect.stringMatching(/^intents\/welfare\.yaml:\d+:\d+ /));
    expect(found).toContainEqual(expect.stringMatching(/^data\/answers\/birth\.yaml:\d+:\d+ .*2026-11-23/));
  });

  test.each([
    [
      'a reminder whose answer is gone',
      () => change('data/remind-me.yaml', 'topic: id-card.apply', 'topic: id-card.aply'),
      /remind-me\.yaml:\d+:\d+ .*id-card\.aply has no answer/,
    ],
    [
      'a reminder whose day is not asked for',
      () => change('data/remind-me.yaml', /\n {4}ask: 孩子[^\n]*/u, ''),
      /ask and where are missing/,
    ],
    ['an unknown key', () => change('data/answers/birth.yaml', 'policy: true', 'polcy: true'), /polcy/],
    [
      'an answer nobody can ask for',
      () =>
        add(
          'data/answers/extra.yaml',
          'section: 试一试\nanswers:\n  - {id: extra.topic, title: 没人问的, lead: {text: 一句, evidence: memory}, reviewBy: 2027-03-31}\n',
        ),
      /extra\.topic has no phrasings/,
    ],
    [
      'an intent without an answer',
      () => add('intents/extra.yaml', '- id: extra.topic\n  utterances: [多出来的一句]\n'),
      /extra\.topic has no answer/,
    ],
    [
      'a phrasing under two topics',
      () => add('intents/extra.yaml', '- id: birth.leave\n  utterances: [居住证怎么办]\n'),
      /“居住证怎么办” stands under/,
    ],
    [
      'a broadcast on a day that never comes',
      () => change('data/broadcasts.yaml', '"0 9 * * 5"', '"0 9 31 2 *"'),
      /^data\/broadcasts\.yaml:\d+:\d+ .*impossible day/m,
    ],
    ['an hour that is none', () => change('data/broadcasts.yaml', '"0 9 * * 5"', '"0 25 * * 5"'), /^data\/broadcasts\.yaml:\d+:\d+ .*25/m],
    ['two broadcasts on a day', () => change('data/broadcasts.yaml', '"0 9 * * 5"', '"0 9,16 * * 5"'), /one time of day/],
    [
      'a broadcast in quiet hours',
      () => change('data/broadcasts.yaml', '"0 9 * * 5"', '"0 22 * * 5"'),
      /^data\/broadcasts\.yaml:\d+:\d+ .*due while nobody/m,
    ],
    [
      'a code for the card that is not there',
      () => change('data/broadcasts.yaml', 'card: {}', 'card: {qr: {picture: data/news/没有.png}}'),
      /^data\/broadcasts\.yaml:\d+:\d+ .*没有\.png is not there/m,
    ],
    [
      'news of a day that no day is',
      () => change('data/news/2026-11-fire.md', '2026-11-19', '2026-11-31'),
      /^data\/news\/2026-11-fire\.md:\d+:\d+ .*day that exists/m,
    ],
    ['a time zone that is none', () => change('data/broadcasts.yaml', 'Asia/Shanghai', 'Asia/Liupanshui'), /no time zone/],
    [
      'news of a category that no broadcast says',
      () => change('data/news/2026-11-fire.md', 'category: 平安社区', 'category: 平安'),
      /^data\/news\/2026-11-fire\.md:\d+:\d+ .*no category/m,
    ],
    [
      'a disclosure that is over too soon',
      () =>
        change(
          'data/news/2026-11-fire.md',
          /category: 平安社区\ndate: 2026-11-19\nexpires: .*/,
          'category: 居务公开\ndate: 2026-11-19\nexpires: 2026-12-01',
        ),
      /until 2026-12-04/,
    ],
    ['an undeclared local fact', () => change('data/answers/welfare.yaml', '{{local.street.hall}}', '{{local.street.hal}}'), /street\.hal/],
    ['a sentence that is missing', () => change('data/wording/residents.yaml', 'wordless:', 'wordles:'), /fallback\.wordless/],
    [
      'a placeholder that is not filled in',
      () => change('data/wording/residents.yaml', '"{number} {title}"', '"{number} {name}"'),
      /choice\.line has no \{name\}/,
    ],
    [
      'a menu entry that leads nowhere',
      () => change('data/menu.yaml', 'topic: news.latest', 'topic: news.newest'),
      /news\.newest is no topic/,
    ],
    [
      'a card with an undeclared local fact',
      () => change('data/emergencies.yaml', '{{local.danger.sms}}', '{{local.danger.sm}}'),
      /danger\.sm\}/,
    ],
    ['a misspelt list of danger', () => change('data/emergencies.yaml', '    plain:', '    plian:'), /plian/],
    ['words that tell of no kind of danger', () => change('data/emergencies.yaml', 'as: suicide', 'as: suicides'), /suicides is no kind/],
    [
      'a community whose numbers would be those of alarms',
      () => change('data/community.yaml', 'prefix: SQ', 'prefix: JQ'),
      /numbers of alarms/,
    ],
    ['a broken regular expression', () => change('data/appeals.yaml', 'urgentWhen: [爆裂', 'urgentWhen: ["(", 爆裂'), /regular expression/],
  ])('finds %s', (_, spoil, message) => {
    spoil();
    expect(mistakes().join('\n')).toMatch(message);
  });
});

describe('reading again', () => {
  test('never replaces good content by bad', async () => {
    const library = openLibrary(root, readers, unused);
    const before = library.current();
    change('data/menu.yaml', 'items:', 'itms:');
    expect(await library.reload()).not.toEqual([]);
    expect(library.current()).toBe(before);
    change('data/menu.yaml', 'itms:', 'items:');
    expect(await library.reload()).toEqual([]);
    expect(library.current()).not.toBe(before);
  });
});
