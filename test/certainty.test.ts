import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectFolder } from '../src/adapters/content/project.ts';

/** How sure a statement about an account's platform is, in a guide and in its Chinese twin: the marks that each declares at its head. */
const guides = [
  {
    english: 'docs/official-account.md',
    chinese: 'docs/official-account.zh-CN.md',
    marks: { O: '官', S: '客', 3: '众', M: '记', B: '本' },
  },
  {
    english: 'docs/wechat.md',
    chinese: 'docs/wechat.zh-CN.md',
    marks: { R: '报', P: '包', M: '记', B: '本' },
  },
  { english: 'docs/wecom.md', chinese: 'docs/wecom.zh-CN.md', marks: { T: '腾', M: '测', A: '猜', B: '本' } },
];

const read = (path: string) => readFileSync(join(projectFolder, path), 'utf8');

/** The paragraphs, rows and items of a guide below its head, without examples of settings. */
function statementsOf(text: string): string[] {
  const plain = text.replace(/^ *```[\s\S]*?^ *```$/gm, '').replace(/^\|.*\|\n\|[\s|-]+\|$/gm, '');
  const [, ...sections] = plain.split(/^##+ .*$/m);
  return sections
    .flatMap((section) => section.split(/\n(?=\s*(?:\n|[-*] |\d+\. |\|))/))
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '' && !/[：:]$/.test(line));
}

/** The marks of a statement, in its order: "[O]", "[M: `message/mass/get`]", "〔腾〕". */
const marksIn = (line: string) =>
  [...line.matchAll(/[[〔]([A-Z0-9]|[\u4e00-\u9fff])(?:[：:][^\]〕]*)?[\]〕]/g)].map(([, mark = '']) => mark);

describe.each(guides)('$english and its twin', ({ english, chinese, marks }) => {
  const declared = Object.entries(marks);

  test('say that nothing was tried on the real one, and at their head what each mark means', () => {
    const [head = '', other = ''] = [english, chinese].map((path) => read(path).split(/^## /m)[0] ?? '');
    expect(read(english)).toContain('Nothing here was tried on');
    expect(read(chinese)).toMatch(/没有.{0,10}在真的.{1,5}上试过/);
    for (const [mark, twin] of declared) {
      expect(head).toContain(`**[${mark}]**`);
      expect(other).toMatch(new RegExp(`\\*\\*[[〔]${twin}[\\]〕]\\*\\*`));
    }
  });

  test('tell of each statement how sure it is', () => {
    for (const [path, known] of [
      [english, Object.keys(marks)],
      [chinese, Object.values(marks)],
    ] as const) {
      const statements = statementsOf(read(path));
      expect(statements.length).toBeGreaterThan(15);
      expect(statements.filter((line) => marksIn(line).length === 0)).toEqual([]);
      expect(statements.flatMap(marksIn).filter((mark) => !known.includes(mark))).toEqual([]);
    }
  });

  test('are as sure of it in both languages', () => {
    const of = new Map(declared.map(([mark, twin]) => [twin, mark]));
    const twins = statementsOf(read(chinese)).map((line) => marksIn(line).map((mark) => of.get(mark)));
    expect(statementsOf(read(english)).map(marksIn)).toEqual(twins);
  });
});

test('no document says that anything was tried on the real WeChat, 服务号 or 企业微信', () => {
  const documents = ['README.md', 'README.zh-CN.md', 'SECURITY.md', 'CHANGELOG.md', ...below('docs')];
  const tried = /\b(?:tried|tested|proved|measured)\b[^.]{0,60}\breal (?:one|WeChat|service|account)\b/i;
  const triedThere = /(?:在|用)真的?(?:微信|服务号|企业微信|公众号)[^。]{0,8}(?:试|测|验)/;
  const sentences = documents.flatMap((path) =>
    read(path)
      .split(/(?<=[.。])\s*|\n\n/)
      .filter((sentence) => tried.test(sentence) || triedThere.test(sentence))
      .map((sentence) => `${path}: ${sentence.replace(/\s+/g, ' ')}`),
  );
  expect(sentences.length).toBeGreaterThan(5);
  expect(sentences.filter((sentence) => !/\b(?:nothing|not|never)\b|没有/i.test(sentence))).toEqual([]);
});

function below(folder: string): string[] {
  return readdirSync(join(projectFolder, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}
