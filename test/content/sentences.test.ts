import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { sentences } from '../../src/desk/kernel/sentences.ts';

test('no sentence stands in data/wording/ that is never said', () => {
  const folder = join(projectFolder, 'src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('sentences.ts'),
  );
  const source = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  // Some are chosen by what is said of: `state.${appeal.state}`.
  const families = [...source.matchAll(/say\(`([a-zA-Z.]+\.)\$\{/g)].map(([, family = '']) => family);
  const said = (key: string) => source.includes(`'${key}'`) || families.some((family) => key.startsWith(family));
  expect(Object.keys(sentences).filter((key) => !said(key))).toEqual([]);
});
