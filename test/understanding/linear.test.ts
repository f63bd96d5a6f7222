import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseSync } from '@swc/core';
import { growthOf } from '../../src/adapters/content/expressions/growth.ts';
import { projectFolder } from '../../src/adapters/content/project.ts';

/** An expression, and a file that has it. */
type Found = Map<string, { readonly expression: RegExp; readonly where: string }>;

const source = join(projectFolder, 'src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));

/** Every regular expression that stands in the sources, and every file that makes some while it runs. */
function written(): { found: Found; makers: Set<string> } {
  const found: Found = new Map();
  const makers = new Set<string>();
  const look = (node: unknown, where: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, pattern, flags, callee } = node as { type?: string; pattern?: string; flags?: string; callee?: { value?: string } };
    if (type === 'RegExpLiteral') add(found, new RegExp(pattern ?? '', flags), where);
    if (/^(?:New|Call)Expression$/.test(type ?? '') && callee?.value === 'RegExp') makers.add(where);
    for (const each of Object.values(node)) for (const part of Array.isArray(each) ? each : [each]) look(part, where);
  };
  for (const file of files) look(parseSync(readFileSync(join(source, file), 'utf8'), { syntax: 'typescript', target: 'es2022' }), file);
  return { found, makers };
}

/** What makes those that are made only when somebody says such a thing. */
const talk = [
  ['张奶奶', '3栋2单元楼道灯不亮，明天上午打我电话13985801234'],
  ['小周', '/查 0018'],
  ['小周', '/派 0018 @小周 期:周五'],
  ['小周', '1 回复 师傅明天上午来换灯泡'],
  ['张奶奶', '喊个人给我打电话嘛，下午方便，13985801234'],
  ['张奶奶', '5栋电梯坏了，匿名'],
  ['李主任', '/负责 取消 3栋'],
  ['小周', '/代报 王大爷，8栋1单元漏水'],
  ['小周', '确认'],
  ['小周', '/消息 加 周六义诊，类别活动，到期周六'],
  ['小周', '/办结 0018 换了灯泡'],
  ['张奶奶', '没解决，第二天又坏了，但是楼道干净了'],
  ['刘哥', '有个女的在楼顶要跳楼'],
  ['小周', '/收到'],
  ['刘哥', '人劝下来了，又爬上去了'],
  ['杨哥', '楼道灯不亮'],
  ['杨哥', '匿名，3栋2单元'],
  ['张奶奶', '提醒我1个月后续居住证'],
] as const;

/** What takes expressions apart or checks the login server's answers reads no words; the words of an alarm are read by those of the content as they stand. */
const makesNoneOfItsOwn = [
  'adapters/content/expressions/in-content.ts',
  'adapters/content/expressions/parts.ts',
  'adapters/wechat/guards/known-answers.ts',
  'domain/danger/course.ts',
];

/** Every regular expression that is made while the content is read, a desk is opened and people talk to it, and the files that did so. */
async function made(): Promise<{ found: Found; makers: Set<string> }> {
  const found: Found = new Map();
  const makers = new Set<string>();
  const native = globalThis.RegExp;
  const noted = (expression: RegExp) => {
    const where = /\/src\/((?!adapters\/content\/expressions)[\w/-]+\.ts)/.exec(new Error().stack ?? '')?.[1];
    if (where === undefined) return expression;
    makers.add(where);
    // What stands in the content is looked up once here and, with the flag g, as often as it fits there.
    const { source: shape, flags } = expression;
    add(found, where.startsWith('adapters/content/') ? new native(shape, `${flags.replace('g', '')}g`) : expression, where);
    return expression;
  };
  globalThis.RegExp = new Proxy(native, {
    construct: (target, args, type) => noted(Reflect.construct(target, args, type) as RegExp),
    apply: (target, that, args) => noted(Reflect.apply(target, that, args) as RegExp),
  });
  try {
    for (const file of files.filter((each) => /^(?:domain|desk)\//.test(each))) await import(join(source, file));
    const { loadFiles } = await import('../../src/adapters/content/load.ts');
    loadFiles(projectFolder);
    for (const name of readdirSync(join(projectFolder, 'examples'), { withFileTypes: true }))
      if (name.isDirectory()) loadFiles([projectFolder, join(projectFolder, 'examples', name.name)]);
    const { openTestDesk } = await import('../support/desk.ts');
    const { say } = await openTestDesk();
    for (const [from, text] of talk) await say(from, text);
    const { readAddress } = await import('../../src/adapters/wechat/addressed.ts');
    readAddress('@小桥 你好', ['小桥']);
  } finally {
    globalThis.RegExp = native;
  }
  return { found, makers };
}

const add = (found: Found, expression: RegExp, where: string) => found.set(String(expression), { expression, where });

const grows = (found: Found) =>
  [...found.values()].flatMap(({ expression, where }) => {
    const growth = growthOf(expression);
    return growth ? [{ where, expression: String(expression), ...growth }] : [];
  });

describe('an expression that reads people’s words takes no more steps than the words are long', () => {
  test('where it stands in the sources', () => {
    expect(grows(written().found)).toEqual([]);
  }, 300_000);

  test('where it is made of the content, or while people talk', async () => {
    const { found, makers } = await made();
    expect([...written().makers].filter((file) => !makers.has(file)).sort()).toEqual(makesNoneOfItsOwn);
    expect(grows(found)).toEqual([]);
  }, 300_000);

  test.each([
    [/\s+$/u],
    [/(?:a|aa)+$/],
    [/(\s*,|,\s*)*x/],
    [/^(.*?) ?(\d{1,2}) *(.*)$/],
    [/喊.*主任/u],
    [/(?<=a*)b/],
    [/(x+x+)+y/],
    [/^(?:[a-z]+[0-9]*)*$/i],
    [/(\w+)\s\1+!/],
  ])('%s would not pass', (expression) => {
    expect(growthOf(expression)).toBeDefined();
  });

  test.each([[/^\s+|(?<!\s)\s+$/gu], [/喊.{0,40}主任/u], [/^[^:]+:(.*)$/su], [/^(?:一|二|三)+楼/u], [/[\p{P}\s]+/gu], [/(["'])[^"']*\1/]])(
    '%s passes',
    (expression) => {
      expect(growthOf(expression)).toBeUndefined();
    },
  );
});
