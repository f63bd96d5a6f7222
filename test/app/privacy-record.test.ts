import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { eachTable, type Keeping } from '../../src/desk/kernel/table.ts';
import { tables } from '../../src/desk/parts.ts';

/** The rows of the last table of docs/privacy.md: what is kept, how long, who sees it, what is left. */
const record = new Map(
  readFileSync(join(projectFolder, 'docs/privacy.md'), 'utf8')
    .split('\n## 每张表\n')[1]
    ?.split('\n')
    .flatMap((line) => {
      const [, name] = /^\| `(\w+)` \|/.exec(line) ?? [];
      return name === undefined ? [] : [[name, line.split('|').map((cell) => cell.trim())] as const];
    }),
);

/** How long rows are kept at hand or in the archive, in days, as far as it is said in days. */
function daysOf(kept: 'always' | readonly Keeping<never>[], archive: { days?: number } | undefined): number[] {
  const rules = kept === 'always' ? [] : kept.flatMap(({ days, hourly }) => (days === undefined || hourly ? [] : [days]));
  return [...rules, ...(archive?.days === undefined ? [] : [archive.days])].filter((days) => days < 365);
}

describe('the record of what is kept of people', () => {
  test('names every table, and none that there is not', () => {
    expect([...record.keys()].sort()).toEqual(
      eachTable(tables)
        .map(([name]) => name)
        .sort(),
    );
  });

  test.each(eachTable(tables).map(([name, table]) => ({ name, table })))(
    '$name: all columns are filled, and the days are those of the program',
    ({ name, table }) => {
      const [, , what = '', howLong = '', who = '', left = ''] = record.get(name) ?? [];
      for (const cell of [what, howLong, who, left]) expect(cell).not.toBe('');
      for (const days of daysOf(table.kept as never, table.archive)) expect(howLong).toContain(`${days} 天`);
    },
  );
});
