import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { loadFiles } from '../../src/adapters/content/load.ts';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { reckoningFile } from '../../src/adapters/content/reckoning-schema.ts';

const shipped = readFileSync(join(projectFolder, 'data/reckoning.yaml'), 'utf8');

/** The shipped file with other words in it. */
function changed(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, shipped);
}

interface Case {
  readonly from: string;
  readonly to: string;
  readonly message: RegExp;
}

const cases: Record<string, Case> = {
  'stands on nothing': { from: '    law: {women-labour: "7"}\n', to: '', message: /either law .* or from/ },
  'has a shape that is none': { from: 'unless: "多少钱', to: 'unless: "(多少钱', message: /not a regular expression/ },
  'outlives its numbers': {
    from: 'source: 国办发〔2024〕38号, reviewBy: 2026-12-31',
    to: 'source: 国办发〔2024〕38号, reviewBy: 2026-06-30',
    message: /to be looked at by 2026-06-30/,
  },
  'is left out': { from: '  severance:\n', to: '  severence:\n', message: /severance/ },
};

test.each(Object.entries(cases))('a rule that %s is refused', (_, { from, to, message }) => {
  const { error } = reckoningFile.safeParse(parse(changed([from, to])));
  expect(error?.message ?? '').toMatch(message);
});

test('a rule that cites no law in force, or belongs to no topic, is refused with its place', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reckoning-'));
  for (const name of ['data', 'intents']) cpSync(join(projectFolder, name), join(folder, name), { recursive: true });
  const text = changed(
    ['topic: pension.retirement', 'topic: pension.nowhere'],
    ['law: {women-labour: "7"}', 'law: {petition-2005: "7"}'],
    ['law: {labour-mediation:', 'law: {nowhere:'],
  );
  writeFileSync(join(folder, 'data/reckoning.yaml'), text);
  let refused = '';
  try {
    loadFiles(folder);
  } catch (error) {
    refused = String(error);
  }
  rmSync(folder, { recursive: true, force: true });
  expect(refused).toMatch(/data\/reckoning\.yaml:\d+:\d+ pension\.nowhere has no answer/);
  expect(refused).toMatch(/data\/reckoning\.yaml:\d+:\d+ 《信访条例》 is repealed/);
  expect(refused).toMatch(/data\/reckoning\.yaml:\d+:\d+ nowhere is not in data\/laws\.yaml/);
});
