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

test('what is told of a case ends with its page, for each of its voices with their own key, and staff are told none', async () => {
  const number = /SQ\d{6}-\d{4}/.exec(readBy('吴孃', await desk.say('吴孃', '9栋楼顶漏水')))?.[0] ?? '';
  await desk.say('老赵', '9栋楼顶也在漏水');
  const joined = readBy('老赵', await desk.say('老赵', '1'));
  const keyIn = (text: string) => /https:\/\/community\.example\/s\/([A-Z0-9-]+)/.exec(text)?.[1];
  expect(keyIn(joined)).toBeDefined();
  const accepted = await desk.say('小周', `/受理 ${number}`);
  const done = await desk.say('小周', `/办结 ${number} 补好了楼顶`);
  for (const heard of [accepted, done]) {
    expect(keyIn(readBy('吴孃', heard))).toBeDefined();
    expect(keyIn(readBy('老赵', heard))).toBe(keyIn(joined));
    expect(keyIn(readBy('吴孃', heard))).not.toBe(keyIn(joined));
    expect(readBy('小周', heard)).not.toContain('/s/');
    expect(readBy('工作群', heard)).not.toContain('/s/');
  }
  expect((await stage.get(`/s/${keyIn(readBy('老赵', done))}`)).text).toContain('补好了楼顶');
});

test('several matters in one receipt have a page each', async () => {
  const receipt = readBy('小何', await desk.say('小何', '10栋路灯坏了，还有11栋门口垃圾没人收'));
  expect(new Set(receipt.match(/\/s\/[A-Z0-9-]+/g)).size).toBe(2);
});

test('办理公示 tells where all of it stands', async () => {
  expect(readBy('陈姐', await desk.say('陈姐', '办理公示'))).toContain(`${url}/open`);
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
