import { describe, expect, test } from '@jest/globals';
import type { Snapshot } from '../../src/desk/kernel/content.ts';
import type { Answer } from '../../src/domain/content/answer.ts';
import type { Facet, Understand } from '../../src/domain/understanding/result.ts';
import { shippedContent } from '../support/content.ts';
import { openTestDesk, readBy } from '../support/desk.ts';

/** An answer with a sentence of each kind, in the place of the one that is shipped for 低保. */
const dibao: Answer = {
  id: 'welfare.dibao',
  title: '最低生活保障（低保）申请',
  section: '民政办事',
  policy: true,
  lead: { text: '先到街道申请。', evidence: 'law', law: { 'social-relief': '18' } },
  facets: {
    materials: [{ text: '一般带户口簿。', evidence: 'memory' }],
    time: [
      { text: '先公示。', evidence: 'law', law: { 'social-relief': '45', elderly: '2' } },
      { text: '一般一个月。', evidence: 'memory' },
    ],
    fee: [{ text: '不收钱。', evidence: 'official', from: '国办发〔2024〕38 号' }],
    amount: [{ text: '看当年的标准：{{local.welfare.dibao-standard}}', evidence: 'office' }],
    place: [{ text: '到街道。地址：{{local.street.hall}}', evidence: 'law', law: { 'social-relief': '37' } }],
    phone: [{ text: '先问社区：{{local.office.phone}}', evidence: 'office' }],
  },
  checkedOn: '2026-11-20',
  reviewBy: '2027-03-31',
};

/** What is asked about it, and how it is read: not every model is sure of each. */
const read: Record<string, Facet | null> = {
  低保怎么申请: null,
  低保要带什么: 'materials',
  '我老伴上个月去世了，低保要带什么': 'materials',
  低保一个月好多钱: 'amount',
  低保去哪里办: 'place',
  要多久: 'time',
  收费不: 'fee',
  依据是什么: 'basis',
};

async function desk(change: Partial<Answer> = {}) {
  const shipped = shippedContent().current();
  const understand: Understand = (text, context) => {
    const facet = read[text];
    const understood = shipped.understand(text, context);
    const [first] = understood.questions;
    const choices = [dibao.id, 'pension.survivor'];
    if (text === '我老伴去世了，这个怎么弄')
      return { ...understood, questions: [{ ...first, decision: 'clarify', topic: null, facet: null, choices }] };
    return facet === undefined ? understood : { ...understood, questions: [{ ...first, decision: 'answer', topic: dibao.id, facet }] };
  };
  const answers = new Map([...shipped.answers, [dibao.id, { ...dibao, ...change }]]);
  const current: Snapshot = { ...shipped, understand, answers };
  const opened = await openTestDesk({ content: { current: () => current, teach: () => undefined }, papers: false });
  const appeals = () => opened.store.transaction((tx) => tx.find('appeals'));
  return { ...opened, appeals, ask: async (text: string, from = '张奶奶') => readBy(from, await opened.say(from, text)) };
}

describe('a source', () => {
  test('is said with the sentence that it carries, once in a talk, and what may be asked too', async () => {
    const { ask } = await desk();
    expect(await ask('低保怎么申请')).toBe(
      '先到街道申请。\n依据：《社会救助法》第18条。（2026年11月20日核对）\n还可以接着问：材料 · 在哪办 · 时限 · 费用 · 依据',
    );
    expect(await ask('要多久')).toBe(
      '先公示。\n一般一个月。（还没核实，去之前打个电话）\n依据：《社会救助法》第45条、《老年人权益保障法》第2条。（2026年11月20日核对）',
    );
    expect(await ask('收费不')).toBe('不收钱。\n依据：国办发〔2024〕38 号。（2026年11月20日核对）');
  });

  test('is not said under a sentence that nobody has confirmed, nor is a day', async () => {
    const { ask } = await desk();
    expect(await ask('低保要带什么')).toBe(
      '【最低生活保障（低保）申请·材料】\n一般带户口簿。（还没核实，去之前打个电话）\n还可以接着问：在哪办 · 时限 · 费用 · 依据',
    );
  });

  test('is not said again where nothing of it is new', async () => {
    const { ask } = await desk();
    await ask('低保怎么申请');
    expect(await ask('低保去哪里办')).toMatch(/^到街道。\n街道便民服务中心在哪里？我这里还没有准信。/);
  });

  test('is told whole when it is asked for', async () => {
    const { ask } = await desk();
    await ask('低保怎么申请');
    expect(await ask('依据是什么')).toBe(
      '《社会救助法》第18、37、45条\n《老年人权益保障法》第2条\n国办发〔2024〕38 号\n（2026年11月20日核对）',
    );
  });

  test('is said again when the talk is a new one', async () => {
    const { ask, to } = await desk();
    await ask('低保怎么申请');
    await to('2026-11-23T10:30:00+08:00');
    expect(await ask('低保怎么申请')).toContain('依据：《社会救助法》第18条');
  });
});

describe('what nobody has filled in', () => {
  test('is a sentence of its own, without law and day, and "1" puts it to the staff', async () => {
    const { ask, appeals, say } = await desk();
    expect(await ask('低保一个月好多钱')).toBe(
      '【最低生活保障（低保）申请·标准】\n钟山区今年城市低保每人每月是多少？我这里还没有准信。回 1，我替您去问，最迟下个工作日答复；急的打 12345。\n还可以接着问：材料 · 在哪办 · 时限 · 费用 · 依据',
    );
    const heard = await say('张奶奶', '1');
    expect(readBy('张奶奶', heard)).toContain('已经登记');
    const [filed] = await appeals();
    expect(filed).toMatchObject({ kind: '咨询', category: 'appeal.other' });
    expect(filed?.what).toContain('低保一个月好多钱');
    expect(filed?.what).toContain('钟山区今年城市低保每人每月是多少？');
  });

  test('leaves what else the sentence says, with its law', async () => {
    const { ask } = await desk();
    expect(await ask('低保去哪里办')).toContain(
      '到街道。\n依据：《社会救助法》第37条。（2026年11月20日核对）\n街道便民服务中心在哪里？我这里还没有准信。',
    );
  });

  test('is asked about for both of two questions at once', async () => {
    const { say, appeals } = await desk();
    await say('张奶奶', '低保一个月好多钱？高龄津贴一个月好多钱？');
    await say('张奶奶', '1');
    const [filed] = await appeals();
    expect(filed?.what).toContain('钟山区今年城市低保每人每月是多少？');
    expect(filed?.what).toContain('高龄津贴各年龄段每月多少？');
  });

  test('does not take the "1" or the place that a form waits for', async () => {
    const { ask, appeals } = await desk();
    await ask('楼道灯坏了一个星期');
    const answered = await ask('低保一个月好多钱');
    expect(answered).toContain('我这里还没有准信。急的打 12345。');
    expect(answered).not.toContain('回 1');
    await ask('3栋2单元');
    expect((await appeals())[0]).toMatchObject({ place: '3栋2单元' });
  });

  test('is put to the staff in plain words too, and not by a nod', async () => {
    const { ask, appeals } = await desk();
    await ask('低保一个月好多钱');
    await ask('好的');
    expect(await appeals()).toEqual([]);
    await ask('低保一个月好多钱');
    await ask('那你帮我问一下');
    expect(await appeals()).toHaveLength(1);
  });

  test('is asked for with the telephone of the office where that is what was asked', async () => {
    const { ask } = await desk();
    expect(await ask('社区电话多少')).toMatch(/^社区的办公电话是多少？.*我这里还没有准信。回 1，/);
  });

  test('is not told as a side of a matter that may be asked for', async () => {
    const { ask } = await desk();
    expect(await ask('低保怎么申请')).not.toContain('标准');
  });
});

describe('somebody who has lost somebody', () => {
  test('hears a condolence first, once, and no heading', async () => {
    const { ask } = await desk({ mourning: true });
    expect(await ask('低保要带什么')).toMatch(/^请节哀。一般带户口簿。/);
    expect(await ask('收费不')).toMatch(/^不收钱。/);
  });

  test('hears it whatever the matter is', async () => {
    const { ask } = await desk();
    expect(await ask('我老伴上个月去世了，低保要带什么')).toMatch(/^请节哀。一般带户口簿。/);
    expect(await ask('低保要带什么', '刘叔')).not.toContain('节哀');
  });

  test('hears it also when it is not clear what they want', async () => {
    const { ask } = await desk();
    expect(await ask('我老伴去世了，这个怎么弄')).toMatch(/^请节哀，事情一件一件来。先开死亡证明/);
  });

  test('every shipped answer of mourning begins with it', () => {
    const leads = [...shippedContent().current().answers.values()].filter(({ mourning }) => mourning).map(({ lead }) => lead.text);
    expect(leads.length).toBeGreaterThan(0);
    for (const lead of leads) expect(lead).toMatch(/^请节哀/);
  });
});
