import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Appeal } from '../../../src/desk/appeals/rows.ts';
import type { NewsCard, Papers } from '../../../src/desk/kernel/papers.ts';
import { at, confirmed, item, newsdesk } from './newsdesk.ts';

const appeal = (part: Partial<Appeal>): Appeal => ({
  id: 'SQ261123-0018',
  state: 'archived',
  kind: '建议',
  category: 'appeal.suggestion',
  what: '加个路灯',
  urgent: false,
  anonymous: false,
  person: '张奶奶',
  files: [],
  createdAt: at('11-23 10:00').toISOString(),
  round: 1,
  startedAt: at('11-23 10:00').toISOString(),
  told: [],
  followers: [],
  ratings: [],
  history: [],
  ...part,
});

const rated = (id: string, solved: 'yes' | 'no'): Appeal =>
  appeal({
    id,
    what: '灯坏了',
    category: 'appeal.lighting',
    resolvedAt: at('11-25 10:00').toISOString(),
    result: '换了',
    firstWordBy: at('11-24 10:00').toISOString(),
    firstWordAt: at('11-23 11:00').toISOString(),
    ratings: [{ round: 1, solved, satisfied: solved, at: at('11-25 12:00').toISOString() }],
  });

async function told(options: Parameters<typeof newsdesk>[0], appeals: readonly Appeal[] = []): Promise<string> {
  const desk = await newsdesk({ rooms: ['A'], ...options });
  await desk.store.transaction(async (tx) => {
    for (const each of appeals) await tx.put('appeals', each);
  });
  await desk.to('11-27 09:00');
  return desk.said.flatMap(({ kind, text }) => (kind === 'broadcast' ? [text] : [])).join('\n');
}

describe('an edition', () => {
  test('ends with last week’s appeals: shares with numerator and denominator, and how many were not rated', async () => {
    const text = await told({}, [
      rated('SQ261123-0018', 'yes'),
      rated('SQ261123-0026', 'no'),
      appeal({ id: 'SQ261123-0034', state: 'registered' }),
    ]);
    expect(text).toContain('▍上周诉求办理情况\n收到 3 件，办结 2 件，现在还在办 1 件。');
    expect(text).toContain('按时回话：2/2（100%）');
    expect(text).toContain('解决了：1/2（50%）');
    expect(text).toContain('还没评价：0 件');
  });

  test('is not made of figures alone', async () => {
    expect(await told({ news: [] }, [rated('SQ261123-0018', 'yes')])).toBe('');
  });

  test('shows a note with its answer when its author agreed, once, and never a name', async () => {
    const note = appeal({ mayPublish: true, resolvedAt: at('11-25 10:00').toISOString(), result: '年前装上' });
    const secret = appeal({
      id: 'SQ261123-0026',
      what: '悄悄话',
      mayPublish: false,
      resolvedAt: at('11-25 10:00').toISOString(),
      result: '好',
    });
    const text = await told({ news: [] }, [note, secret]);
    expect(text).toContain('居民说：加个路灯\n社区答：年前装上');
    expect(text).not.toContain('悄悄话');
    expect(text).not.toContain('张奶奶');
  });

  test('leaves out what is over or not yet to be said, and what an edition before it said', async () => {
    const news = [
      item('new', '2026-11-26'),
      item('over', '2026-11-22', { expires: '2026-11-26' }),
      item('later', '2026-11-28'),
      item('old', '2026-11-01'),
    ];
    const desk = await newsdesk({ news, rooms: ['A'] });
    await desk.to('11-27 09:00');
    expect(desk.said.find(({ kind }) => kind === 'broadcast')?.text.match(/标题\w+/g)).toEqual(['标题new']);
    await desk.to('12-04 09:00');
    expect(desk.said.filter(({ kind }) => kind === 'broadcast')[1]?.text.match(/标题\w+/g)).toEqual(['标题later']);
  });

  test('that a version before this one sent counts as said up to its day', async () => {
    const desk = await newsdesk({ news: [item('a', '2026-11-19'), item('b', '2026-11-21')], rooms: ['A'] });
    await desk.store.transaction((tx) =>
      tx.put('editions', {
        id: 'weekly/2026-11-20',
        title: '一周消息',
        text: '…',
        state: 'planned',
        plannedAt: at('11-20 09:00').toISOString(),
      }),
    );
    await desk.to('11-27 09:00');
    expect(desk.said.find(({ kind }) => kind === 'broadcast')?.text.match(/标题\w+/g)).toEqual(['标题b']);
    expect(desk.heard('发完了')).toEqual([]);
  });
});

describe('the card', () => {
  const cards: NewsCard[] = [];
  const papers: Papers = {
    card: async (card) => `card-${cards.push(card)}.png`,
    chart: async () => '',
    workbook: async () => '',
    page: async () => '',
    word: async () => '',
    sheet: async () => '',
  };

  beforeEach(() => {
    cards.length = 0;
  });

  test('goes with an edition that was missed and is sent after all', async () => {
    const desk = await newsdesk({ papers });
    await desk.to('11-27 12:00');
    await confirmed(desk, '小周', '/播报 续');
    expect(desk.said.filter(({ kind, file }) => kind === 'broadcast' && file !== undefined)).toHaveLength(3);
  });

  test('is drawn when the edition is frozen, with the code that is given as data, and follows the text', async () => {
    const desk = await newsdesk({ papers, broadcast: { card: { qr: { text: 'https://example.org' }, caption: '扫码问小桥' } } });
    await desk.to('11-27 09:00');
    expect(cards).toHaveLength(1);
    expect(cards[0]).toMatchObject({
      title: '黄土坡社区一周消息',
      sections: [{ title: '最新通知', items: ['标题a'] }],
      qr: { text: 'https://example.org' },
      qrCaption: '扫码问小桥',
    });
    expect((await desk.edition('weekly/2026-11-27'))?.files).toEqual(['card-1.png']);
    expect(desk.said.filter(({ file }) => file === 'card-1.png').map(({ to }) => ('room' in to ? to.room : ''))).toEqual(['A', 'B', 'C']);
  });

  test('that cannot be drawn holds nothing up', async () => {
    const broken: Papers = { ...papers, card: () => Promise.reject(new Error('no font')) };
    const desk = await newsdesk({ papers: broken });
    await desk.to('11-27 09:00');
    expect(desk.said.filter(({ kind, file }) => kind === 'broadcast' && file === undefined)).toHaveLength(3);
  });

  test('is left out where none is wanted, or none can be drawn', async () => {
    const { card: _, ...plain } = (await newsdesk()).app.content.current().broadcasts.broadcasts[0] ?? { card: {} };
    const desk = await newsdesk({ papers, rules: { broadcasts: [plain as never] } });
    await desk.to('11-27 09:00');
    expect(desk.said.filter(({ file }) => file !== undefined)).toEqual([]);
  });
});

test('居务公开 stays readable for 15 days, cannot be deleted before, and each day of it is on record', async () => {
  const desk = await newsdesk({ news: [], rooms: ['A'] });
  await desk.say('小周', '/消息 加 类别:居务公开 到期:11月28日 账目\n收 12 元。');
  await desk.through('11-27 09:00', '11-27 09:05', 5);
  await desk.say('小周', '/消息 列');
  expect(await desk.say('小周', '/消息 删 1')).toContain('要留到 12月12日');
  await desk.through('11-27 12:00', '12-14 12:00', 24 * 60);
  expect(await desk.say('小周', '/消息 公开')).toContain('账目：11月27日 到 12月12日，看得到 16 天');
  expect(desk.heard('请放回去')).toEqual([]);
});

test('when what must be public disappears from the files too early, staff are told once', async () => {
  const desk = await newsdesk({ news: [item('a', '2026-11-23', { category: '居务公开' })] });
  await desk.through('11-24 12:00', '11-26 12:00', 24 * 60);
  desk.edit({ news: [] });
  await desk.through('11-26 13:00', '11-28 12:00', 60);
  expect(desk.heard('请放回去')).toEqual(['工作群']);
});

test('nothing goes out by itself that only one person has seen', async () => {
  const desk = await newsdesk();
  await desk.to('11-24 09:00');
  await desk.say('小周', '/消息 加 早写的\n一');
  expect(desk.heard('会跟着这一期发出去')).toEqual([]);
  await desk.to('11-26 20:00');
  await desk.say('小周', '/消息 加 晚写的\n二');
  expect(desk.heard('会跟着这一期发出去')).toEqual(['工作群']);
});
