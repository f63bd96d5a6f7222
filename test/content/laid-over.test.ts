import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadFiles } from '../../src/adapters/content/load.ts';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { createContentReader } from '../../src/adapters/content/snapshot.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { checkCommunities } from '../../src/cli/check.ts';
import { readConfig } from '../../src/cli/config.ts';
import { contentFolder } from '../../src/cli/understanding.ts';

/** A folder with the communities that are shipped as examples. */
let examples: string;
let village: string;

beforeEach(() => {
  examples = mkdtempSync(join(tmpdir(), 'lianxinqiao-laid-over-'));
  cpSync(join(projectFolder, 'examples'), examples, { recursive: true });
  village = join(examples, 'village');
});

afterEach(() => rmSync(examples, { recursive: true }));

const write = (path: string, text: string) => writeFileSync(join(village, path), text);
const mistakes = () => {
  try {
    return checkCommunities(examples);
  } catch (error) {
    return (error as Error).message.split('\n');
  }
};

describe('a community of its own, laid over the shipped content', () => {
  test('is shipped as an example that fits', () => {
    expect(checkCommunities(join(projectFolder, 'examples'))).toEqual([
      expect.stringMatching(/^examples.estate: 翠湖湾社区/),
      expect.stringMatching(/^examples.village: 山脚村/),
    ]);
  });

  test('has its own files where it has any, and everything else as shipped', () => {
    const { content } = loadFiles(contentFolder(readConfig({ CONTENT_DIR: `${projectFolder}, ${village}` })));
    const shipped = loadFiles(projectFolder).content;
    expect(content.community.name).toBe('山脚村');
    expect(content.placeNames.compounds.map(({ name }) => name)).not.toContain('阳光花园');
    expect([...content.answers.keys()]).toEqual([...shipped.answers.keys()]);
    expect(content.local.get('office.hours')).toEqual({ ...shipped.local.get('office.hours'), value: expect.stringContaining('赶场') });
    expect(content.local.size).toBe(shipped.local.size);
  });

  test('is read anew when one of its files has changed', () => {
    const contentOf = createContentReader();
    const read = () => contentOf([projectFolder, village], { folder: join(examples, 'cache'), program: 'this', log: silentLog });
    expect(read().content.community.name).toBe('山脚村');
    write('data/community.yaml', readFileSync(join(village, 'data/community.yaml'), 'utf8').replace('name: 山脚村', 'name: 山腰村'));
    expect(read().content.community.name).toBe('山腰村');
    rmSync(join(village, 'data/community.yaml'));
    expect(read().content.community.name).toBe('黄土坡社区');
  });
});

describe('a mistake of a community is told with the place in its own file', () => {
  test.each([
    ['a place without a name', () => write('data/places.yaml', 'compounds:\n  - {nme: 上寨}\n'), /village.data.places\.yaml:2:\d+ .*nme/],
    [
      'a name that nothing reads',
      () => renameSync(join(village, 'data/places.yaml'), join(village, 'data/place.yaml')),
      /place\.yaml:1:1 /,
    ],
    [
      'the value of nothing',
      () => write('data/local/more.yaml', '- {id: office.phnoe, value: "1"}\n'),
      /more\.yaml:1:\d+ office\.phnoe is asked for/,
    ],
    [
      'a value twice',
      () => write('data/local/more.yaml', '- {id: office.hours, value: 全天}\n'),
      /village\.yaml:\d+:\d+ office\.hours stands in/,
    ],
    [
      'a question that is shipped',
      () => write('data/local/village.yaml', '- {id: office.hours, question: 几点？}\n'),
      /office\.hours stands in/,
    ],
    [
      'neither question nor value',
      () => write('data/local/village.yaml', '- id: office.hours\n'),
      /village\.yaml:1:\d+ .*question, a value/,
    ],
  ])('%s', (_, damage, told) => {
    damage();
    expect(mistakes()).toContainEqual(expect.stringMatching(told));
  });

  test('and those of all are told at once', () => {
    for (const name of ['village', 'estate'])
      writeFileSync(
        join(examples, name, 'data/community.yaml'),
        'name: 无号村\ndistrict: 某区\ncity: 某市\nareaCode: "0999"\nprovince: 某省\napp: 某\nbotName: 小桥\n',
      );
    expect(mistakes()).toEqual([
      expect.stringMatching(/estate.data.community\.yaml:1:1 prefix/),
      expect.stringMatching(/village.data.community\.yaml:1:1 prefix/),
    ]);
  });

  test('a folder without content is one', () => {
    mkdirSync(join(examples, 'empty'));
    expect(mistakes()).toContainEqual(expect.stringMatching(/empty.?:1:1 there is no file of content/));
  });
});
