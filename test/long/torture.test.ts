import { spawn } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { trainedFolder } from '../support/trained.ts';

test('a minute of torture (kills, disk, clock, hostile people) finds nothing', async () => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'tools/run.js', 'bench', 'torture', '1'], {
    cwd: projectFolder,
    // Training takes seconds: it was done for the tests.
    env: { ...process.env, NODE_OPTIONS: '', STATE_DIR: trainedFolder },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => {
      said += bytes.toString('utf8');
    });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(said).toContain('\n0 findings');
  expect(code).toBe(0);
});
