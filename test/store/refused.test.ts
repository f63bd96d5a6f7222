import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { openPostgres } from '../../src/adapters/store/postgres-client.ts';
import { prepareTables } from '../../src/adapters/store/postgres-schema.ts';
import { silentLog as log } from '../../src/adapters/system/log.ts';
import { onPostgres } from '../support/on-postgres.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { trainedFolder } from '../support/trained.ts';

const here = (path: string) => new URL(path, import.meta.url);

/** The program itself: what cannot go well ends with exit code 78, after which nobody starts it again, and says what to do. */
onPostgres('a start on a database that is not as the settings say', (programs) => {
  let server: PostgresServer;
  let folder: string;
  let newer: string;
  beforeAll(async () => {
    server = await startPostgres(programs);
    folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-refused-'));
    for (const id of ['estate', 'village']) cpSync(join(projectFolder, 'examples', id), join(folder, 'all', id), { recursive: true });
    cpSync(join(trainedFolder, 'cache'), join(folder, 'state/cache'), { recursive: true });
    newer = await server.database();
    const database = openPostgres({ url: newer, log, leaseMs: 15_000 });
    await prepareTables(database);
    await database.query('update lianxinqiao set version = 999');
    await database.close();
  });
  let child: ChildProcess | undefined;
  afterEach(() => void child?.kill('SIGKILL'));
  afterAll(async () => {
    await server.remove();
    rmSync(folder, { recursive: true });
  });

  function start(settings: Record<string, string>): Promise<{ code: number | null; told: string }> {
    const loader = [
      '--import',
      here('../wechat/child/typescript.js').href,
      '--disable-warning=DEP0205',
      '--disable-warning=ExperimentalWarning',
    ];
    const started = spawn(process.execPath, [...loader, fileURLToPath(here('../../src/cli/main.ts')), 'bot'], {
      env: { PATH: process.env.PATH ?? '', STATE_DIR: join(folder, 'state'), SITE_PORT: '0', PORT: '0', LOG_LEVEL: 'silent', ...settings },
    });
    child = started;
    let told = '';
    for (const stream of [started.stdout, started.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        told += text;
      });
    return new Promise((resolve) => started.once('close', (code) => resolve({ code, told })));
  }

  const robot = { WECOM_BOT_ID: 'robot', WECOM_BOT_SECRET: 'secret' };
  describe.each([
    ['one community', () => robot],
    ['communities that several processes share', () => ({ COMMUNITIES_DIR: join(folder, 'all') })],
  ])('%s', (_, kind) => {
    test.each([
      ['an address that is none', () => 'postgres:lianxinqiao@wrong', /DATABASE_URL/],
      ['a wrong password', () => server.address('postgres', 'wrong'), /不让登录/],
      ['a database that is not there', () => server.address('nowhere'), /nowhere/],
      ['tables of a newer program', () => newer, /新版本的程序/],
    ])('%s', async (__, url, words) => {
      const { code, told } = await start({ ...kind(), DATABASE_URL: url() });
      expect({ code, told }).toEqual({ code: 78, told: expect.stringMatching(words) });
      expect(told).not.toMatch(/a-password-of-checks|wrong/);
    });
  });
});
