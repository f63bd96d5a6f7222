import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { trainedFolder } from '../support/trained.ts';

/** A fresh checkout, in which nothing was built yet. */
let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'lianxinqiao-built-'));
  for (const part of [
    'src',
    'tools',
    'data',
    'intents',
    'examples',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
  ])
    cpSync(join(projectFolder, part), join(root, part), { recursive: true });
  symlinkSync(join(projectFolder, 'node_modules'), join(root, 'node_modules'), 'junction');
  // Training takes seconds.
  cpSync(join(trainedFolder, 'cache'), join(root, 'state/cache'), { recursive: true, filter: (path) => !path.includes('content-') });
});

afterAll(() => rmSync(root, { recursive: true }));

function launch(...args: string[]) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'tools/run.js', ...args], {
    cwd: root,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      PORT: '0',
      SITE_PORT: '0',
      LOG_LEVEL: 'silent',
      STATE_DIR: '',
      CONTENT_DIR: '',
      WECHATY_PUPPET: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text) => {
      said[name] += text;
    });
  return { child, said, ended: new Promise<number | null>((resolve) => child.once('close', resolve)) };
}

async function ran(...args: string[]) {
  const { said, ended } = launch(...args);
  return { code: await ended, ...said };
}

describe('what is built of a fresh checkout', () => {
  test('answers both of two that are started at once, and prints nothing else', async () => {
    const both = await Promise.all([ran('ask', '谢谢'), ran('ask', '谢谢')]);
    for (const each of both) expect(each).toEqual({ code: 0, stderr: '', stdout: '不客气，有事随时喊我。\n' });
  });

  test('has every command that package.json names', async () => {
    const { code, stdout, stderr } = await ran('nonsense');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    const named = Object.values(scripts).flatMap((script) => /tools\/run\.js (?!bench)([\w-]+)$/.exec(script)?.[1] ?? []);
    expect(named.length).toBeGreaterThan(10);
    for (const command of named) expect(stderr).toContain(` ${command}`);
    expect(await ran('check')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('answers') });
  });

  test('comes up, serves its page and ends when it is told to', async () => {
    const { child, said, ended } = launch('start');
    const address = await printed(child, () => /http:\/\/\S+/.exec(said.stdout)?.[0], said);
    expect(await (await fetch(address)).text()).toContain('<html');
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  test('does not touch a state of a newer version, and is not started again over it', async () => {
    const newer = JSON.stringify({ version: 999, counters: {}, tables: {} });
    mkdirSync(join(root, 'state/simulator'), { recursive: true });
    writeFileSync(join(root, 'state/simulator/state.json'), newer);
    expect(await ran('start')).toMatchObject({ code: 78, stderr: expect.stringContaining('schema 999') });
    expect(readFileSync(join(root, 'state/simulator/state.json'), 'utf8')).toBe(newer);
  });

  test('is not run when a source has a mistake: the compiler is heard, on standard error only', async () => {
    appendFileSync(join(root, 'src/cli/check.ts'), 'const nothing: number = "one";\n');
    expect(await ran('ask', '你好')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('src/cli/check.ts') });
  });
});

/** What a child prints in time. */
function printed(child: ChildProcess, find: () => string | undefined, said: { stdout: string; stderr: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      const found = find();
      if (found !== undefined) resolve(found);
    });
    child.once('close', () => reject(new Error(`it ended: ${said.stderr}`)));
  });
}
