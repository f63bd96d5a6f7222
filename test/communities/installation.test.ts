import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { type Installation, serveAll } from '../../src/cli/installation.ts';
import { report } from '../support/site-report.ts';
import { trainedFolder } from '../support/trained.ts';

let folder: string;
let installation: Installation | undefined;
let printed: string[];

const all = () => join(folder, 'all');
const edit = (path: string, change: (text: string) => string) =>
  writeFileSync(join(all(), path), change(readFileSync(join(all(), path), 'utf8')));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-installation-'));
  cpSync(join(trainedFolder, 'cache'), join(folder, 'state/cache'), { recursive: true });
  for (const id of ['estate', 'village']) cpSync(join(projectFolder, 'examples', id), join(all(), id), { recursive: true });
  cpSync(join(projectFolder, 'examples/estate'), join(all(), 'street'), { recursive: true });
  edit('street/data/community.yaml', (text) => text.replace('name: 翠湖湾社区', 'name: 翠湖街道').replace('prefix: CH', 'prefix: JD'));
  printed = [];
});
afterEach(async () => {
  await installation?.stop();
  installation = undefined;
  rmSync(folder, { recursive: true });
});

const open = async () => {
  const environment = {
    COMMUNITIES_DIR: all(),
    STATE_DIR: join(folder, 'state'),
    STREET: 'street',
    SITE_PORT: '0',
    PORT: '0',
    LOG_LEVEL: 'silent',
  };
  installation = await serveAll(environment, { print: (line) => printed.push(line), restart: () => undefined });
  const address = /http:\/\/127\.0\.0\.1:\d+(?=\/c\/)/.exec(printed.join('\n'))?.[0] ?? '';
  return { get: async (path: string) => fetch(`${address}${path}`), address, served: installation.served };
};

test('one process serves every community: its own name, numbers, state and place on the site', async () => {
  const { get, address } = await open();
  const list = await (await get('/')).text();
  for (const name of ['翠湖湾社区', '山脚村', '翠湖街道']) expect(list).toContain(name);
  expect(await (await get('/c/village')).text()).toContain('山脚村');
  expect((await get('/guide')).status).toBe(404);
  expect(await report(address, 'village', '上寨路灯坏了两天', '上寨')).toMatch(/SJ\d{6}-\d{4}/);
  const appealsOf = (id: string) => installation?.served.get(id)?.desk.store.transaction((tx) => tx.find('appeals'));
  expect(await appealsOf('village')).toHaveLength(1);
  expect(await appealsOf('street')).toEqual([]);
  expect(existsSync(join(folder, 'state/village/journal'))).toBe(true);
  // Nobody has an account: the trial plays the first, on the state of the trial.
  expect(existsSync(join(folder, 'state/estate'))).toBe(false);
  expect(printed.filter((line) => line.includes('体验版'))).toEqual([expect.stringMatching(/^estate: /)]);

  await installation?.stop();
  await open();
  expect(await appealsOf('village')).toHaveLength(1);
});

describe('a community that cannot be opened is refused by name, and the others run', () => {
  test.each([
    [
      'a mistake in its content',
      () => edit('estate/data/places.yaml', () => 'compounds:\n  - {nme: 一期}\n'),
      /estate.*\n.*estate\/data\/places\.yaml:2:\d+ /,
    ],
    ['a mistake in its accounts', () => writeFileSync(join(all(), 'estate/accounts.env'), 'WECHAT=1\n'), /estate.*\n.*accounts\.env:1:1 /],
    ['no name of its own', () => rmSync(join(all(), 'estate/data/community.yaml')), /estate.*\n.*community\.yaml:1:1 /],
    [
      'the prefix of another',
      () => edit('village/data/community.yaml', (text) => text.replace('prefix: SJ', 'prefix: CH')),
      /village.*\n.*prefix CH/,
    ],
  ])('%s', async (_, damage, told) => {
    damage();
    const { get } = await open();
    expect(printed.join('\n')).toMatch(told);
    expect(installation?.served.size).toBe(2);
    expect((await get('/c/street')).status).toBe(200);
    expect((await get('/healthz')).status).toBe(200);
  });

  test('none at all is an error', async () => {
    for (const id of ['estate', 'village', 'street']) rmSync(join(all(), id, 'data/community.yaml'));
    await expect(open()).rejects.toThrow('no community');
  });
});

test('the director of the street office sees the numbers of the others, and of one that is not open that it is missing', async () => {
  edit('estate/data/places.yaml', () => 'nonsense: 1\n');
  const { address, served } = await open();
  await report(address, 'village', '上寨路灯坏了两天', '上寨');
  const street = served.get('street');
  const app = street?.running.app;
  await street?.desk.store.transaction((tx) => tx.put('people', { id: 'd', name: '李主任', role: 'director', reachable: false }));
  await app?.hear({ id: 'm', account: 'wechat', person: 'd', text: '/统计 街道', kind: 'text', addressed: true });
  const said = await street?.desk.store.transaction((tx) => tx.find('deliveries', { person: 'd' }));
  const told = said?.map(({ text }) => text).join('\n');
  expect(told).toContain('山脚村：收到 1');
  expect(told).toContain('没算进去的：estate');
  expect(told).not.toContain('路灯');
  expect(served.get('village')?.running.app.street).toBeUndefined();
});
