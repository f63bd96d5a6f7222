import { describe, expect, test } from '@jest/globals';
import { overlaid } from '../../src/desk/knowledge/overlay.ts';
import type { Answer, Law } from '../../src/domain/content/answer.ts';
import { shippedContent } from '../support/content.ts';
import { openTestDesk, readBy, type TestDesk } from '../support/desk.ts';

const lead = { text: '先来社区问。', evidence: 'memory' } as const;
const answer = (id: string, title: string, more: Partial<Answer> = {}): Answer => ({
  ...{ id, title, section: '民政办事', policy: false, lead, facets: {} },
  ...{ checkedOn: '2026-11-20', reviewBy: '2027-06-30', ...more },
});

/** Three topics of which staff hear; every other is good for years and has no holes. */
const topics = [
  answer('office.hours', '上班时间', { reviewBy: '2026-12-01' }),
  answer('office.phone', '办公电话', { reviewBy: '2026-12-10', lead: { text: '打电话：{{local.office.phone}}', evidence: 'office' } }),
  answer('welfare.dibao', '最低生活保障（低保）申请', {
    facets: {
      time: [
        { text: '要先公布。', evidence: 'law', law: { changing: '45' } },
        { text: '一般一个月。', evidence: 'memory' },
      ],
      amount: [{ text: '低保线：{{local.welfare.dibao-standard}}', evidence: 'office' }],
    },
  }),
];

const changing: Law = { id: 'changing', title: '要改之法', status: 'in-force', changes: { on: '2027-03-01' } };

function content(written: readonly Answer[] = topics) {
  const shipped = shippedContent().current();
  const others = [...shipped.answers.values()].map((each) => answer(each.id, each.title, { lead: { text: '好。', evidence: 'office' } }));
  return {
    ...shipped,
    answers: new Map([...others, ...written].map((each) => [each.id, each])),
    laws: new Map([...shipped.laws, ['changing', changing]]),
  };
}

async function desk() {
  const current = content();
  const opened = await openTestDesk({ content: { current: () => current, teach: () => undefined } });
  return { ...opened, ask: async (from: string, text: string) => readBy(from, await opened.say(from, text)) };
}

/** Confirms what was shown, by the code that was shown. */
async function confirm({ say }: Pick<TestDesk, 'say'>, line: string): Promise<string> {
  const shown = readBy('小周', await say('小周', line));
  const code = /确认 (\w+)/.exec(shown)?.[1] ?? '';
  return `${shown}\n——\n${readBy('小周', await say('小周', `确认 ${code}`))}`;
}

describe('what is to be reviewed', () => {
  test('is listed in the order of what is asked most, then in that of its dates; what is asked and unconfirmed follows', async () => {
    const { ask } = await desk();
    expect(await ask('小周', '/问答 过期')).toMatch(
      /^2 条要复核.*\n1\. 上班时间（2026-12-01 前复核，近三个月问了 0 次）\n2\. 办公电话（2026-12-10 前复核，近三个月问了 0 次）\n对的发/,
    );
    for (const text of ['社区电话多少', '社区电话多少', '低保怎么申请', '低保怎么申请']) await ask('张奶奶', text);
    expect(await ask('小周', '/问答 过期')).toMatch(
      /\n1\. 办公电话（2026-12-10 前复核，近三个月问了 2 次）\n2\. 上班时间（2026-12-01 前复核，近三个月问了 0 次）\n居民常问、还没人核实过的：\n3\. 最低生活保障（低保）申请（2027-06-30 前复核，近三个月问了 2 次）\n/,
    );
  });

  test('is no longer counted after three months', async () => {
    const { ask, to } = await desk();
    await ask('张奶奶', '社区电话多少');
    await to('2027-03-10T10:00:00+08:00');
    expect(await ask('小周', '/问答 过期')).toMatch(/办公电话.*问了 0 次/);
  });
});

describe('an answer that staff confirm', () => {
  test('shows its unconfirmed sentences first; then residents hear the day, and staff who it was', async () => {
    const opened = await desk();
    await opened.ask('张奶奶', '低保怎么申请');
    await opened.ask('小周', '/问答 过期');
    expect(await confirm(opened, '/问答 核 3')).toMatch(
      /· 开头：先来社区问。\n· 时限：一般一个月。\n都对的话[\s\S]*——\n“最低生活保障（低保）申请”核实好了：小周，2027-06-30 前不用再核。/,
    );
    expect(await opened.ask('刘叔', '低保怎么申请')).toMatch(/^先来社区问。\n（2026年11月23日，社区核实过）\n/);
    expect(await opened.ask('小周', '/问答 查 最低生活保障（低保）申请')).toContain('小周 2026-11-23 核实过');
  });

  test('is not confirmed by the command alone, and no longer when that is taken back', async () => {
    const opened = await desk();
    await opened.ask('小周', '/问答 核 上班时间');
    expect(await opened.ask('张奶奶', '几点上班')).toContain('还没核实');
    await confirm(opened, '/问答 核 上班时间');
    expect(await opened.ask('刘叔', '几点上班')).not.toContain('还没核实');
    expect(await opened.ask('小周', '/问答 核 上班时间 取消')).toContain('不算核实过了');
    expect(await opened.ask('陈姐', '几点上班')).toContain('还没核实');
    expect(await opened.ask('小周', '/问答 核 上班时间 取消')).toContain('本来就没有人核实过');
  });

  test('keeps it when the answer is stopped and said again', async () => {
    const opened = await desk();
    await confirm(opened, '/问答 核 上班时间');
    await opened.ask('李主任', '/问答 停 上班时间');
    await opened.ask('李主任', '/问答 停 上班时间 取消');
    expect(await opened.ask('张奶奶', '几点上班')).toContain('社区核实过');
  });

  test('is good for a year, but not beyond the next change of a law that it cites', async () => {
    const opened = await desk();
    await confirm(opened, '/问答 核 上班时间');
    await confirm(opened, '/问答 核 最低生活保障（低保）申请');
    const { answers } = await opened.store.transaction((tx) => overlaid(content(), tx));
    expect(answers.get('office.hours')?.reviewBy).toBe('2027-11-23');
    // Its own day is later than that of the change, and was the choice of whoever wrote it.
    expect(answers.get('welfare.dibao')?.reviewBy).toBe('2027-06-30');
    const soon = topics.map((each) => ({ ...each, reviewBy: '2026-12-31' }));
    const changed = await opened.store.transaction((tx) => overlaid(content(soon), tx));
    expect(changed.answers.get('welfare.dibao')?.reviewBy).toBe('2027-02-28');
  });

  test('is confirmed in the words that were shown, and in no others', async () => {
    const opened = await desk();
    await confirm(opened, '/问答 核 上班时间');
    const rewritten = [answer('office.hours', '上班时间', { reviewBy: '2026-12-01', lead: { ...lead, text: '先打电话问。' } })];
    const { answers } = await opened.store.transaction((tx) => overlaid(content(rewritten), tx));
    expect(answers.get('office.hours')).toMatchObject({ reviewBy: '2026-12-01', lead: { text: '先打电话问。', evidence: 'memory' } });
    expect(answers.get('office.hours')?.lead.confirmedOn).toBeUndefined();
  });
});

describe('local facts', () => {
  test('are asked and listed in the order in which residents need them', async () => {
    const { ask } = await desk();
    await ask('张奶奶', '低保一个月好多钱');
    await ask('张奶奶', '低保一个月好多钱');
    await ask('张奶奶', '社区电话多少');
    expect(await ask('小周', '/本地 看')).toMatch(/：\n○ 钟山区今年城市低保.*\n○ 社区的办公电话/);
    expect(await ask('小周', '/本地 填')).toMatch(/^钟山区今年城市低保每人每月是多少？\n.*\n（填了 0\/\d+，用得多的先问）$/);
    expect(await ask('小周', '630 元')).toContain('社区的办公电话是多少？');
  });

  test('are a page to print, what is missing first', async () => {
    const pages: unknown[] = [];
    const unused = () => Promise.reject(new Error('not needed here'));
    const papers = {
      chart: unused,
      card: unused,
      workbook: unused,
      word: unused,
      sheet: unused,
      page: async (...given: unknown[]) => {
        pages.push(given);
        return 'papers/form.html';
      },
    };
    const { say } = await openTestDesk({ content: { current: () => content(), teach: () => undefined }, parts: { papers } });
    await say('小周', '/本地 填 office.phone 0858-8123456');
    await say('小周', '1');
    const [made] = await say('小周', '/本地 表');
    expect(made).toMatchObject({ file: expect.stringContaining('form.html'), text: expect.stringContaining('点开就能打印') });
    const [[name, page]] = pages as [[string, { blocks: readonly Record<string, unknown>[] }]];
    expect(name).toBe('黄土坡社区本地情况表');
    expect(JSON.stringify(page.blocks[2])).toContain('["钟山区今年城市低保每人每月是多少？（welfare.dibao-standard）",""]');
    expect(page.blocks.at(-1)).toMatchObject({ rows: [['社区的办公电话是多少？（office.phone）', '0858-8123456']] });
  });
});
