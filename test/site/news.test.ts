import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { PNG } from '../simulator/stage.ts';
import { readBy } from '../support/desk.ts';
import { openSiteStage, type SiteStage } from './stage.ts';

let stage: SiteStage;
beforeEach(async () => {
  stage = await openSiteStage({ site: { url: 'https://community.example' } });
});
afterEach(async () => {
  expect(stage.errors).toEqual([]);
  await stage.close();
});

const linkTo = (text: string, title: string) => new RegExp(`href="([^"]+)">${title}</a>`).exec(text)?.[1] ?? '';

test('what staff add by chat stands in its column with its picture; taken back it is gone from the page, the feed and its picture', async () => {
  await writeFile(join(stage.media, 'water.png'), PNG);
  await stage.desk.say('小周', '', { file: join(stage.media, 'water.png') });
  await stage.desk.say('小周', '/消息 加 类别:最新通知 周日停水\n11月29日上午检修，停水半天。');
  const news = await stage.get('/news');
  const path = linkTo(news.text, '周日停水');
  expect((await stage.get(path)).text).toContain('停水半天');
  expect((await stage.get('/news?column=最新通知')).text).toContain('周日停水');
  expect((await stage.get('/news?column=平安社区')).text).not.toContain('周日停水');
  const picture = `${path}/picture/0`;
  expect((await stage.get(picture)).headers.get('content-type')).toBe('image/png');
  expect((await stage.get('/news/feed')).text).toContain(`https://community.example${path}`);

  const row = /(\d+)[^\n]*周日停水/.exec(readBy('小周', await stage.desk.say('小周', '/消息 列')))?.[1];
  await stage.desk.say('小周', `/消息 删 ${row}`);
  for (const gone of [path, picture]) expect([gone, (await stage.get(gone)).status]).toEqual([gone, 404]);
  for (const from of ['/', '/news', '/news/feed']) expect((await stage.get(from)).text).not.toContain('周日停水');
});

test('往期: an edition can be read once it was sent, and not before', async () => {
  expect((await stage.get('/news/past')).text).toContain('还没有');
  await stage.desk.to('2026-11-27T09:30:00+08:00');
  const list = await stage.get('/news/past');
  const { status, text } = await stage.get(linkTo(list.text, '黄土坡社区一周消息'));
  expect(status).toBe(200);
  expect(text).toContain('育儿补贴');
});

test('惠民政策 are all that is tagged so, those that are asked most first, each with its page', async () => {
  const { text } = await stage.get('/policies');
  const { answers, menu } = stage.desk.app.content.current();
  const listed = [...text.matchAll(/<li><a href="\/guide\/([^"]+)">/g)].map(([, id]) => id);
  expect([...listed].sort()).toEqual([...answers.values()].flatMap(({ id, policy }) => (policy ? [id] : [])).sort());
  const { first = [] } = menu.items.find(({ policy }) => policy) ?? {};
  expect(listed.slice(0, first.length)).toEqual(first);
});
