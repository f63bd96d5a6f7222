import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { projectFolder } from '../src/adapters/content/project.ts';

const rows = [...readFileSync(join(projectFolder, 'docs/promises.md'), 'utf8').matchAll(/^\| ([RS]\d+) \| (.+) \| (.+) \|$/gm)];
const files = (cell = '') => cell.split(', ').map((name) => name.trim());

test('every promise names a test that exists', () => {
  expect(rows.length).toBeGreaterThan(40);
  const missing = rows.flatMap(([, id, , shown]) =>
    files(shown).flatMap((name) => (existsSync(join(import.meta.dirname, name)) ? [] : [`${id}: ${name}`])),
  );
  expect(missing).toEqual([]);
});

test('every risk names tests that exist', () => {
  const risks = [...readFileSync(join(projectFolder, 'docs/promises.md'), 'utf8').matchAll(/^\| (K\d+) \| .+ \| (.+) \|$/gm)];
  expect(risks).toHaveLength(13);
  const missing = risks.flatMap(([, id, cell = '']) =>
    cell.split('; ').flatMap((each) => {
      const [file = '', name = ''] = each.split(' › ');
      const path = join(import.meta.dirname, file);
      return name !== '' && existsSync(path) && readFileSync(path, 'utf8').includes(name) ? [] : [`${id}: ${each}`];
    }),
  );
  expect(missing).toEqual([]);
});

test('every conversation shows a promise', () => {
  const named = new Set(rows.flatMap(([, , , shown]) => files(shown)));
  const conversations = readdirSync(join(import.meta.dirname, 'conversations')).map((name) => `conversations/${name}`);
  expect(conversations.filter((name) => !named.has(name))).toEqual([]);
});
