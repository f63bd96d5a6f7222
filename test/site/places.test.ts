import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { PNG } from '../simulator/stage.ts';
import { readBy } from '../support/desk.ts';
import { openSiteStage, type SiteStage } from './stage.ts';

let stage: SiteStage;
beforeEach(async () => {
  stage = await openSiteStage();
});
afterEach(async () => {
  expect(stage.errors).toEqual([]);
  await stage.close();
});

/** A picture as somebody sends it: it lies where received pictures lie. */
async function sends(who: string, name: string, bytes: Uint8Array = PNG) {
  const file = join(stage.media, name);
  await writeFile(file, bytes);
  return stage.desk.say(who, '', { file });
}
const place = '/places/人民广场';
const pictureIn = (text: string) => /<img src="([^"]+)"/.exec(text)?.[1] ?? '';

test('a picture that is sent before or after the command stands on the page of its place, and can be taken off', async () => {
  await sends('小周', 'before.png');
  expect(readBy('小周', await stage.desk.say('小周', '/街景 加 人民广场 新修的坡道'))).toContain('一共 1 张');
  const page = await stage.get(place);
  expect(page.status).toBe(200);
  expect(page.text).toContain('新修的坡道');
  const picture = await stage.get(pictureIn(page.text));
  expect(picture.status).toBe(200);
  expect(picture.headers.get('content-type')).toBe('image/png');
  expect(picture.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect((await stage.get('/places')).text).toContain('1 张照片');

  expect(readBy('小周', await stage.desk.say('小周', '/街景 加 人民广场'))).toContain('发过来');
  expect(readBy('小周', await sends('小周', 'after.png'))).toContain('一共 2 张');

  await stage.desk.say('小周', '/街景 列');
  await stage.desk.say('小周', '/街景 删 1');
  await stage.desk.say('小周', '/街景 列');
  await stage.desk.say('小周', '/街景 删 1');
  expect((await stage.get(pictureIn(page.text))).status).toBe(404);
  expect((await stage.get('/places')).text).not.toContain('张照片');
});

test('what only says that it is a picture is not handed out', async () => {
  await sends('小周', 'page.png', Buffer.from('<svg onload="alert(1)">'));
  await stage.desk.say('小周', '/街景 加 人民广场');
  const { text } = await stage.get(place);
  expect((await stage.get(pictureIn(text))).status).toBe(404);
});

test('a resident’s picture is never published, and a resident knows no such command', async () => {
  await stage.desk.say('张奶奶', '3栋2单元楼道灯坏了');
  await sends('张奶奶', 'lamp.png');
  await stage.desk.say('张奶奶', '/街景 加 人民广场');
  expect((await stage.get('/places')).text).not.toContain('张照片');
  expect(await stage.desk.store.transaction((tx) => tx.count('streetViews'))).toBe(0);
});

test('a place that nothing is known of has no page', async () => {
  for (const path of ['/places/nowhere', '/places/人民广场/picture/none', '/places/..%2f..%2fetc'])
    expect((await stage.get(path)).status).toBe(404);
});

test('a place by another of its names is one place', async () => {
  for (const [file, name] of [
    ['a.png', '阳光小区'],
    ['b.png', '阳光花园'],
  ] as const) {
    await sends('小周', file);
    await stage.desk.say('小周', `/街景 加 ${name}`);
  }
  expect((await stage.get('/places/阳光花园')).text.match(/<img/g)).toHaveLength(2);
});
