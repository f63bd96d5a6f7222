import { describe, expect, test } from '@jest/globals';
import { readItem } from '../../src/domain/news-item.ts';
import { itemsAbout, itemsTitled, matterOf } from '../../src/domain/news-search.ts';
import { readMoment } from '../../src/domain/spoken-time.ts';
import { shippedContent } from '../support/content.ts';

describe('an item as it is typed', () => {
  const labels = { category: ['类别', '栏目'], expires: ['到期'] };

  test.each([
    ['标题\n第一行\n第二行', { title: '标题', text: '第一行\n第二行' }],
    ['类别:活动 到期：12月5日 义诊\n周六', { category: '活动', expires: '12月5日', title: '义诊', text: '周六' }],
    ['到期:周五 栏目: 党建\n主题党日', { expires: '周五', category: '党建', title: '主题党日', text: '' }],
    ['今晚停水，8 点到 12 点，请先存水', { title: '今晚停水', text: '8 点到 12 点，请先存水' }],
    ['停水通知', { title: '停水通知', text: '' }],
    ['类别:活动', { category: '活动', title: '', text: '' }],
  ])('%j', (typed, item) => {
    expect(readItem(typed, labels)).toEqual(item);
  });
});

describe('a question about the news', () => {
  const fillers = shippedContent().current().shortAnswers.newsBare;

  test.each([
    ['最近有什么通知', []],
    ['最新通知', []],
    ['社区动态', []],
    ['哪天停水', ['停水']],
    ['听说要停水 是哪一天', ['要停水']],
    ['那个消防的通知什么时候发的', ['消防的']],
    ['这周有什么活动', ['活动']],
  ])('%s is about %j', (question, matter) => {
    expect(matterOf(question, fillers)).toEqual(matter);
  });

  const items = [
    { title: '周三停水', text: '上午八点到下午两点。' },
    { title: '消防月', text: '停电先关总闸。' },
  ];

  test('finds what tells of it, the nearest first, and nothing rather than a guess', () => {
    expect(itemsAbout(items, ['停水停电'])).toEqual(items);
    expect(itemsAbout(items, ['要停水'])).toEqual([items[0]]);
    expect(itemsAbout(items, ['广场舞'])).toEqual([]);
    expect(itemsAbout(items, [])).toEqual([]);
  });

  test('that is not known to be one finds by the title alone', () => {
    expect(itemsTitled(items, ['停电'])).toEqual([]);
    expect(itemsTitled(items, ['停水'])).toEqual([items[0]]);
  });
});

describe('a moment as staff type it', () => {
  // A Tuesday.
  const now = new Date('2026-11-24T10:00:00+08:00');

  test.each([
    ['周五9点', '2026-11-27T09:00'],
    ['周五', '2026-11-27T09:30'],
    ['明天下午3点半', '2026-11-25T15:30'],
    ['12月3日 16:00', '2026-12-03T16:00'],
    ['今天晚上8点', '2026-11-24T20:00'],
    ['中午12点', '2026-11-24T12:00'],
    ['16点', '2026-11-24T16:00'],
  ])('%s', (said, moment) => {
    expect(readMoment(said, now, '09:30')).toEqual(new Date(`${moment}:00+08:00`));
  });

  test.each(['随便', '25点', '周八9点', ''])('%j is none', (said) => {
    expect(readMoment(said, now, '09:30')).toBeUndefined();
  });
});
