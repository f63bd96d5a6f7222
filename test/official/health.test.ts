import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createClient } from '../../src/adapters/official/client.ts';
import { accountMenu, menuFaults, publishMenu } from '../../src/adapters/official/menu.ts';
import { createSite } from '../../src/adapters/site/server.ts';
import { listenOn } from '../../src/adapters/web/listen.ts';
import { readConfig } from '../../src/cli/config.ts';
import { officialHealth, pushHealth } from '../../src/cli/official-health.ts';
import { speaker } from '../../src/desk/kernel/say.ts';
import { openSiteStage } from '../site/stage.ts';
import { shippedContent } from '../support/content.ts';
import { openApi } from './emulator/api.ts';
import { World } from './emulator/world.ts';
import { openOfficialStage } from './stage.ts';

const { menu, wording } = shippedContent().current();
const say = speaker(() => wording, { chance: () => 0 });
let world: World;
let api: Awaited<ReturnType<typeof openApi>>;
const client = () => createClient({ appId: world.platform.appId, secret: world.platform.secret, api: api.address, elapsed: () => 0 });

beforeEach(async () => {
  world = new World('2026-11-23T10:00:00+08:00');
  api = await openApi(world);
});
afterEach(() => api.close());

async function look(more: Record<string, string> = {}, now = new Date()) {
  const { appId, secret, token } = world.platform;
  const config = readConfig({
    OFFICIAL_APP_ID: appId,
    OFFICIAL_APP_SECRET: secret,
    OFFICIAL_TOKEN: token,
    OFFICIAL_AES_KEY: 'A'.repeat(43),
    OFFICIAL_API: api.address,
    ...more,
  });
  const findings = await officialHealth({ config, say, now, menu });
  return Object.fromEntries(findings.map(({ id, condition, text }) => [id, `${condition}: ${text}`]));
}

test('the shipped menu fits the account: three columns of at most five, and is published once', async () => {
  expect(menuFaults(menu)).toEqual([]);
  expect(accountMenu(menu, undefined).map(({ name, sub_button = [] }) => `${name} ${sub_button.length}`)).toEqual([
    '办事指南 4',
    '社区动态 5',
    '社区服务 3',
  ]);
  expect(await publishMenu(client(), accountMenu(menu, undefined))).toBe(true);
  expect(await publishMenu(client(), accountMenu(menu, undefined))).toBe(false);
  expect(JSON.stringify(world.menu)).toContain('{"name":"民政办事","type":"click","key":"menu/1.2"}');
});

test('where the site has an address what is a page of it is opened there, and what is begun in the chat is still a click', async () => {
  const buttons = accountMenu(menu, 'https://community.example');
  expect(await publishMenu(client(), accountMenu(menu, undefined))).toBe(true);
  expect(await publishMenu(client(), buttons)).toBe(true);
  expect(await publishMenu(client(), buttons)).toBe(false);
  const site = await openSiteStage({ site: { url: 'https://community.example' } });
  const shown = (world.menu as { button: { sub_button: { name: string; url?: string; key?: string }[] }[] }).button;
  for (const { name, url, key } of shown.flatMap(({ sub_button }) => sub_button)) {
    if (name === '留言板') expect(key).toBe('menu/2.5');
    else {
      const { status, text } = await site.get(url?.replace('https://community.example', '') ?? '');
      expect([name, status]).toEqual([name, 200]);
      if (url?.includes('section=')) expect(text).toContain(`<h1>${name}</h1>`);
    }
  }
  await site.close();
  const found = await look({ SITE_URL: 'https://community.example/' });
  expect(found['official.menu']).toContain('well');
});

test('a title or a column that is too long is named', () => {
  const item = { number: '1', title: '一二三四五六', words: [], first: [], items: [] };
  const below = { ...item, title: '下', number: '1.1' };
  const long = { ...item, items: Array.from({ length: 6 }, () => below) };
  expect(menuFaults({ ...item, number: '', items: [long] }).map(({ is, atMost }) => `${is} ${atMost}`)).toEqual([
    'tooLong 16',
    'tooMany 5',
  ]);
});

test('an account with all that it needs is well', async () => {
  world.platform.templates = [{ template_id: 'T1', title: '进度', content: '' }];
  await publishMenu(client(), accountMenu(menu, undefined));
  const found = await look({ OFFICIAL_TEMPLATES: 'progress=T1' });
  expect(Object.keys(found).sort()).toEqual(['official', 'official.clock', 'official.menu', 'official.templates', 'official.verified']);
  expect(Object.values(found).every((each) => each.startsWith('well'))).toBe(true);
});

test('what is wrong is told: whitelist, secret, ban, verification, templates, menu, clock, key', async () => {
  expect((await look({ OFFICIAL_APP_SECRET: 'wrong' })).official).toContain('broken: 服务号的接口不让用：微信回了 40125');
  world.platform.whitelist = ['192.0.2.1'];
  expect((await look()).official).toContain('203.0.113.7');
  world.platform.whitelist = undefined;
  world.platform.banned = true;
  expect((await look()).official).toContain('50002');
  world.platform.banned = false;
  const found = await look({ OFFICIAL_TEMPLATES: 'resolved=T9', OFFICIAL_AES_KEY: '' }, new Date(Date.now() + 3_600_000));
  expect(found['official.templates']).toContain('broken');
  expect(found['official.menu']).toContain('look');
  expect(found['official.key']).toContain('look');
  expect(found['official.clock']).toContain('broken');
  world.fails('/cgi-bin/template/get_all_private_template', { code: 48001 });
  expect((await look())['official.verified']).toContain('look');
});

test('nothing is looked at where there is no such account, and half a setting is told', async () => {
  expect(await officialHealth({ config: readConfig({}), say, now: new Date(), menu })).toEqual([]);
  const config = readConfig({ OFFICIAL_APP_ID: 'wx1' });
  expect((await officialHealth({ config, say, now: new Date(), menu }))[0]?.text).toContain('OFFICIAL_APP_SECRET');
});

test('doctor asks the address of the pushes as WeChat does: it answers, with another token or clock it does not, and nothing is there', async () => {
  const stage = await openOfficialStage();
  const site = createSite({
    communities: [],
    mounted: ['main', 'cuihuwan'].map((id) => ({ path: `/official/${id}`, app: stage.official.routes })),
  });
  const server = await listenOn(site, '127.0.0.1', 0);
  const url = server.address.replace(/\/$/, '');
  const ask = async (more: object = {}, now = stage.world.now()) => {
    const { appId, token } = stage.world.platform;
    const config = { ...readConfig({ OFFICIAL_APP_ID: appId, OFFICIAL_TOKEN: token, SITE_URL: url }), ...more };
    return (await pushHealth(config, say, now)).map(({ condition, text }) => `${condition}: ${text}`).join();
  };
  expect(await ask()).toBe(`well: 微信推送的地址通：${url}/official/main`);
  const several = { COMMUNITIES_DIR: '/communities', SITE_URL: `${url}/c/cuihuwan` };
  expect(await ask(several)).toContain(`well: 微信推送的地址通：${url}/official/cuihuwan`);
  expect(await ask({ ...several, sharesOfficialAs: 'cuihuwan' })).toContain(`${url}/official/main`);
  expect(await ask({ OFFICIAL_TOKEN: 'another' })).toContain('look: 微信推送的地址不通');
  expect(await ask({}, new Date(stage.world.now().getTime() + 3_600_000))).toContain('403');
  expect(await ask({ SITE_URL: undefined })).toBe('');
  await server.close();
  expect(await ask()).toContain('look: 微信推送的地址不通');
  await stage.close();
});
