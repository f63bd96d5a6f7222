import { describe, expect, test } from '@jest/globals';
import { readItem, saidOf } from '../../src/domain/news/news-item.ts';
import { itemsAbout, itemsTitled, matterOf } from '../../src/domain/news/news-search.ts';
import { readMoment } from '../../src/domain/time/spoken-time.ts';
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
    ['类别：活动，到期：周六，包饺子，来社区', { category: '活动', expires: '周六', title: '包饺子', text: '来社区' }],
    ['义诊，上午九点 类别:活动 到期:周六', { category: '活动', expires: '周六', title: '义诊', text: '上午九点' }],
    ['居民体检\n周六上午\n到期:周六', { expires: '周六', title: '居民体检', text: '周六上午' }],
  ])('%j', (typed, item) => {
    expect(readItem(typed, labels)).toEqual(item);
  });

  test('behind the text a deadline is for residents', () => {
    const both = { category: ['类别'], expires: ['到期', '截止'] };
    expect(readItem('报名参军\n找小周报名，截止:12月5日', both)).toEqual({ title: '报名参军', text: '找小周报名，截止:12月5日' });
  });

  test('that was dictated without a stop loses no word: it is all text, and begins its own title', () => {
    const dictated = '周六上午九点在社区广场有义诊量血压看牙不收钱大家带上医保卡就行了不用预约';
    expect(saidOf(readItem(dictated, labels))).toEqual({ title: dictated, text: '' });
    expect(readItem(dictated, labels)).toEqual({ title: '周六上午九点在社区广场有义诊量血……', text: dictated });
    const long = `${dictated.repeat(2)}\n还有第二行`;
    expect(readItem(long, labels)).toMatchObject({ title: '周六上午九点在社区广场有义诊量血……', text: long });
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
    ['周五九点', '2026-11-27T09:00'],
    ['这周五上午九点', '2026-11-27T09:00'],
    ['周五早上', '2026-11-27T09:30'],
    ['下周二下午两点半', '2026-12-01T14:30'],
    ['周三十二点一刻', '2026-11-25T12:15'],
    ['十二月三号上午十点零五分', '2026-12-03T10:05'],
    ['明天晚上七点整', '2026-11-25T19:00'],
    ['今天晚上12点', '2026-11-25T00:00'],
    ['三天后9点', '2026-11-27T09:00'],
    ['月底', '2026-11-30T09:30'],
  ])('%s', (said, moment) => {
    expect(readMoment(said, now, '09:30')).toEqual(new Date(`${moment}:00+08:00`));
  });

  test.each(['随便', '25点', '周八9点', ''])('%j is none', (said) => {
    expect(readMoment(said, now, '09:30')).toBeUndefined();
  });
});
