import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { createClient } from '../../src/adapters/official/client.ts';
import { sceneAddress } from '../../src/adapters/official/codes.ts';
import { createPapers } from '../../src/adapters/papers/papers.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { sheets } from '../../src/cli/sheets.ts';
import type { Papers } from '../../src/desk/kernel/papers.ts';
import { openApi } from './emulator/api.ts';
import { World } from './emulator/world.ts';
import { type OfficialStage, openOfficialStage } from './stage.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A desk whose papers make codes at the account of the emulator; the pictures are not drawn, but what their code says is noted. */
async function open(site?: string) {
  const world = new World('2026-11-23T10:00:00+08:00');
  const api = await openApi(world);
  closing.push(api.close);
  const { appId, secret } = world.platform;
  const client = createClient({ appId, secret, api: api.address, elapsed: () => 0 });
  const media = mkdtempSync(join(tmpdir(), 'lianxinqiao-codes-'));
  closing.push(() => rmSync(media, { recursive: true }));
  const papers: Papers = createPapers({
    media,
    fonts: join(projectFolder, 'data/fonts'),
    picture: (path) => path,
    log: silentLog,
    site,
    codeOf: (scene) => sceneAddress(client, scene),
  });
  const stage: OfficialStage = await openOfficialStage({ world, parts: { papers } });
  closing.push(stage.close);
  const staff = stage.phone('o-staff');
  await stage.enlist(staff, '小周', 'worker');
  return { world, stage, staff };
}

test('/二维码 makes a permanent code of the account, and whoever scans it is where the sheet hangs', async () => {
  const { world, stage, staff } = await open();
  await staff.say('/二维码 3号窗口');
  expect(staff.read()).toContain('做好了');
  await staff.say('/二维码 低保');
  expect(world.codes).toEqual([
    { scene: 'desk-3', permanent: true },
    { scene: 'dibao', permanent: true },
  ]);
  const resident = stage.phone('o-1');
  await resident.follow(world.codes[0]?.scene);
  expect(resident.read()).toContain('您在“3号窗口”');
  await resident.scan(world.codes[1]?.scene ?? '');
  expect(resident.read()).toContain('低保');
});

test('a place that is not listed leads to the site, and without a site that is said', async () => {
  const without = await open();
  await without.staff.say('/二维码 7栋');
  expect(without.staff.read()).toContain('列表');
  const withSite = await open('https://shequ.example.cn');
  await withSite.staff.say('/二维码 7栋');
  expect(withSite.staff.read()).toContain('做好了');
  expect(withSite.world.codes).toEqual([]);
});

test('an account that may make no codes: they lead to the site', async () => {
  const { world, staff } = await open('https://shequ.example.cn');
  world.fails('/cgi-bin/qrcode/create', { code: 48001 });
  await staff.say('/二维码 3号窗口');
  expect(staff.read()).toContain('做好了');
  expect(world.codes).toEqual([]);
});

test('npm run sheets makes the codes of the account where there is one', async () => {
  const world = new World('2026-11-23T10:00:00+08:00');
  const api = await openApi(world);
  closing.push(api.close);
  const folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-sheets-'));
  closing.push(() => rmSync(folder, { recursive: true }));
  const { appId, secret, token } = world.platform;
  const settings = { OFFICIAL_APP_ID: appId, OFFICIAL_APP_SECRET: secret, OFFICIAL_TOKEN: token, OFFICIAL_API: api.address };
  Object.assign(process.env, settings);
  closing.push(() => {
    for (const name of Object.keys(settings)) delete process.env[name];
  });
  await sheets([folder]);
  expect(world.codes).toContainEqual({ scene: 'desk-1', permanent: true });
  expect(world.codes).toHaveLength(readdirSync(folder).filter((name) => name.endsWith('-A4.pdf')).length);
});
