import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSiteStage, type SiteStage } from './stage.ts';

let stage: SiteStage;
beforeEach(async () => {
  stage = await openSiteStage();
});
afterEach(async () => {
  expect(stage.errors).toEqual([]);
  await stage.close();
});

const linkTo = (text: string, title: string) => new RegExp(`href="([^"]+)">${title}</a>`).exec(text)?.[1] ?? '';

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
