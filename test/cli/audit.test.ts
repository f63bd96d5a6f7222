import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { audited, listedPackages } from '../../src/cli/audit.ts';

const found = (...names: string[]) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(
      names.map((name) => [name, { name, severity: 'high', via: [{ title: 'a fault' }, 'another'], effects: [], range: '*', nodes: [] }]),
    ),
  });

describe('npm run audit', () => {
  test('tells what is new from what is listed, and fails only for what is new', () => {
    const known = new Set(['request']);
    expect(audited(found('request'), known)).toMatchObject({ exitCode: 0 });
    const { lines, exitCode } = audited(found('request', 'left-pad'), known);
    expect(exitCode).toBe(1);
    expect(lines).toEqual([
      'known  high  request: a fault; by another',
      'NEW    high  left-pad: a fault; by another',
      '2 packages with known faults, 1 of them not listed in SECURITY.md',
    ]);
  });

  test.each([
    ['no network', ''],
    ['a registry that refuses', JSON.stringify({ message: '405 Method Not Allowed', error: { summary: '' } })],
    ['a page of a proxy', '<html>log in</html>'],
  ])('with %s it says plainly that nothing is known, and is no success', (_, answer) => {
    const { lines, exitCode } = audited(answer, new Set());
    expect(exitCode).toBe(2);
    expect(lines[0]).toContain('could not be asked');
  });

  test('every package that SECURITY.md lists is one that is shipped', () => {
    const lock = JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8')).packages;
    const shipped = new Set(
      Object.entries<{ dev?: boolean }>(lock).flatMap(([path, { dev }]) => (dev ? [] : [path.replace(/^.*node_modules\//, '')])),
    );
    const listed = [...listedPackages(readFileSync(join(projectFolder, 'SECURITY.md'), 'utf8'))];
    expect(listed.length).toBeGreaterThan(3);
    expect(listed.filter((name) => !shipped.has(name))).toEqual([]);
    expect(existsSync(join(projectFolder, 'docs/privacy.md'))).toBe(true);
  });
});
