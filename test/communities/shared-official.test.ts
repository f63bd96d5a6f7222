import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { configOf } from '../../src/cli/communities.ts';
import { type Installation, serveAll } from '../../src/cli/installation.ts';
import { accountCodes } from '../../src/cli/papers.ts';
import { openApi } from '../official/emulator/api.ts';
import { type Phone, phoneOf } from '../official/emulator/phone.ts';
import { World } from '../official/emulator/world.ts';
import { trainedFolder } from '../support/trained.ts';

let folder: string;
let world: World;
let api: Awaited<ReturnType<typeof openApi>>;
let installation: Installation | undefined;
let site: string;

/** Two communities over one 服务号 that is set for both. */
const environment = () => {
  const { token, appId, secret, key = '' } = world.platform;
  return {
    ...{ COMMUNITIES_DIR: join(folder, 'all'), STATE_DIR: join(folder, 'state'), SITE_PORT: '0', PORT: '0', LOG_LEVEL: 'silent' },
    ...{ OFFICIAL_APP_ID: appId, OFFICIAL_APP_SECRET: secret, OFFICIAL_TOKEN: token, OFFICIAL_AES_KEY: key, OFFICIAL_API: api.address },
  };
};

async function open(): Promise<void> {
  const printed: string[] = [];
  installation = await serveAll(environment(), { print: (line) => printed.push(line), restart: () => undefined });
  site = /http:\/\/127\.0\.0\.1:\d+\//.exec(printed.join('\n'))?.[0] ?? '';
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-shared-official-'));
  cpSync(join(trainedFolder, 'cache'), join(folder, 'state/cache'), { recursive: true });
  for (const id of ['estate', 'village']) cpSync(join(projectFolder, 'examples', id), join(folder, 'all', id), { recursive: true });
  world = new World(new Date().toISOString());
  api = await openApi(world);
  await open();
}, 120_000);
afterEach(async () => {
  await installation?.stop();
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

const phone = (openid: string): Phone =>
  phoneOf(
    world,
    async (query, body) => {
      const answer = await fetch(`${site}official/main?${query}`, { method: 'POST', body });
      return { status: answer.status, text: await answer.text() };
    },
    openid,
    {
      settled: async () => {
        for (const { running } of installation?.served.values() ?? []) await running.app.outbox.pump();
      },
    },
  );
const desk = (id: string) => {
  const served = installation?.served.get(id);
  if (!served) throw new Error(`${id} is not open`);
  return served.desk;
};
const count = (id: string, table: 'appeals' | 'alarms' | 'people') => desk(id).store.transaction((tx) => tx.count(table));

test('the code that is scanned decides: that community’s desk alone hears and knows them', async () => {
  const zhang = phone('o-zhang');
  await zhang.follow('village/hall');
  expect(zhang.read()).toContain('山脚村');
  await zhang.say('上寨的路灯坏了，晚上看不见路');
  expect(zhang.read()).toMatch(/SJ\d{6}-\d{4}/);
  expect([await count('village', 'appeals'), await count('estate', 'appeals')]).toEqual([1, 0]);
  expect(await count('estate', 'people')).toBe(0);
}, 60_000);

test('who has scanned nothing is asked once by name, answered on what was said meanwhile, and remembered over a restart', async () => {
  const zhang = phone('o-zhang');
  await zhang.say('低保怎么办');
  const asked = zhang.read();
  expect(asked).toContain('您是哪个社区的？');
  expect(asked).toMatch(/1\. 翠湖湾社区\n2\. 山脚村/);
  expect([await count('village', 'people'), await count('estate', 'people')]).toEqual([0, 0]);
  await zhang.say('2');
  const answered = zhang.read();
  expect(answered).toContain('您这边归山脚村');
  expect(answered).toContain('低保');

  await installation?.stop();
  await open();
  await zhang.say('居住证怎么办');
  expect(zhang.read()).not.toContain('哪个社区');
  expect(await count('estate', 'people')).toBe(0);
}, 120_000);

test('a community that is named in the first words needs no question', async () => {
  const zhang = phone('o-zhang');
  await zhang.say('我住翠湖湾，小区门口的路灯坏了');
  expect(zhang.read()).not.toContain('您是哪个社区的');
  expect([await count('estate', 'people'), await count('village', 'people')]).toEqual([1, 0]);
}, 60_000);

test('who moves says so in plain words, or chooses anew; a “1” of somebody at home is no choice', async () => {
  const zhang = phone('o-zhang');
  await zhang.scan('estate');
  zhang.read();
  await zhang.say('1');
  expect(zhang.read()).not.toMatch(/以后都?由/);
  await zhang.say('我搬到山脚村了');
  expect(zhang.read()).toContain('以后由山脚村给您办。以前在翠湖湾社区说的事，还由翠湖湾社区答复您');
  await zhang.say('换社区');
  expect(zhang.read()).toContain('1. 翠湖湾社区');
  await zhang.say('1');
  expect(zhang.read()).toContain('以后由翠湖湾社区给您办');
  await zhang.say('1');
  expect(zhang.read()).not.toMatch(/以后都?由/);
}, 60_000);

test('danger as the very first word: the card at once, every community is called, and hears where they are; the others’ answers are not said', async () => {
  const zhang = phone('o-zhang');
  await zhang.say('救命，家里着火了，3栋2单元501');
  const shown = zhang.all();
  expect(shown).toHaveLength(1);
  expect(shown[0]).toMatchObject({ how: 'passive' });
  expect(shown[0]?.text.indexOf('119')).toBeGreaterThanOrEqual(0);
  expect(shown[0]?.text.indexOf('您是哪个社区的')).toBeGreaterThan(shown[0]?.text.indexOf('119') ?? 0);
  expect([await count('estate', 'alarms'), await count('village', 'alarms')]).toEqual([1, 1]);

  await zhang.say('2');
  expect(zhang.all().at(-1)?.text).toContain('您这边归山脚村');
  for (const id of ['estate', 'village']) {
    const [alarm] = await desk(id).store.transaction((tx) => tx.find('alarms', {}));
    expect(JSON.stringify(alarm)).toContain('我在山脚村');
  }
  await zhang.say('火灭了，人都出来了');
  expect([await count('estate', 'alarms'), await count('village', 'alarms')]).toEqual([1, 1]);
  expect(world.outside).toBe(0);
}, 60_000);

test('who unfollows is forgotten by every desk that knew them', async () => {
  const zhang = phone('o-zhang');
  await zhang.scan('estate');
  await zhang.say('我搬到山脚村了');
  await zhang.say('低保怎么办');
  await zhang.unfollow();
  for (const id of ['estate', 'village'])
    expect(await desk(id).store.transaction((tx) => tx.find('bindings', { kind: 'person' }))).toEqual([]);
}, 60_000);

test('the codes that a community prints say whose they are', async () => {
  const config = configOf(environment(), 'village');
  expect(await accountCodes(config)?.('hall')).toContain(encodeURIComponent('village/hall'));
}, 60_000);

test('a community with a 服务号 of its own stays by itself', async () => {
  await installation?.stop();
  writeFileSync(join(folder, 'all/estate/accounts.env'), 'OFFICIAL_APP_ID=wx-own\nOFFICIAL_APP_SECRET=secret\nOFFICIAL_TOKEN=token\n');
  await open();
  const zhang = phone('o-zhang');
  await zhang.say('低保怎么办');
  // The shared one serves the only other community: there is nothing to ask.
  expect(zhang.read()).toContain('低保');
  expect(await count('village', 'people')).toBe(1);
}, 120_000);
