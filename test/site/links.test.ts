import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { systemIds } from '../../src/adapters/system/system.ts';
import { openTestDesk, readBy, type TestDesk, written } from '../support/desk.ts';
import { openSiteStage, type SiteStage } from './stage.ts';

const url = 'https://community.example';
let stage: SiteStage;
let desk: TestDesk;
beforeAll(async () => {
  stage = await openSiteStage({
    site: { url },
    desk: { parts: { siteUrl: url, ids: systemIds({ now: () => new Date('2026-11-23T02:00:00Z') }) } },
  });
  desk = stage.desk;
});
afterAll(() => stage.close());

test('a receipt has the page of its case, which opens', async () => {
  const receipt = readBy('张奶奶', await desk.say('张奶奶', '3栋2单元楼道灯坏了'));
  const [, path = ''] = /https:\/\/community\.example(\/s\/[A-Z0-9-]+)/.exec(receipt) ?? [];
  const { status, text } = await stage.get(path);
  expect(status).toBe(200);
  expect(text).toContain('3栋2单元楼道灯坏了');
});

test('nothing with a secret is said in a group', async () => {
  const heard = await desk.say('小刘', '@小桥 5栋门口垃圾没人收', { room: '居民群' });
  expect(
    heard
      .filter(({ room }) => room !== undefined)
      .map(({ text = '' }) => text)
      .join('\n'),
  ).not.toContain('/s/');
  expect(readBy('小刘', heard)).toContain(`${url}/s/`);
});

test('a long answer ends with where the whole of it stands', async () => {
  const told = readBy('陈姐', await desk.say('陈姐', '居住证怎么办'));
  expect(told).toContain(`全文：${url}/guide/residence-permit.apply`);
});

test('where the site has no address nothing that is said has a link', async () => {
  const plain = await openTestDesk();
  const heard = [...(await plain.say('张奶奶', '3栋2单元楼道灯坏了')), ...(await plain.say('陈姐', '居住证怎么办'))];
  expect(written(heard).join('\n')).not.toMatch(/https?:/);
});
