import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { build } from '../../tools/build.js';

let root: string;
const project = { config: 'tsconfig.json', sources: ['src', 'tsconfig.json'], stamp: 'dist/.built.json' };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lianxinqiao-build-'));
  for (const folder of ['src/desk/kernel', 'data/wording']) mkdirSync(join(root, folder), { recursive: true });
  write('src/main.ts', 'export const one = 1;\n');
  write('src/desk/kernel/sentences.ts', 'export const sentences = {};\n');
  write('data/wording/all.yaml', 'tea:\n  ready: "{name}，茶好了"\n');
});

afterEach(() => rmSync(root, { recursive: true }));

const write = (path: string, text: string) => writeFileSync(join(root, path), text);
const sentences = () => readFileSync(join(root, 'src/desk/kernel/sentences.ts'), 'utf8');

/** Builds, and tells how often something was compiled for it. */
async function built(at = root): Promise<number> {
  let compiled = 0;
  await build(at, project, () => compiled++);
  return compiled;
}

describe('what is built', () => {
  test('is built once, and again when a source is changed, added or removed', async () => {
    expect([await built(), await built()]).toEqual([1, 0]);
    write('src/main.ts', 'export const one = 2;\n');
    expect([await built(), await built()]).toEqual([1, 0]);
    write('src/other.ts', '');
    expect([await built(), await built()]).toEqual([1, 0]);
    rmSync(join(root, 'src/other.ts'));
    expect([await built(), await built()]).toEqual([1, 0]);
  });

  test('is not built again because it was copied, or its files have another time', async () => {
    await built();
    const copy = join(root, 'copy');
    for (const folder of ['src', 'data', 'dist']) cpSync(join(root, folder), join(copy, folder), { recursive: true });
    utimesSync(join(copy, 'src/main.ts'), new Date(), new Date());
    expect(await built(copy)).toBe(0);
  });

  test('is not built where only dist/ was installed', async () => {
    rmSync(join(root, 'src'), { recursive: true });
    expect(await built()).toBe(0);
  });

  test('is built again at the next start when a build failed, and whoever started it hears why', async () => {
    const fails = () => {
      throw new Error('src/main.ts:1:1 nonsense');
    };
    await expect(build(root, project, fails)).rejects.toThrow('nonsense');
    expect(await built()).toBe(1);
  });

  test('does not run old code in silence where there is no TypeScript', async () => {
    await expect(build(root, project)).rejects.toThrow('npm ci');
  });
});

describe('words that are written down', () => {
  test('are known to the compiler in the same build', async () => {
    let known = '';
    await build(root, project, () => {
      known = sentences();
    });
    expect(known).toContain("'tea.ready': 'name'");
  });

  test('compile nothing when only their wording has changed', async () => {
    await built();
    write('data/wording/all.yaml', 'tea:\n  ready: "茶好了，{name}"\n');
    expect(await built()).toBe(0);
  });

  test('leave the list as it is while a file is no YAML: the content check says where', async () => {
    write('data/wording/all.yaml', 'tea: [');
    await built();
    expect(sentences()).toBe('export const sentences = {};\n');
  });
});

describe('two that are started at once', () => {
  /** Another process that builds; it writes down when it compiles. */
  function startBuild() {
    const script = `
      import { appendFileSync } from 'node:fs';
      import { build } from ${JSON.stringify(new URL('../../tools/build.js', import.meta.url).href)};
      process.stdout.write('started');
      await build(${JSON.stringify(root)}, ${JSON.stringify(project)}, () => appendFileSync(${JSON.stringify(join(root, 'log'))}, 'compiled '));
    `;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    return {
      started: new Promise((resolve) => child.stdout.once('data', resolve)),
      ended: new Promise((resolve) => child.once('close', resolve)),
    };
  }
  const log = () => readFileSync(join(root, 'log'), 'utf8');

  test('do not build at once: the second waits', async () => {
    mkdirSync(join(root, 'dist'));
    write('dist/.lock', `${process.pid}`);
    const second = startBuild();
    await second.started;
    appendFileSync(join(root, 'log'), 'released ');
    rmSync(join(root, 'dist/.lock'));
    expect(await second.ended).toBe(0);
    expect(log()).toBe('released compiled ');
  });

  test('build once', async () => {
    await Promise.all([startBuild().ended, startBuild().ended]);
    expect(log()).toBe('compiled ');
  });

  test('do not wait for one that was killed', async () => {
    mkdirSync(join(root, 'dist'));
    const { pid } = spawnSync(process.execPath, ['--version']);
    write('dist/.lock', `${pid}`);
    expect(await built()).toBe(1);
  });
});
