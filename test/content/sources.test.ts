import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadFiles } from '../../src/adapters/content/load.ts';
import { projectFolder } from '../../src/adapters/content/project.ts';
import type { Snapshot } from '../../src/desk/kernel/content.ts';
import { speaker } from '../../src/desk/kernel/say.ts';
import { answerText } from '../../src/desk/knowledge/answer-text.ts';
import { isUnconfirmed, meets, statementsOf } from '../../src/domain/content/answer.ts';
import { withoutHoles } from '../../src/domain/content/holes.ts';

interface Case {
  readonly lead?: string;
  readonly fee?: string;
  readonly checkedOn?: string;
  readonly reviewBy?: string;
  /** What is said of it; absent: nothing. */
  readonly message?: RegExp;
}

const memory = '{text: 一句话。, evidence: memory}';
const citing = (id: string, articles = '1') => `{text: 一句话。, law: {${id}: "${articles}"}}`;

/** Of the form of an answer. */
const forms: Record<string, Case> = {
  'stands with the sentence, not with the answer': { lead: '一句话。', message: /lead: .*expected object/ },
  'is named once': { lead: '{text: 一句话。, law: {good: "1"}, evidence: memory}', message: /either law .* or evidence/ },
  'is no list at the answer: a source without a sentence': { fee: '一句话。, sources: [{law: good}]', message: /facets\.fee|nrecognized/ },
  'is not left out': { lead: '{text: 一句话。}', message: /either law .* or evidence/ },
  'names a law': { lead: '{text: 一句话。, law: {}}', message: /named by its id/ },
  'names the document': { lead: '{text: 一句话。, evidence: official}', message: /official needs from/ },
  'names the report': { fee: '[{text: 不收钱。, evidence: media}]', message: /media needs from/ },
  'names no document of what is remembered': { lead: '{text: 一句话。, evidence: memory, from: 某报}', message: /from belongs to/ },
};

/** Of laws and days. */
const sources: Record<string, Case> = {
  'is a law, a document, or how far it can be relied on': {
    fee: '[{text: 不收钱。, law: {good: 3, partly: "5"}}, {text: 有文件。, evidence: official, from: 国办发〔2024〕38 号}]',
  },
  'is no unknown law': { lead: citing('nowhere'), message: /nowhere is not in data\/laws\.yaml/ },
  'is no repealed law': { lead: citing('gone'), message: /《旧法》 is repealed .*改用好法/ },
  'is no repealed law in a list either': { fee: `[${memory}, ${citing('gone')}]`, message: /《旧法》 is repealed/ },
  'is no law that is not in force yet': { lead: citing('soon'), message: /《新法》 is in force from 2027-01-01 only/ },
  'is no law that ends before the next review': { lead: citing('ending'), message: /《将废之法》 is in force until 2027-01-01/ },
  'is a law that somebody has read': { lead: citing('unread'), message: /《没读之法》 has no compared/ },
  'is not said to be checked later than it was read': {
    lead: citing('good'),
    checkedOn: '2026-11-21',
    message: /checkedOn 2026-11-21 is later than 2026-11-20/,
  },
  'has a day of checking when it is a law': { lead: citing('good'), checkedOn: '', message: /has no checkedOn/ },
  'has a day of checking when it is a document': {
    lead: '{text: 一句话。, evidence: official, from: 某文}',
    checkedOn: '',
    message: /has no checkedOn/,
  },
  'needs no day of checking when nobody has checked it': { checkedOn: '' },
  'is reviewed before it changes': { lead: citing('changing'), message: /《要改之法》 changes on 2027-01-01/ },
  'may be reviewed on the day before it changes': { lead: citing('changing'), reviewBy: '2026-12-31' },
  'is reviewed before its articles change': { lead: citing('partly', '20–24'), message: /《改一章之法》 changes on 2027-01-01/ },
  'may be reviewed later where other articles change': { lead: citing('partly', '1、33') },
};

const laws = [
  '- {id: good, title: 好法, status: in-force, from: 2020-01-01, compared: 2026-11-20}',
  '- {id: gone, title: 旧法, status: repealed, note: 改用好法}',
  '- {id: soon, title: 新法, status: in-force, from: 2027-01-01, compared: 2026-11-20}',
  '- {id: ending, title: 将废之法, status: in-force, to: 2027-01-01, compared: 2026-11-20}',
  '- {id: unread, title: 没读之法, status: in-force}',
  '- {id: changing, title: 要改之法, status: in-force, compared: 2026-11-20, changes: 2027-01-01}',
  '- {id: partly, title: 改一章之法, status: in-force, compared: 2026-11-20, changes: {on: 2027-01-01, articles: 23–32}}',
];

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'lianxinqiao-sources-'));
  cpSync(join(projectFolder, 'data'), join(root, 'data'), { recursive: true });
  cpSync(join(projectFolder, 'intents'), join(root, 'intents'), { recursive: true });
  appendFileSync(join(root, 'data/laws.yaml'), `${laws.join('\n')}\n`);
});

afterAll(() => rmSync(root, { recursive: true }));

/** So many lines has each answer. */
const linesEach = 6;
const head = ['section: 试一试', 'answers:'];

/** An answer of `linesEach` lines. */
const answer = ({ lead = memory, fee, checkedOn = '2026-11-20', reviewBy = '2027-03-31' }: Case, index: number) => [
  `  - id: extra.topic-${index}`,
  `    title: 多出来的题 ${index}`,
  `    lead: ${lead}`,
  fee === undefined ? '' : `    facets: {fee: ${fee}}`,
  checkedOn === '' ? '' : `    checkedOn: ${checkedOn}`,
  `    reviewBy: ${reviewBy}`,
];

/** What is said of each case, when all stand in one file. */
function mistakes(cases: Record<string, Case>): Map<string, string> {
  const all = Object.entries(cases);
  writeFileSync(
    join(root, 'data/answers/extra.yaml'),
    `${[...head, ...all.flatMap(([, each], index) => answer(each, index))].join('\n')}\n`,
  );
  const phrasings = all.map((_, index) => `- id: extra.topic-${index}\n  utterances: [这样的话只有这里才说${index}]\n`);
  writeFileSync(join(root, 'intents/extra.yaml'), phrasings.join(''));
  const found = messages().flatMap((line) => {
    const [, number, message = ''] = /^data\/answers\/extra\.yaml:(\d+):\d+ (.*)$/.exec(line) ?? [];
    const name = all[Math.floor((Number(number) - head.length - 1) / linesEach)]?.[0];
    return name === undefined ? [] : [[name, message] as const];
  });
  return new Map(found);
}

function messages(): string[] {
  try {
    loadFiles(root);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
}

describe('the source of a sentence', () => {
  let found: Map<string, string>;
  beforeAll(() => {
    // A file whose form is wrong is read no further.
    found = new Map([...mistakes(forms), ...mistakes(sources)]);
  });

  test.each(Object.entries({ ...forms, ...sources }))('%s', (name, { message }) => {
    if (message) expect(found.get(name)).toMatch(message);
    else expect(found.get(name)).toBeUndefined();
  });
});

describe('what only staff hear', () => {
  test('stands with its sources too, below a topic that there is', () => {
    mistakes({});
    const notes = join(root, 'data/staff-notes.yaml');
    const shipped = readFileSync(notes, 'utf8');
    const note = (id: string, says: string) => `- {id: ${id}, says: ${says}, checkedOn: 2026-11-20, reviewBy: 2027-03-31}\n`;
    writeFileSync(
      notes,
      note('welfare.nowhere', memory) + note('welfare.dibao', citing('gone')) + note('appeal.noise', citing('changing')),
    );
    const found = messages().filter((line) => line.startsWith('data/staff-notes.yaml:'));
    writeFileSync(notes, shipped);
    expect(found).toEqual([
      expect.stringMatching(/^data\/staff-notes\.yaml:1:.* welfare\.nowhere is neither in data\/answers\/ nor in data\/appeals\.yaml/),
      expect.stringMatching(/^data\/staff-notes\.yaml:2:.* 《旧法》 is repealed/),
      expect.stringMatching(/^data\/staff-notes\.yaml:3:.* 《要改之法》 changes on 2027-01-01/),
    ]);
  });
});

describe('the shipped content', () => {
  const { content } = loadFiles(projectFolder);
  const cited = (id: string, articles: string) =>
    [...content.answers.values()].filter((each) =>
      statementsOf(each).some(({ law = {} }) => law[id] !== undefined && meets(law[id], articles)),
    );

  test('has what rests on the medical articles reviewed before 医疗保障法 comes into force', () => {
    const medical = cited('social-insurance', '23–32');
    expect(medical.length).toBeGreaterThan(5);
    expect(medical.filter(({ reviewBy }) => reviewBy >= '2027-01-01').map(({ id }) => id)).toEqual([]);
    const about = [...content.answers.values()].filter(({ id }) => id.startsWith('medical.'));
    expect(about.filter(({ reviewBy }) => reviewBy >= '2027-01-01').map(({ id }) => id)).toEqual([]);
  });

  test('says of what nobody has confirmed that it is so, and never with a law or a day', () => {
    const say = speaker(() => content.wording, { chance: () => 0 });
    const now = new Date('2026-11-27T00:00:00Z');
    const unsaid = say('answer.unconfirmed');
    const snapshot = content as Snapshot;
    let count = 0;
    for (const answer of content.answers.values())
      for (const statement of statementsOf(answer).filter(isUnconfirmed)) {
        const alone = { ...answer, lead: statement, facets: {} };
        const { text } = answerText(alone, null, { content: snapshot, say, now, told: ['others'] });
        const { text: known } = withoutHoles(statement.text, () => true);
        if (known === '') continue;
        count++;
        expect({ id: answer.id, text }).toEqual({ id: answer.id, text: expect.stringContaining(unsaid) });
        expect({ id: answer.id, text }).toEqual({ id: answer.id, text: expect.not.stringMatching(/依据：|日核对|核实过）/) });
      }
    expect(count).toBeGreaterThan(300);
  });
});

describe('names of the community', () => {
  test('stand in no file of data/ but its own, so that another community says its own', () => {
    const own = ['贵州', '六盘水', '钟山区', '贵人服务', '0858', '黄土坡'];
    // What only this community has, what is heard, and of which province a sentence is.
    const apart = /^(?:community|places|lexicon)\.yaml$/;
    const files = readdirSync(join(projectFolder, 'data'), { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => /\.(?:yaml|md)$/.test(file) && !apart.test(file));
    const found = files.flatMap((file) =>
      readFileSync(join(projectFolder, 'data', file), 'utf8')
        .split('\n')
        .filter((line) => !/^\s*#/.test(line) && own.some((name) => line.replace(/province: 贵州, |from: "[^"]*"/g, '').includes(name)))
        .map((line) => `${file}: ${line.trim().slice(0, 60)}`),
    );
    expect(found).toEqual([]);
  });

  test('of a province decide which sentences are said: the rules of one are not those of another', () => {
    mistakes({ leave: { fee: `[${memory}, {text: 这里另有规定。, province: 贵州, evidence: memory}]` } });
    const feeOf = () =>
      loadFiles(root)
        .content.answers.get('extra.topic-0')
        ?.facets.fee?.map(({ text }) => text);
    expect(feeOf()).toEqual(['一句话。', '这里另有规定。']);
    const community = join(root, 'data/community.yaml');
    const shipped = readFileSync(community, 'utf8');
    writeFileSync(community, shipped.replace('province: 贵州', 'province: 云南'));
    const elsewhere = feeOf();
    const leave = loadFiles(root).content.answers.get('birth.leave')?.facets.time;
    writeFileSync(community, shipped);
    expect(elsewhere).toEqual(['一句话。']);
    expect(JSON.stringify(leave)).not.toContain('158');
  });

  test('stand for their variables in answers and news; those that there are not are mistakes, by file and line', () => {
    mistakes({});
    writeFileSync(
      join(root, 'data/news/extra.md'),
      '---\ntitle: 一条\ncategory: 活动\ndate: 2026-11-20\n---\n在{{community.district}}。\n',
    );
    const lead = (text: string) => mistakes({ names: { lead: `{text: "${text}", evidence: memory}` } }).get('names');
    expect(lead('{{community.river}}边')).toBe('{{community.river}}: there is no river in data/community.yaml');
    expect(lead('{{community.district}}的{{ community.app }}，{{community.name}}。')).toBeUndefined();
    const { content } = loadFiles(root);
    expect(content.answers.get('extra.topic-0')?.lead.text).toBe('钟山区的贵人服务，黄土坡社区。');
    expect(content.news.find(({ id }) => id === 'extra')?.text).toBe('在钟山区。');
  });
});
