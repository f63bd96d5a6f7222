import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { askedFor, reckonings } from '../../src/domain/reckoning/rule.ts';
import { spoken } from '../../src/domain/words/talk.ts';
import { shippedContent } from '../support/content.ts';
import { openTestDesk, readBy, type TestDesk } from '../support/desk.ts';

const at = '2026-11-26T10:00:00+08:00';
const open = () => openTestDesk({ at });
const said = async (desk: TestDesk, text: string, more = {}) => readBy('张姐', await desk.say('张姐', text, more));

/** Everything that the store holds, as text. */
async function kept({ store }: TestDesk): Promise<string> {
  return store.transaction(async (tx) => {
    const names = Object.keys(tx.tables) as (keyof typeof tx.tables)[];
    return JSON.stringify(await Promise.all(names.map((name) => tx.find(name))));
  });
}

/** Whether something to reckon is being asked for. */
async function isAskedToReckon({ store }: TestDesk): Promise<boolean> {
  const rows = await store.transaction((tx) => tx.find('questions'));
  return rows.some(({ stack }) => stack.some(({ question }) => question.kind === 'reckoning'));
}

describe('one message that tells everything is answered at once', () => {
  test.each([
    ['我男的1966年10月生啥时候退休', '60 岁 6 个月退，2027 年 4 月'],
    ['女，1976年10月，厂里工人，帮我算哪年退休', '50 岁 11 个月退，2027 年 9 月'],
    ['我是1971年10月生的女干部，哪年哪月退休', '55 岁 6 个月退，2027 年 4 月'],
    ['我在厂里干了7年半，一个月四千，老板把我开了赔多少', '8 个月工资，32000 元'],
    ['工龄十二年四个月，年休假有几天', '一年 10 天年休假'],
    ['我交了四年半失业保险，失业金能领几个月', '最多能领 12 个月'],
    ['我离职那天是2026年1月15日，仲裁到哪天截止', '最后一天是 2027 年 1 月 15 日'],
    ['我娃2025年6月12日生的，一共能领好多育儿补贴', '10800 元'],
    ['我剖腹产双胞胎，产假一共多少天', '一共 128 天'],
    ['我四月二十八登记的居住证，满半年是哪天', '2026 年 10 月 28 日'],
    ['居住证今年1月9号发的，哪天去签注', '2026 年 12 月 9 日到 2027 年 1 月 9 日'],
    ['我医保断了三年再交，要等几个月', '4 到 5 个月'],
  ])('%s', async (text, result) => {
    const desk = await open();
    const answer = await said(desk, text);
    expect(answer).toContain(result);
    expect(answer).toContain('依据：');
    expect(desk.decision()).toBe('answer');
  });
});

describe('what is missing is asked for, one thing at a time', () => {
  test('both ways are told while the post is not known, and each answer narrows them', async () => {
    const desk = await open();
    const first = await said(desk, '我78年的女的哪年退');
    expect(first).toContain('51 岁 7 个月到 52 岁退');
    expect(first).toContain('57 岁 1 个月到 57 岁 3 个月退');
    expect(await said(desk, '管理岗')).toContain('2035 年 2 月到 2036 年 3 月');
    expect(await said(desk, '三月')).toContain('57 岁 1 个月退，2035 年 4 月');
  });

  test('what is not known is asked once more and then told as a range, never made exact', async () => {
    const desk = await open();
    await said(desk, '我哪年退休');
    await said(desk, '七八年腊月，新历不晓得');
    const both = await said(desk, '女的');
    expect(both).toContain('1978 年 12 月到 1979 年 2 月生');
    expect(await said(desk, '不晓得')).toContain('2030 年 12 月到 2031 年 3 月');
  });

  test('without the birth nothing is guessed', async () => {
    const desk = await open();
    await said(desk, '我哪年退休');
    expect(await said(desk, '不晓得')).toContain('没听明白');
    expect(await said(desk, '记不得了')).toContain('不乱说');
  });

  test('a whole year is no day: nobody is told that it is too late who may be in time', async () => {
    const desk = await open();
    await said(desk, '我去年被辞的还来得及仲裁不');
    await said(desk, '不晓得');
    const answer = await said(desk, '记不得了');
    expect(answer).toContain('2026 年 12 月 31 日');
    expect(answer).not.toContain('已经过了');
  });

  test('a word ends it, and the next number is no answer to it', async () => {
    const desk = await open();
    await said(desk, '我被辞退了该赔几个月');
    await said(desk, '算了');
    expect(await said(desk, '6')).not.toContain('个月工资');
  });

  test('another question in between is answered as such', async () => {
    const desk = await open();
    await said(desk, '我被辞退了该赔几个月');
    expect(await said(desk, '低保咋个申请')).toContain('低保');
  });

  test('a form that waits comes back when it is done', async () => {
    const desk = await open();
    expect(await said(desk, '我要反映楼道灯坏了')).not.toBe('');
    expect(await said(desk, '我72年的男的哪年哪月退')).toContain('61 岁 10 个月到 62 岁退');
    const last = await said(desk, '十月');
    expect(last).toContain('62 岁退，2034 年 10 月');
    expect(last).toContain('哪');
  });
});

test('nothing of the case is kept once it was told', async () => {
  const desk = await open();
  await said(desk, '我1978年3月生的女的哪年退');
  expect(await kept(desk)).toContain('1978-03');
  await said(desk, '工人');
  await desk.app.outbox.pump();
  expect(await kept(desk)).not.toMatch(/1978|woman50/);
});

test('a question that nobody answers takes what was told with it', async () => {
  const desk = await open();
  await said(desk, '我1978年3月生的女的哪年退');
  await desk.to('2026-11-26T12:00:00+08:00');
  expect(await kept(desk)).not.toContain('1978-03');
});

test.each([
  '几岁退休',
  '延迟退休怎么算',
  '产假多少天',
  '育儿补贴一年多少',
  '经济补偿按基本工资还是按拿到手的算',
  '男的现在多少岁退休',
  '退休要带什么材料',
])('who asks for the rule is told the rule: %s', async (text) => {
  const desk = await open();
  await said(desk, text);
  expect(await isAskedToReckon(desk)).toBe(false);
});

test('what tells of one’s own case after the rule was told is reckoned', async () => {
  const desk = await open();
  expect(await said(desk, '延迟退休是怎么回事')).toContain('告诉我是男是女');
  expect(await said(desk, '女的 78年3月 工人')).toContain('2029 年 11 月');
});

test('past its review date nothing is reckoned', async () => {
  const desk = await openTestDesk({ at: '2027-12-01T10:00:00+08:00' });
  expect(await said(desk, '我1966年10月生男的啥时候退休')).not.toContain('60 岁 6 个月退');
});

test('in a group nobody is asked for what is their own', async () => {
  const desk = await open();
  const heard = await desk.say('张姐', '@小桥 我78年的女的哪年退', { room: '居民群' });
  expect(heard.map(({ text = '' }) => text).join()).toContain('私下跟我说');
  expect(await isAskedToReckon(desk)).toBe(false);
});

test('of what people ask about other matters nothing is taken for it', () => {
  const { reckoning, simplify } = shippedContent().current();
  const own = new Set(['action.calculate', ...reckonings.map((id) => reckoning.rules[id].topic)]);
  const folder = join(import.meta.dirname, '../understanding');
  const lines = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean))
    .map((line) => JSON.parse(line) as { text: string; topic: string | null });
  expect(lines.length).toBeGreaterThan(1000);
  const taken = lines.filter(({ text, topic }) => !own.has(topic ?? '') && askedFor(spoken(simplify(text)), reckoning).length > 0);
  expect(taken).toEqual([]);
});
