import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadFiles } from '../../src/adapters/content/load.ts';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { chosenCommunity, communityIds, configOf, createClaims, ownNameThere, sharedConfig } from '../../src/cli/communities.ts';
import { contentFolder, readFiles } from '../../src/cli/understanding.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-communities-'));
  for (const id of ['estate', 'village']) cpSync(join(projectFolder, 'examples', id), join(folder, 'all', id), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const environment = (more: Record<string, string> = {}) => ({
  COMMUNITIES_DIR: join(folder, 'all'),
  STATE_DIR: join(folder, 'state'),
  SITE_URL: 'https://jiedao.example.cn/',
  ...more,
});
const accounts = (id: string, text: string) => writeFileSync(join(folder, 'all', id, 'accounts.env'), text);

describe('the folder of a community', () => {
  test('gives it its content over the shared one, its accounts, its state and its place on the site', () => {
    accounts('estate', '# 业主群\nWECHATY_PUPPET=wechaty-puppet-wechat4u\nNIGHTLY_RESTART=\n');
    const { config, community } = chosenCommunity(environment(), { community: 'estate' });
    expect(loadFiles(contentFolder(config)).content.community).toMatchObject({ name: '翠湖湾社区', prefix: 'CH' });
    expect(config).toMatchObject({ WECHATY_PUPPET: 'wechaty-puppet-wechat4u', SITE_URL: 'https://jiedao.example.cn/c/estate' });
    expect(community).toEqual({ id: 'estate', folder: join(folder, 'state', 'estate') });
    expect(configOf(environment(), 'village').WECHATY_PUPPET).toBe('');
  });

  test('is found by its name; what is no folder is none', () => {
    writeFileSync(join(folder, 'all', 'README.md'), '');
    mkdirSync(join(folder, 'all', '.git'));
    expect(communityIds(sharedConfig(environment()))).toEqual(['estate', 'village']);
  });

  test('has phrasings in common with the others in memory as long as they are the same', () => {
    const [estate, village] = ['estate', 'village'].map((id) => readFiles(configOf(environment(), id), silentLog));
    expect(village?.intents).toBe(estate?.intents);
    expect(village?.content.community.name).not.toBe(estate?.content.community.name);
  });
});

describe('a mistake is named by the file and line of its folder', () => {
  test.each([
    ['a misspelt setting', 'WECHAT_PUPPET=x\n', /estate\/accounts\.env:1:1 .*NAME=value/],
    ['a setting of the whole installation', '\n# x\nSTATE_DIR=elsewhere\n', /accounts\.env:3:1 /],
    ['a value that does not fit', 'WECHATY_PUPPET=x\nNIGHTLY_RESTART=4 Uhr\n', /accounts\.env:2:1 NIGHTLY_RESTART: .*04:10/],
    ['a line that sets nothing', 'WECHATY_PUPPET wechat4u\n', /accounts\.env:1:1 /],
  ])('%s', (_, text, told) => {
    accounts('estate', text);
    expect(() => configOf(environment(), 'estate')).toThrow(told);
    expect(() => configOf(environment(), 'village')).not.toThrow();
  });

  test('a community without a name of its own', () => {
    rmSync(join(folder, 'all/village/data/community.yaml'));
    const config = configOf(environment(), 'village');
    expect(() => ownNameThere(config, 'village')).toThrow(/village\/data\/community\.yaml:1:1 /);
  });

  test.each(['Estate', 'no_3', '翠湖', 'simulator', 'backups', 'a'.repeat(41)])('a folder called %s', (id) => {
    mkdirSync(join(folder, 'all', id), { recursive: true });
    expect(() => configOf(environment(), id)).toThrow(id);
  });

  test('two communities whose numbers would look the same, or who have one account', () => {
    const claim = createClaims();
    const config = configOf(environment(), 'estate');
    const withRobot = { ...config, WECOM_BOT_ID: 'robot' };
    claim('estate', withRobot, 'CH');
    claim('village', config, 'SJ');
    expect(() => claim('third', config, 'CH')).toThrow(/third.*prefix CH.*estate/);
    expect(() => claim('third', withRobot, 'DS')).toThrow(/third.*WECOM_BOT_ID robot.*estate/);
  });
});

describe('what cannot be meant is refused', () => {
  test.each([
    ['an account for all', { WECHATY_PUPPET: 'x' }, /WECHATY_PUPPET belongs into/],
    ['a key for all', { DATA_KEY: 'x' }, /DATA_KEY belongs into/],
    ['a street office that is not there', { STREET: 'jiedao' }, /STREET: .*jiedao/],
    ['a folder that is not there', { COMMUNITIES_DIR: '/nowhere' }, /there is no folder/],
  ])('%s', (_, more, told) => {
    expect(() => configOf(environment(more), 'estate')).toThrow(told);
  });

  test('a command without saying whose, or for a community that there is not', () => {
    expect(() => chosenCommunity(environment())).toThrow(/--community \(estate, village\)/);
    expect(() => chosenCommunity(environment(), { community: 'main' })).toThrow(/no community main/);
    rmSync(join(folder, 'all/village'), { recursive: true });
    expect(chosenCommunity(environment()).community.id).toBe('estate');
  });

  test('without COMMUNITIES_DIR there is one, as ever', () => {
    const { community } = chosenCommunity({ STATE_DIR: 'state', WECHATY_PUPPET: 'x' });
    expect(community).toMatchObject({ id: 'main', folder: join('state', 'main') });
  });
});
